/* A failure in the user's language: what is wrong, where, what to do. One line without the file's name: the screen puts it on the
 * message line, the command line after "monshin: FILE: ". */
#ifndef TUI_APP_MESSAGE_H
#define TUI_APP_MESSAGE_H

#include "core/base/diag.h"
#include "i18n/catalog.h"

struct buf;

void message_diag(struct buf *out, const struct catalog *cat, const struct diag *d);
/* The system's reason for a failed call, in words: "the disk is full". Never empty. */
const char *message_system(const struct catalog *cat, int sys_errno);

#endif
