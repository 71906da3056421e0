/* See input.h. */
#include "tui/term/input.h"

#include <string.h>

static const unsigned char *pending(const struct input *in, size_t *n)
{
    *n = in->bytes.len - in->at;
    return (const unsigned char *)buf_str(&in->bytes) + in->at;
}

void input_release(struct input *in)
{
    buf_release(&in->bytes);
    buf_release(&in->paste);
    *in = (struct input){0};
}

void input_define(struct input *in, const char *bytes, struct key key)
{
    size_t n = strlen(bytes);
    if (n < 2 || n >= sizeof in->own[0].bytes || in->n_own == (int)(sizeof in->own / sizeof in->own[0]))
        return;
    memcpy(in->own[in->n_own].bytes, bytes, n + 1);
    in->own[in->n_own++].key = key;
}

void input_feed(struct input *in, const void *bytes, size_t n_bytes)
{
    if (in->at == in->bytes.len) {
        buf_clear(&in->bytes);
        in->at = 0;
    }
    buf_add(&in->bytes, bytes, n_bytes);
}

static struct event key_event(int code, unsigned mods)
{
    return (struct event){.kind = EV_KEY, .key = {.code = code, .mods = mods}};
}

/* A C0 control byte as a key. */
static struct event control_key(unsigned char c)
{
    switch (c) {
    case '\r':
    case '\n':
        return key_event(K_ENTER, 0);
    case '\t':
        return key_event(K_TAB, 0);
    case 0x08:
    case 0x7f:
        return key_event(K_BACKSPACE, 0);
    case 0x1b:
        return key_event(K_ESC, 0);
    default:
        return key_event(c == 0 ? ' ' : c < 0x1b ? 'a' + c - 1 : '@' + c, MOD_CTRL);
    }
}

/* Length of the UTF-8 character that starts with c, 0 when none does. */
static size_t utf8_length(unsigned char c)
{
    return c < 0x80 ? 1 : c >= 0xc2 && c <= 0xdf ? 2 : c >= 0xe0 && c <= 0xef ? 3 : c >= 0xf0 && c <= 0xf4 ? 4 : 0;
}

/* Decodes one character; 0 = invalid, its first byte is to be dropped; -1 = more bytes are needed. */
static long utf8_decode(const unsigned char *p, size_t n, size_t *len)
{
    *len = utf8_length(p[0]);
    if (*len == 0)
        return 0;
    if (*len == 1)
        return p[0];
    long c = p[0] & (0xff >> (*len + 1));
    for (size_t i = 1; i < *len; i++) {
        if (i >= n)
            return -1;
        if ((p[i] & 0xc0) != 0x80)
            return 0;
        c = c << 6 | (p[i] & 0x3f);
    }
    static const long LEAST[] = {0, 0, 0x80, 0x800, 0x10000};
    bool surrogate = c >= 0xd800 && c <= 0xdfff;
    return c < LEAST[*len] || surrogate || c > 0x10ffff ? 0 : c;
}

enum found { NEED_MORE, NOTHING, EVENT };

static enum found next_char(struct input *in, struct event *out, const unsigned char *p, size_t n, bool ended)
{
    size_t len;
    long c = utf8_decode(p, n, &len);
    if (c < 0 && !ended)
        return NEED_MORE;
    if (c <= 0 && p[0] != 0) {
        in->at++;
        return NOTHING;
    }
    if (p[0] < 0x20 || p[0] == 0x7f) {
        in->at++;
        *out = control_key(p[0]);
        return EVENT;
    }
    in->at += len;
    if (c >= 0x80 && c < 0xa0) /* C1 controls in UTF-8: nobody types them */
        return NOTHING;
    *out = key_event((int)c, 0);
    memcpy(out->text, p, len);
    return EVENT;
}

struct csi {
    int param[8];
    int n_params;
    char mark; /* '<' or '?' before the parameters */
    char final;
    size_t len; /* bytes after ESC [ */
};

