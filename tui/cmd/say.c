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
#include "tui/term/charset.h"

bool cmd_say(const struct cmd *cmd, FILE *stream, const char *text, size_t n_bytes)
{
    struct buf out = {0};
    if (cmd->locale.charset == NULL)
        return fwrite(text, 1, n_bytes, stream) == n_bytes;
    charset_out(cmd->locale.charset, &out, text, n_bytes);
    bool done = fwrite(buf_str(&out), 1, out.len, stream) == out.len;
    buf_release(&out);
    return done;
}

static void complain(const struct cmd *cmd, const char *subject, const char *text)
{
    struct buf raw = {0}, line = {0};
    if (subject != NULL)
        buf_addf(&raw, "monshin: %s: %s", subject, text);
    else
        buf_addf(&raw, "monshin: %s", text);
    text_clean(&line, buf_str(&raw), raw.len, TEXT_ONE_LINE);
    buf_addc(&line, '\n');
    cmd_say(cmd, stderr, line.p, line.len);
    buf_release(&line);
    buf_release(&raw);
}

int cmd_fail(const struct cmd *cmd, int status, const char *subject, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    char *text = xmalloc((size_t)(n > 0 ? n : 0) + 1);
    text[0] = '\0';
    vsnprintf(text, (size_t)(n > 0 ? n : 0) + 1, fmt, again);
    va_end(again);
    complain(cmd, subject, text);
    free(text);
    return status;
}

int cmd_fail_diag(const struct cmd *cmd, const char *subject, const struct diag *diag)
{
    struct buf text = {0};
    message_diag(&text, cmd->cat, diag);
    complain(cmd, subject, buf_str(&text));
    buf_release(&text);
    return STATUS_TROUBLE;
}

const char *cmd_shown(struct buf *room, const char *name)
{
    buf_clear(room);
    text_clean(room, name, strlen(name), TEXT_ONE_LINE);
    return buf_str(room);
}

const char *cmd_ltext(const struct cmd *cmd, const struct ltext *text)
{
    return text->in[cmd->lang];
}

int cmd_number(const struct cmd *cmd, long long *out, enum opt o, long long min, long long max)
{
    const char *s = cmd->value[o];
    if (s == NULL)
        return STATUS_DONE;
    size_t n = strspn(s, "0123456789");
    long long value = n > 0 && n <= 15 && s[n] == '\0' ? strtoll(s, NULL, 10) : -1;
    if (value < min || value > max) {
        struct buf name = {0};
        buf_addf(&name, "--%s %s", OPTIONS[o].name, s);
        cmd_fail(cmd, STATUS_USAGE, buf_str(&name),
                 T(cmd->cat, "is not a whole number from %lld to %lld"), min, max);
        buf_release(&name);
        return STATUS_USAGE;
    }
    *out = value;
    return STATUS_DONE;
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
