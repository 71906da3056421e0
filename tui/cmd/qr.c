/* monshin qr: the answers as a QR code on the terminal, or as the short code alone. */
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/method/code.h"
#include "core/out/qr.h"
#include "tui/cmd/command.h"
#include "tui/cmd/line.h"

/* What a reader needs around the code, in squares. */
enum { BORDER = 4, GROUPS_A_LINE = 6 };

enum ground {
    GROUND_DARK,  /* what is drawn is light */
    GROUND_LIGHT, /* what is drawn is dark */
    GROUND_OWN    /* black on white by colours */
};

struct picture {
    const struct qr *q;
    enum ground ground;
    bool ascii; /* two characters for a square instead of one for two */
};

static void put_code(struct buf *out, const char *code)
{
    int n = 0;
    for (const char *p = code; *p != '\0'; p++) {
        n += *p == ' ';
        buf_addc(out, *p == ' ' && n % GROUPS_A_LINE == 0 ? '\n' : *p);
    }
    buf_addc(out, '\n');
}

/* Is a square drawn with ink? */
static bool inked(const struct picture *p, int row, int col)
{
    return qr_dark(p->q, row, col) != (p->ground == GROUND_DARK);
}

static void put_ascii_square(struct buf *out, const struct picture *p, int row, int col)
{
    if (p->ground == GROUND_OWN)
        buf_adds(out, qr_dark(p->q, row, col) ? "\033[40m  " : "\033[47m  ");
    else
        buf_adds(out, inked(p, row, col) ? "##" : "  ");
}

/* Two squares, one above the other. */
static void put_half_blocks(struct buf *out, const struct picture *p, int row, int col)
{
    static const char *const SIGNS[2][2] = {{" ", "\u2584"}, {"\u2580", "\u2588"}};
    buf_adds(out, SIGNS[inked(p, row, col)][inked(p, row + 1, col)]);
}

static void put_picture(struct buf *out, const struct picture *p)
{
    int end = p->q->width + BORDER;
    for (int row = -BORDER; row < end; row += p->ascii ? 1 : 2) {
        if (p->ground == GROUND_OWN)
            buf_adds(out, "\033[30;47m");
        for (int col = -BORDER; col < end; col++) {
            if (p->ascii)
                put_ascii_square(out, p, row, col);
            else
                put_half_blocks(out, p, row, col);
        }
        buf_adds(out, p->ground == GROUND_OWN ? "\033[0m\n" : "\n");
    }
}

/* Colours by the sequences that every terminal with colours knows, and only where a person looks. */
static enum ground ground_of(const struct cmd *cmd)
{
    const char *term = getenv("TERM"), *no_color = getenv("NO_COLOR");
    bool colours = term != NULL && term[0] != '\0' && strcmp(term, "dumb") != 0 && strncmp(term, "vt", 2) != 0 &&
                   (no_color == NULL || no_color[0] == '\0');
    if (cmd->value[OPT_LIGHT] != NULL)
        return GROUND_LIGHT;
    return colours && cmd->value[OPT_OUT] == NULL && isatty(STDOUT_FILENO) ? GROUND_OWN : GROUND_DARK;
}

/* Does it fit the window? True where there is none. */
static bool fits(const struct cmd *cmd, int cols, int rows)
{
    struct winsize ws;
    if (cmd->value[OPT_OUT] != NULL || !isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) != 0 || ws.ws_col == 0)
        return true;
    return cols <= ws.ws_col && rows < ws.ws_row;
}

/* The picture, or, where it does not fit, what to do and the code itself. */
static int put_qr(const struct cmd *cmd, struct buf *out, const char *code)
{
    struct buf tight = {0};
    struct diag diag = {0};
    struct qr q;
    for (const char *p = code; *p != '\0'; p++)
        if (*p != ' ')
            buf_addc(&tight, *p);
    enum err err = qr_make(&q, buf_str(&tight), &diag);
    buf_release(&tight);
    if (err == ERR_LIBRARY)
        return cmd_fail_diag(cmd, cmd->operand[0], &diag);
    if (err != ERR_OK)
        return cmd_fail(cmd, STATUS_BAD, cmd->operand[0], "%s",
                        T(cmd->cat, "is too long for a QR code; take the short code: monshin qr FILE --code"));
    struct picture p = {&q, ground_of(cmd), line_ascii(cmd) || cmd->locale.charset != NULL};
    int squares = q.width + 2 * BORDER, cols = p.ascii ? 2 * squares : squares, rows = p.ascii ? squares : (squares + 1) / 2;
    if (fits(cmd, cols, rows)) {
        put_picture(out, &p);
    } else {
        put_code(out, code);
        cmd_fail(cmd, STATUS_DONE, cmd->operand[0],
                 T(cmd->cat, "the QR code needs a window of %d x %d, so this is the short code; make the window larger or the writing smaller"), cols,
                 rows + 1);
    }
    qr_release(&q);
    return STATUS_DONE;
}

/* Said before the code, so that the code is what stays on the screen. */
static void tell(const struct cmd *cmd)
{
    struct buf lines = {0}, out = {0}, name = {0};
    if (!isatty(STDOUT_FILENO) || cmd->value[OPT_OUT] != NULL)
        return;
    buf_addf(&lines, T(cmd->cat, "Notes, evidence, reasons and names stay in %s. Back into a file: monshin import --code CODE -o NEW.xml.gz"),
             cmd_shown(&name, cmd->operand[0]));
    buf_release(&name);
    put_wrapped(&out, buf_str(&lines), 0, TEXT_COLUMNS);
    cmd_say(cmd, stderr, buf_str(&out), out.len);
    buf_release(&out);
    buf_release(&lines);
}

int cmd_qr(struct cmd *cmd)
{
    struct buf code = {0}, out = {0};
    int status = STATUS_DONE;
    struct assessment *a = cmd_read(cmd, cmd->operand[0]);
    if (a == NULL)
        return STATUS_TROUBLE;
    code_make(&code, a);
    if (cmd->value[OPT_CODE_ONLY] != NULL)
        put_code(&out, buf_str(&code));
    else
        status = put_qr(cmd, &out, buf_str(&code));
    if (status == STATUS_DONE) {
        tell(cmd);
        status = cmd_put(cmd, &out);
    }
    buf_release(&out);
    buf_release(&code);
    assessment_free(a);
    return status;
}