/* Parses what follows ESC [. 1: done, 0: more bytes needed, -1: not a sequence. */
static int parse_csi(struct csi *out, const unsigned char *p, size_t n)
{
    *out = (struct csi){.n_params = 1};
    for (size_t i = 0; i < n && i < 64; i++) {
        unsigned char c = p[i];
        int *last = &out->param[out->n_params - 1];
        if (c >= '0' && c <= '9') {
            if (*last < 100000)
                *last = *last * 10 + (c - '0');
        } else if (c == ';' || c == ':') {
            if (out->n_params < 8)
                out->n_params++;
        } else if (c >= 0x3c && c <= 0x3f) {
            out->mark = (char)c;
        } else if (c >= 0x40 && c <= 0x7e) {
            out->final = (char)c;
            out->len = i + 1;
            return 1;
        } else if (c < 0x20 || c > 0x2f) {
            return -1;
        }
    }
    return n >= 64 ? -1 : 0;
}

/* CSI n ~ : the numbers that VT220, xterm, rxvt, screen and the Linux console agree on. */
static int tilde_key(int n)
{
    static const struct {
        int n, code;
    } KEYS[] = {{1, K_HOME},      {2, K_INSERT},    {3, K_DELETE},    {4, K_END},       {5, K_PGUP},
                {6, K_PGDN},      {7, K_HOME},      {8, K_END},       {11, K_F1},       {12, K_F1 + 1},
                {13, K_F1 + 2},   {14, K_F1 + 3},   {15, K_F1 + 4},   {17, K_F1 + 5},   {18, K_F1 + 6},
                {19, K_F1 + 7},   {20, K_F1 + 8},   {21, K_F1 + 9},   {23, K_F1 + 10},  {24, K_F12}};
    for (size_t i = 0; i < sizeof KEYS / sizeof KEYS[0]; i++)
        if (KEYS[i].n == n)
            return KEYS[i].code;
    return 0;
}

static int letter_key(char c)
{
    static const struct {
        char letter;
        int code;
    } KEYS[] = {{'A', K_UP},   {'B', K_DOWN},   {'C', K_RIGHT},  {'D', K_LEFT},   {'H', K_HOME}, {'F', K_END},
                {'P', K_F1},   {'Q', K_F1 + 1}, {'R', K_F1 + 2}, {'S', K_F1 + 3}, {'M', K_ENTER}};
    for (size_t i = 0; i < sizeof KEYS / sizeof KEYS[0]; i++)
        if (KEYS[i].letter == c)
            return KEYS[i].code;
    return 0;
}

static enum found mouse_event(struct event *out, int code, int col, int row, bool press)
{
    static const enum mouse_button BUTTONS[] = {MOUSE_LEFT, MOUSE_NONE, MOUSE_RIGHT, MOUSE_NONE};
    enum mouse_button button = (code & 64) != 0 ? ((code & 1) != 0 ? MOUSE_WHEEL_DOWN : MOUSE_WHEEL_UP)
                                                : BUTTONS[code & 3];
    bool moved = (code & 32) != 0;
    if (!press || moved || button == MOUSE_NONE || row < 1 || col < 1)
        return NOTHING;
    *out = (struct event){.kind = EV_MOUSE, .row = row - 1, .col = col - 1, .button = button};
    return EVENT;
}

static enum found csi_event(struct input *in, struct event *out, const struct csi *c)
{
    if (c->mark == '<' && (c->final == 'M' || c->final == 'm'))
        return mouse_event(out, c->param[0], c->param[1], c->param[2], c->final == 'M');
    if (c->mark != 0)
        return NOTHING;
    if (c->final == '~' && c->param[0] == 200) {
        in->in_paste = true;
        buf_clear(&in->paste);
        return NOTHING;
    }
    /* F3 with a modifier is CSI 1;m R: the report is asked for in the second row, where it cannot be taken for that. */
    if (c->final == 'R' && c->n_params == 2 && c->param[0] > 1) {
        *out = (struct event){.kind = EV_CURSOR, .row = c->param[0], .col = c->param[1]};
        return EVENT;
    }
    if (c->final == 'Z') {
        *out = key_event(K_TAB, MOD_SHIFT);
        return EVENT;
    }
    int code = c->final == '~' ? tilde_key(c->param[0]) : letter_key(c->final);
    if (code == 0)
        return NOTHING;
    int mods = c->n_params > 1 && c->param[1] > 0 ? c->param[1] - 1 : 0;
    *out = key_event(code, (unsigned)mods & (MOD_SHIFT | MOD_ALT | MOD_CTRL));
    return EVENT;
}

