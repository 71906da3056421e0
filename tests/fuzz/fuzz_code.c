/* The short code of `import`. The first byte says what the others are: text as somebody may type it; symbols, of which a code with right sums is
 * made, so that what lies behind the sums is reached too; or what an assessment says, of which the code is made by the program. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/base/sha256.h"
#include "core/method/code.h"

static const char SYMBOLS[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
enum { GROUP = CODE_GROUP_CHARS - 1, SUM = 6, SYMBOLS_MOST = 4000 };

static int alpha(int x)
{
    x <<= 1;
    return x & 32 ? x ^ 0x25 : x;
}

/* As the head of core/method/code.h describes it. */
static char check_of(const unsigned char *data, size_t group)
{
    int sum = 0, shift = 1;
    for (int i = GROUP - 1; i >= 0; i--)
        sum = alpha(sum ^ data[i]);
    for (size_t i = 0; i < group % 31; i++)
        shift = alpha(shift);
    return SYMBOLS[sum ^ shift];
}

static void add_sum(unsigned char *symbol, size_t n)
{
    unsigned char digest[SHA256_BYTES];
    struct buf all = {0};
    buf_adds(&all, "monshin code:");
    buf_add(&all, symbol, n);
    sha256(digest, all.p, all.len);
    buf_release(&all);
    for (size_t i = 0; i < SUM; i++) {
        size_t bit = i * 5;
        symbol[n + i] = (unsigned char)((digest[bit / 8] << 8 | digest[bit / 8 + 1]) >> (11 - bit % 8) & 31);
    }
}

static void sign(struct buf *out, const uint8_t *bytes, size_t n_bytes)
{
    unsigned char symbol[SYMBOLS_MOST + GROUP + SUM] = {0};
    size_t n = n_bytes < SYMBOLS_MOST ? n_bytes : SYMBOLS_MOST;
    for (size_t i = 0; i < n; i++)
        symbol[i] = bytes[i] & 31;
    while ((n + SUM) % GROUP != 0)
        n++;
    add_sum(symbol, n);
    for (size_t i = 0; i < n + SUM; i++) {
        buf_addc(out, SYMBOLS[symbol[i]]);
        if (i % GROUP == GROUP - 1)
            buf_addc(out, check_of(symbol + i + 1 - GROUP, i / GROUP));
    }
}

/* What could be read is put into an assessment, which can be saved and makes a code that says the same. */
static void hold_import(const struct code *c)
{
    struct buf again = {0};
    struct code back;
    struct code_fault fault;
    const struct checklist *ck = checklist_builtin(0);
    hold_harmless(c->site_id, strlen(c->site_id), ALLOW_NONE);
    hold_harmless(c->country, strlen(c->country), ALLOW_NONE);
    hold_harmless(c->round_id, strlen(c->round_id), ALLOW_NONE);
    hold_harmless(c->version, strlen(c->version), ALLOW_NONE);
    HOLD(c->n_answers > 0 && c->n_answers <= ITEMS_MAX);
    if (!code_fits(c, ck))
        return;
    struct assessment *a = assessment_new(ck, ck->default_edition, "0f3c9a52-6f0e-4b53-9d0a-5b7a2e5f4c11", "2026-11-20T16:40:31+09:00");
    code_fill(a, c, "no reason given");
    hold_assessment(a);
    hold_written(a);
    code_make(&again, a);
    HOLD(code_read(&back, &fault, buf_str(&again)));
    HOLD(strcmp(back.site_id, c->site_id) == 0 && strcmp(back.round_id, c->round_id) == 0);
    for (int i = 0; i < c->n_answers; i++)
        HOLD(back.answer[i].state == c->answer[i].state && back.answer[i].level == c->answer[i].level &&
             back.answer[i].basis == c->answer[i].basis);
    buf_release(&again);
    assessment_free(a);
}

static void read_text(const char *text)
{
    struct code *c = xcalloc(1, sizeof *c);
    struct code_fault fault = {0};
    if (code_read(c, &fault, text))
        hold_import(c);
    else
        HOLD(fault.problem != CODE_GOOD);
    free(c);
}

static void fill(struct assessment *a, const char *text, const uint8_t *bytes, size_t n_bytes)
{
    struct round *round = assessment_round(a);
    field_set(&a->site.id, text, FIELD_MAX, false);
    field_set(&a->site.country, text + strlen(text) / 2, FIELD_MAX, false);
    a->revision = (long)(n_bytes * 7919 % 1000000000);
    for (int i = 0; i < round->n_answers && (size_t)i < n_bytes; i++) {
        struct answer *x = &round->answer[i];
        x->state = (enum answer_state)(bytes[i] % ANSWER_STATE_COUNT);
        x->level = x->state == ANSWER_LEVEL ? 1 + bytes[i] / 8 % 5 : 0;
        x->basis = (enum basis)(bytes[i] / 64 % BASIS_COUNT);
        x->alternative = bytes[i] > 200;
    }
}

/* Its code is read back; with one character changed it is refused. */
static void make(const char *text, const uint8_t *bytes, size_t n_bytes)
{
    const struct checklist *ck = checklist_builtin(0);
    struct assessment *a = assessment_new(ck, ck->default_edition, "0f3c9a52-6f0e-4b53-9d0a-5b7a2e5f4c11", "2026-11-20T16:40:31+09:00");
    struct buf code = {0};
    struct code *c = xcalloc(1, sizeof *c);
    struct code_fault fault = {0};
    fill(a, text, bytes, n_bytes);
    code_make(&code, a);
    HOLD(code_read(c, &fault, buf_str(&code)));
    HOLD(code_fits(c, ck) && strcmp(c->site_id, a->site.id) == 0);
    size_t at = n_bytes * 31 % code.len;
    code.p[at] = code.p[at] == ' ' ? ' ' : code.p[at] == 'Z' ? '0' : 'Z';
    HOLD(code_read(c, &fault, buf_str(&code)) == (code.p[at] == ' '));
    free(c);
    buf_release(&code);
    assessment_free(a);
}

void fuzz_code(const uint8_t *bytes, size_t n_bytes)
{
    if (n_bytes == 0)
        return;
    char *text = xstrndup((const char *)bytes + 1, n_bytes - 1);
    struct buf code = {0};
    switch (bytes[0] % 3) {
    case 0:
        read_text(text);
        break;
    case 1:
        sign(&code, bytes + 1, n_bytes - 1);
        read_text(buf_str(&code));
        break;
    default:
        make(text, bytes + 1, n_bytes - 1);
        break;
    }
    buf_release(&code);
    free(text);
}
