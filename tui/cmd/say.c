/* Complaints: one line on standard error each, in the language of the run. What stands in it may
 * come from a file or from the arguments, so it passes through the one function that makes foreign
 * text harmless. */
#include "tui/cmd/command.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/buf.h"
#include "core/base/clock.h"
#include "core/base/diag.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "tui/app/message.h"

static void complain(const char *subject, const char *text)
{
    struct buf raw = {0}, line = {0};
    if (subject != NULL)
        buf_addf(&raw, "monshin: %s: %s", subject, text);
    else
        buf_addf(&raw, "monshin: %s", text);
    text_clean(&line, buf_str(&raw), raw.len, TEXT_ONE_LINE);
    buf_addc(&line, '\n');
    fwrite(line.p, 1, line.len, stderr);
    buf_release(&line);
    buf_release(&raw);
}

int cmd_fail(const struct cmd *cmd, int status, const char *subject, const char *fmt, ...)
{
    (void)cmd;
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    char *text = xmalloc((size_t)(n > 0 ? n : 0) + 1);
    text[0] = '\0';
    vsnprintf(text, (size_t)(n > 0 ? n : 0) + 1, fmt, again);
    va_end(again);
    complain(subject, text);
    free(text);
    return status;
}

int cmd_fail_diag(const struct cmd *cmd, const char *subject, const struct diag *diag)
{
    struct buf text = {0};
    message_diag(&text, cmd->cat, diag);
    complain(subject, buf_str(&text));
    buf_release(&text);
    return STATUS_TROUBLE;
}

const char *cmd_ltext(const struct cmd *cmd, const struct ltext *text)
{
    return text->in[cmd->lang];
}

bool cmd_unreadable(const struct diag *diag)
{
    return diag->err == ERR_NOT_FOUND || diag->err == ERR_OPEN || diag->err == ERR_NOT_REGULAR ||
           diag->err == ERR_READ;
}

void cmd_now(char out[ISO_SIZE])
{
    time_t now = time(NULL);
    struct tm local = {0};
    localtime_r(&now, &local);
    iso_format(out, (long long)now, (int)(local.tm_gmtoff / 60));
}