/* The terminal's own sequences first: longest match; a proper prefix of one asks for more. */
static enum found own_key(struct input *in, struct event *out, const unsigned char *p, size_t n, bool ended)
{
    size_t best = 0;
    bool prefix = false;
    struct key key = {0};
    for (int i = 0; i < in->n_own; i++) {
        const char *s = in->own[i].bytes;
        size_t len = strlen(s), m = len < n ? len : n;
        if (memcmp(s, p, m) != 0)
            continue;
        if (m < len)
            prefix = true;
        else if (len > best)
            best = len, key = in->own[i].key;
    }
    if (prefix && best == 0 && !ended)
        return NEED_MORE;
    if (best == 0)
        return NOTHING;
    in->at += best;
    *out = key_event(key.code, key.mods);
    return EVENT;
}

static enum found lone_escape(struct input *in, struct event *out)
{
    in->at++;
    *out = key_event(K_ESC, 0);
    return EVENT;
}

static enum found next_escape(struct input *in, struct event *out, const unsigned char *p, size_t n, bool ended)
{
    enum found own = own_key(in, out, p, n, ended);
    if (own != NOTHING)
        return own;
    if (n == 1)
        return ended ? lone_escape(in, out) : NEED_MORE;
    if (p[1] == 'O' && (n > 2 || !ended)) {
        if (n == 2)
            return NEED_MORE;
        int code = letter_key((char)p[2]);
        if (code == 0)
            return lone_escape(in, out);
        in->at += 3;
        *out = key_event(code, 0);
        return EVENT;
    }
    if (p[1] != '[')
        return lone_escape(in, out);
    bool x10_mouse = n > 2 && p[2] == 'M', console = n > 2 && p[2] == '[';
    size_t need = x10_mouse ? 6 : console ? 4 : 0;
    if (need > n)
        return ended ? lone_escape(in, out) : NEED_MORE;
    if (x10_mouse) {
        in->at += 6;
        return mouse_event(out, p[3] - 32, p[4] - 32, p[5] - 32, (p[3] & 3) != 3);
    }
    if (console) { /* Linux console: ESC [ [ A is F1 */
        in->at += 4;
        if (p[3] < 'A' || p[3] > 'E')
            return NOTHING;
        *out = key_event(K_F1 + (p[3] - 'A'), 0);
        return EVENT;
    }
    struct csi csi;
    int parsed = parse_csi(&csi, p + 2, n - 2);
    if (parsed == 0 && !ended)
        return NEED_MORE;
    if (parsed <= 0)
        return lone_escape(in, out);
    in->at += 2 + csi.len;
    return csi_event(in, out, &csi);
}

static enum found end_paste(struct input *in, struct event *out)
{
    in->in_paste = false;
    *out = (struct event){.kind = EV_PASTE, .paste = buf_str(&in->paste), .n_paste = in->paste.len};
    return EVENT;
}

/* Pasted bytes up to the end mark; more than PASTE_MAX is read and dropped. */
static enum found next_paste(struct input *in, struct event *out, const unsigned char *p, size_t n, bool ended)
{
    static const char END[] = "\033[201~";
    size_t len = sizeof END - 1;
    const unsigned char *end = memmem(p, n, END, len);
    /* The last bytes may be the beginning of the mark. */
    size_t take = end != NULL ? (size_t)(end - p) : ended ? n : n >= len ? n - (len - 1) : 0;
    size_t room = in->paste.len < PASTE_MAX ? PASTE_MAX - in->paste.len : 0;
    buf_add(&in->paste, p, take < room ? take : room);
    in->at += take + (end != NULL ? len : 0);
    return end != NULL || ended ? end_paste(in, out) : NEED_MORE;
}

bool input_next(struct input *in, struct event *out, int idle_ms)
{
    for (;;) {
        size_t n;
        const unsigned char *p = pending(in, &n);
        enum found found;
        if (in->in_paste)
            found = next_paste(in, out, p, n, idle_ms >= INPUT_PASTE_MS);
        else if (n == 0)
            return false;
        else if (p[0] == 0x1b)
            found = next_escape(in, out, p, n, idle_ms >= INPUT_ESC_MS);
        else
            found = next_char(in, out, p, n, idle_ms >= INPUT_CHAR_MS);
        if (found == EVENT)
            return true;
        if (found == NEED_MORE)
            return false;
    }
}

int input_wait_ms(const struct input *in)
{
    if (in->in_paste)
        return INPUT_PASTE_MS;
    if (in->bytes.len <= in->at)
        return -1;
    return in->bytes.p[in->at] == 0x1b ? INPUT_ESC_MS : INPUT_CHAR_MS;
}
