/* The HTML report as a file, for the command and for the key on the screen. */
#ifndef TUI_APP_REPORT_H
#define TUI_APP_REPORT_H

#include <stdbool.h>

#include "core/base/diag.h"
#include "i18n/catalog.h"

struct assessment;
struct benchmark;

/* In the language of the catalogue; readable by its owner only. bench: of the same checklist, or NULL. now: ISO 8601. ERR_EXISTS unless force. */
enum err report_to_file(const char *path, bool force, const struct assessment *a, const struct benchmark *bench,
                        const struct catalog *cat, const char *now, struct diag *diag);

#endif
