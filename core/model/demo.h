/* The built-in example: a fictitious company's plants, as a practitioner would have left them (checklists/meti-factory/demo). The files are
 * assessments in which a text that is shown stands in both languages, "[[Japanese|English]]". */
#ifndef CORE_MODEL_DEMO_H
#define CORE_MODEL_DEMO_H

#include <stddef.h>

#include "core/base/buf.h"
#include "i18n/lang.h"

enum { DEMO_MAX = 32, DEMO_NAME_SIZE = 48 };

struct demo_file {
    char name[DEMO_NAME_SIZE]; /* "osaka-2.xml.gz" */
    struct buf bytes;          /* as the file would be on a disk; of one plant the copy has broken off */
};

struct demo {
    struct demo_file file[DEMO_MAX];
    size_t n;
};

/* All files in a language, the plant that is shown first in front. Every date in them is moved by as many days, so that the newest file was
 * saved the day before today ("2026-11-23"): owners are neither late nor early whenever the example is looked at. */
void demo_load(struct demo *out, enum lang lang, const char *today);
void demo_release(struct demo *demo);

#endif
