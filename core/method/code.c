/* See code.h. Bits are kept one in a byte: codes are short. */
#include "core/method/code.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/sha256.h"
#include "core/base/text.h"

enum {
    VERSION = 1,
    SYMBOL_BITS = 5,
    GROUP_DATA = CODE_GROUP_CHARS - 1,
    SUM_SYMBOLS = 6,
    VERSION_BITS = 4,
    CHECKLIST_BITS = 24,
    EDITION_BITS = 12,
    DAY_BITS = 16,
    MINUTE_BITS = 28,
    OFFSET_BITS = 7, /* quarters of an hour, from -16 hours on */
    OFFSET_ZERO = 64,
    N_ITEMS_BITS = 9,
    REVISION_BITS = 7, /* at a time, with one more that says whether more follow */
    REVISION_MAX = (1 << 4 * REVISION_BITS) - 1,
    SYMBOLS_MAX = 2000, /* more than the longest code has: four texts of FIELD_MAX bytes, ITEMS_MAX answers of six bits */
};
static const long DAY_ZERO = 10957;             /* 2000-01-01, in days since 1970 */
static const long long TIME_ZERO = 10957 * 86400LL;

static const char ALPHABET[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/* Three of these are 16 bits. The first ends a text. */
static const char TEXT_ALPHABET[] = "\0abcdefghijklmnopqrstuvwxyz0123456789-._";
enum { TEXT_SIGNS = 40 };

/* ---- Characters and groups ---- */

static int symbol_of(char c)
{
    if (c >= 'a' && c <= 'z')
        c = (char)(c - 'a' + 'A');
    if (c == 'I' || c == 'L')
        c = '1';
    if (c == 'O')
        c = '0';
    const char *at = c != '\0' ? strchr(ALPHABET, c) : NULL;
    return at != NULL ? (int)(at - ALPHABET) : -1;
}

/* Times alpha in GF(32), alpha a root of x^5 + x^2 + 1, which generates it. */
static int gf_step(int x)
{
    x <<= 1;
    return x & 32 ? x ^ 0x25 : x;
}

/* Weight 1 is the check's own place; alpha^1 .. alpha^4 those of the data. Added: alpha^group. */
static int group_check(const unsigned char *data, int group)
{
    int sum = 0, shift = 1;
    for (int i = GROUP_DATA - 1; i >= 0; i--)
        sum = gf_step(sum ^ data[i]);
    for (int i = 0; i < group % 31; i++)
        shift = gf_step(shift);
    return sum ^ shift;
}

/* 30 bits over the data before them. */
static void checksum(unsigned char out[SUM_SYMBOLS], const unsigned char *symbol, size_t n)
{
    unsigned char digest[SHA256_BYTES];
    struct buf bytes = {0};
    buf_adds(&bytes, "monshin code:");
    buf_add(&bytes, symbol, n);
    sha256(digest, buf_str(&bytes), bytes.len);
    buf_release(&bytes);
    for (int i = 0; i < SUM_SYMBOLS; i++) {
        int bit = i * SYMBOL_BITS;
        int two = digest[bit / 8] << 8 | digest[bit / 8 + 1];
        out[i] = (unsigned char)(two >> (16 - SYMBOL_BITS - bit % 8) & 31);
    }
}

static unsigned long fingerprint(const void *bytes, size_t n, int n_bits)
{
    unsigned char digest[SHA256_BYTES];
    sha256(digest, bytes, n);
    unsigned long value = (unsigned long)digest[0] << 16 | (unsigned long)digest[1] << 8 | digest[2];
    return value >> (24 - n_bits);
}

/* Of what makes answers fit: the checklist's id and those of its items, in order. */
static unsigned long checklist_fingerprint(const struct checklist *ck)
{
    struct buf ids = {0};
    buf_adds(&ids, ck->id);
    for (int i = 0; i < ck->n_items; i++)
        buf_addf(&ids, "\n%s", ck->item[i].id);
    unsigned long value = fingerprint(buf_str(&ids), ids.len, CHECKLIST_BITS);
    buf_release(&ids);
    return value;
}

static unsigned long edition_fingerprint(const struct ck_edition *e)
{
    return fingerprint(e->id, strlen(e->id), EDITION_BITS);
}

/* ---- Writing ---- */

static void put(struct buf *bits, unsigned long value, int n_bits)
{
    for (int i = n_bits - 1; i >= 0; i--)
        buf_addc(bits, (char)(value >> i & 1));
}

static int text_sign(char c)
{
    for (int i = 1; i < TEXT_SIGNS; i++)
        if (TEXT_ALPHABET[i] == c)
            return i;
    return 0;
}

enum { N_TEXTS = 4 };

/* The texts one after the other, each with an end: three signs in 16 bits, or, when there is any other sign, bytes. */
static void put_texts(struct buf *bits, const char *const text[N_TEXTS])
{
    struct buf all = {0};
    bool plain = true;
    for (int t = 0; t < N_TEXTS; t++) {
        for (const char *p = text[t]; *p != '\0'; p++)
            plain = plain && text_sign(*p) != 0;
        buf_add(&all, text[t], strlen(text[t]) + 1);
    }
    put(bits, plain ? 0 : 1, 1);
    while (plain && all.len % 3 != 0)
        buf_addc(&all, '\0');
    for (size_t i = 0; i < all.len; i += plain ? 3 : 1) {
        if (plain)
            put(bits, (unsigned long)((text_sign(all.p[i]) * TEXT_SIGNS + text_sign(all.p[i + 1])) * TEXT_SIGNS + text_sign(all.p[i + 2])), 16);
        else
            put(bits, (unsigned char)all.p[i], 8);
    }
    buf_release(&all);
}

/* The day that a time has where it was written. */
static void put_day(struct buf *bits, const char *iso)
{
    char date[11];
    long days = 0;
    snprintf(date, sizeof date, "%.10s", iso);
    bool there = days_of_date(&days, date) && days >= DAY_ZERO && days < DAY_ZERO + (1L << DAY_BITS);
    put(bits, there ? 1 : 0, 1);
    if (there)
        put(bits, (unsigned long)(days - DAY_ZERO), DAY_BITS);
}

/* Minutes of "...+09:00"; 0 for Z. */
static int offset_of(const char *iso)
{
    size_t n = strlen(iso);
    if (n < 6 || (iso[n - 6] != '+' && iso[n - 6] != '-'))
        return 0;
    int hours = (iso[n - 5] - '0') * 10 + (iso[n - 4] - '0'), minutes = (iso[n - 2] - '0') * 10 + (iso[n - 1] - '0');
    return (iso[n - 6] == '-' ? -1 : 1) * (hours * 60 + minutes);
}

static void put_time(struct buf *bits, const char *iso)
{
    long long seconds = 0;
    bool there = iso_parse(&seconds, iso) && seconds >= TIME_ZERO && (seconds - TIME_ZERO) / 60 < 1LL << MINUTE_BITS;
    int quarters = there ? offset_of(iso) / 15 + OFFSET_ZERO : 0;
    there = there && quarters >= 0 && quarters < 1 << OFFSET_BITS;
    put(bits, there ? 1 : 0, 1);
    if (there) {
        put(bits, (unsigned long)((seconds - TIME_ZERO) / 60), MINUTE_BITS);
        put(bits, (unsigned long)quarters, OFFSET_BITS);
    }
}

static void put_number(struct buf *bits, long value)
{
    unsigned long rest = value < 0 ? 0 : value < REVISION_MAX ? (unsigned long)value : REVISION_MAX;
    do {
        put(bits, rest >> REVISION_BITS != 0, 1);
        put(bits, rest & ((1UL << REVISION_BITS) - 1), REVISION_BITS);
        rest >>= REVISION_BITS;
    } while (rest != 0);
}

static void put_answers(struct buf *bits, const struct round *round)
{
    bool alternatives = false;
    for (int i = 0; i < round->n_answers; i++)
        alternatives = alternatives || (round->answer[i].alternative && round->answer[i].state == ANSWER_LEVEL);
    put(bits, (unsigned long)round->n_answers - 1, N_ITEMS_BITS);
    put(bits, alternatives, 1);
    for (int i = 0; i < round->n_answers; i++) {
        const struct answer *x = &round->answer[i];
        /* open, unknown, not applicable, levels 1 to 5 */
        put(bits, x->state == ANSWER_LEVEL ? (unsigned long)x->level + 2 : (unsigned long)x->state, 3);
        put(bits, (unsigned long)x->basis, 2);
        if (alternatives && x->state == ANSWER_LEVEL)
            put(bits, x->alternative, 1);
    }
}

/* As they should be: then they go in as small letters, which are shorter. */
static bool country_in_capitals(const char *s)
{
    return strlen(s) == 2 && s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'A' && s[1] <= 'Z';
}

static void put_all(struct buf *bits, const struct assessment *a)
{
    const struct round *round = assessment_round(a);
    char country[FIELD_MAX + 1];
    bool capitals = country_in_capitals(a->site.country);
    snprintf(country, sizeof country, "%s", a->site.country);
    for (int i = 0; i < 2 && capitals; i++)
        country[i] = (char)(country[i] - 'A' + 'a');
    put(bits, VERSION, VERSION_BITS);
    put(bits, checklist_fingerprint(a->checklist), CHECKLIST_BITS);
    put(bits, edition_fingerprint(&a->checklist->edition[a->edition]), EDITION_BITS);
    put(bits, a->site.importance, 2);
    put(bits, round->kind, 1);
    put(bits, capitals, 1);
    put_texts(bits, (const char *const[N_TEXTS]){a->checklist->version, a->site.id, country, round->id});
    put_time(bits, a->modified);
    put_day(bits, round->started);
    put_day(bits, round->finished);
    put_number(bits, a->revision);
    put_answers(bits, round);
}

void code_make(struct buf *out, const struct assessment *a)
{
    struct buf bits = {0};
    unsigned char symbol[SYMBOLS_MAX] = {0};
    put_all(&bits, a);
    while (bits.len % SYMBOL_BITS != 0 || (bits.len / SYMBOL_BITS + SUM_SYMBOLS) % GROUP_DATA != 0)
        buf_addc(&bits, 0);
    size_t n = bits.len / SYMBOL_BITS;
    assert(n + SUM_SYMBOLS <= SYMBOLS_MAX);
    for (size_t i = 0; i < bits.len; i++)
        symbol[i / SYMBOL_BITS] = (unsigned char)(symbol[i / SYMBOL_BITS] << 1 | bits.p[i]);
    checksum(symbol + n, symbol, n);
    n += SUM_SYMBOLS;
    for (size_t i = 0; i < n; i += GROUP_DATA) {
        buf_adds(out, i > 0 ? " " : "");
        for (int k = 0; k < GROUP_DATA; k++)
            buf_addc(out, ALPHABET[symbol[i + (size_t)k]]);
        buf_addc(out, ALPHABET[group_check(symbol + i, (int)(i / GROUP_DATA))]);
    }
    buf_release(&bits);
}

/* ---- Reading ---- */

struct reader {
    const unsigned char *symbol;
    size_t n_bits, at;
    bool bad; /* read over the end */
};

static unsigned long get(struct reader *r, int n_bits)
{
    unsigned long value = 0;
    for (int i = 0; i < n_bits; i++, r->at++) {
        r->bad = r->bad || r->at >= r->n_bits;
        if (r->bad)
            return 0;
        value = value << 1 | (r->symbol[r->at / SYMBOL_BITS] >> (SYMBOL_BITS - 1 - r->at % SYMBOL_BITS) & 1);
    }
    return value;
}

/* The next sign of the texts into the text that is being read; *text: how many have ended. */
static void take_sign(struct reader *r, char *const out[N_TEXTS], int *text, size_t *len, char sign)
{
    if (*text == N_TEXTS) {
        r->bad = r->bad || sign != '\0';
        return;
    }
    r->bad = r->bad || *len > FIELD_MAX || (sign != '\0' && *len == FIELD_MAX);
    if (r->bad)
        return;
    out[*text][(*len)++] = sign;
    if (sign == '\0') {
        (*text)++;
        *len = 0;
    }
}

static void get_texts(struct reader *r, char *const out[N_TEXTS])
{
    bool bytes = get(r, 1) != 0;
    int text = 0;
    size_t len = 0;
    while (text < N_TEXTS && !r->bad) {
        unsigned long value = get(r, bytes ? 8 : 16);
        if (bytes) {
            take_sign(r, out, &text, &len, (char)value);
            continue;
        }
        r->bad = r->bad || value >= TEXT_SIGNS * TEXT_SIGNS * TEXT_SIGNS;
        for (unsigned long unit = TEXT_SIGNS * TEXT_SIGNS; unit > 0 && !r->bad; unit /= TEXT_SIGNS)
            take_sign(r, out, &text, &len, TEXT_ALPHABET[value / unit % TEXT_SIGNS]);
    }
}

static void get_time(struct reader *r, char out[ISO_SIZE], int *offset)
{
    if (get(r, 1) == 0)
        return;
    long long seconds = (long long)get(r, MINUTE_BITS) * 60 + TIME_ZERO;
    *offset = ((int)get(r, OFFSET_BITS) - OFFSET_ZERO) * 15;
    r->bad = r->bad || *offset <= -24 * 60 || *offset >= 24 * 60;
    if (!r->bad)
        iso_format(out, seconds, *offset);
}

/* Its midnight at the offset of the last change. */
static void get_day(struct reader *r, char out[ISO_SIZE], int offset)
{
    if (get(r, 1) == 0)
        return;
    long long days = (long long)get(r, DAY_BITS) + DAY_ZERO;
    if (!r->bad)
        iso_format(out, days * 86400 - offset * 60LL, offset);
}

static long get_number(struct reader *r)
{
    unsigned long value = 0;
    for (int shift = 0; !r->bad; shift += REVISION_BITS) {
        bool more = get(r, 1) != 0;
        value |= get(r, REVISION_BITS) << shift;
        if (!more)
            break;
        r->bad = r->bad || shift >= 3 * REVISION_BITS;
    }
    return (long)value;
}

static void get_answers(struct reader *r, struct code *out)
{
    out->n_answers = (int)get(r, N_ITEMS_BITS) + 1;
    bool alternatives = get(r, 1) != 0;
    for (int i = 0; i < out->n_answers && !r->bad; i++) {
        struct code_answer *x = &out->answer[i];
        unsigned long value = get(r, 3);
        x->state = value > 2 ? ANSWER_LEVEL : (enum answer_state)value;
        x->level = value > 2 ? (int)value - 2 : 0;
        x->basis = (enum basis)get(r, 2);
        x->alternative = alternatives && value > 2 && get(r, 1) != 0;
    }
}

/* A text of a code is foreign: what a file may not hold, a code may not either. */
static bool clean(const char *s)
{
    struct buf b = {0};
    text_clean(&b, s, strlen(s), TEXT_ONE_LINE);
    bool same = text_valid(s, strlen(s)) && strcmp(buf_str(&b), s) == 0;
    buf_release(&b);
    return same;
}

static bool id_good(const char *s)
{
    static const char LETTERS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
    return s[0] != '\0' && strchr("._-", s[0]) == NULL && s[strspn(s, LETTERS)] == '\0' && strlen(s) <= 64;
}

static enum code_problem get_all(struct code *out, struct reader *r)
{
    int offset = 0;
    if (get(r, VERSION_BITS) != VERSION)
        return CODE_NEWER;
    out->checklist = get(r, CHECKLIST_BITS);
    out->edition = get(r, EDITION_BITS);
    unsigned long importance = get(r, 2);
    out->importance = importance < IMPORTANCE_COUNT ? (enum importance)importance : IMPORTANCE_MEDIUM;
    out->kind = (enum round_kind)get(r, 1);
    bool capitals = get(r, 1) != 0;
    get_texts(r, (char *const[N_TEXTS]){out->version, out->site_id, out->country, out->round_id});
    get_time(r, out->modified, &offset);
    get_day(r, out->started, offset);
    get_day(r, out->finished, offset);
    out->revision = get_number(r);
    get_answers(r, out);
    /* What is left fills up the last group. */
    bool rest = r->n_bits - r->at >= GROUP_DATA * SYMBOL_BITS;
    while (!r->bad && r->at < r->n_bits)
        rest = get(r, 1) != 0 || rest;
    for (char *p = out->country; *p != '\0' && capitals; p++)
        *p = *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A') : *p;
    bool good = !r->bad && !rest && importance < IMPORTANCE_COUNT && id_good(out->round_id) && clean(out->version) && clean(out->site_id) &&
                clean(out->country);
    return good ? CODE_GOOD : CODE_MEANING;
}

/* Gives the length of what stands at s and means nothing: blanks, line breaks, hyphens. */
static size_t between(const char *s)
{
    return strspn(s, " \t\r\n-");
}

/* Characters as symbols, checks included; the number of them, or -1 with *fault. */
static long symbols_of(unsigned char out[], size_t max, const char *text, struct code_fault *fault)
{
    size_t n = 0;
    for (const char *p = text + between(text); *p != '\0'; p += between(p)) {
        int symbol = symbol_of(*p);
        size_t length = text_next(p, strlen(p), 0);
        if (symbol < 0) {
            fault->problem = CODE_CHARACTER;
            fault->group = (int)(n / CODE_GROUP_CHARS) + 1;
            snprintf(fault->text, sizeof fault->text, "%.*s", (int)text_floor(p, length, sizeof fault->text - 1), p);
            return -1;
        }
        if (n == max) {
            fault->problem = CODE_LENGTH;
            return -1;
        }
        out[n++] = (unsigned char)symbol;
        p++;
    }
    return (long)n;
}

/* Holds each group against its check and leaves the data; the number of groups, or -1 with *fault. */
static long check_groups(unsigned char symbol[], size_t n, struct code_fault *fault)
{
    size_t n_groups = n / CODE_GROUP_CHARS;
    for (size_t g = 0; g < n_groups; g++) {
        const unsigned char *group = symbol + g * CODE_GROUP_CHARS;
        if (group_check(group, (int)g) != group[GROUP_DATA]) {
            fault->problem = CODE_GROUP;
            fault->group = (int)g + 1;
            for (int i = 0; i < CODE_GROUP_CHARS; i++)
                fault->text[i] = ALPHABET[group[i]];
            return -1;
        }
        memmove(symbol + g * GROUP_DATA, group, GROUP_DATA);
    }
    fault->problem = n_groups * GROUP_DATA <= SUM_SYMBOLS || n % CODE_GROUP_CHARS != 0 ? CODE_LENGTH : CODE_GOOD;
    return fault->problem == CODE_GOOD ? (long)n_groups : -1;
}

bool code_read(struct code *out, struct code_fault *fault, const char *text)
{
    enum { CHARS_MAX = SYMBOLS_MAX / GROUP_DATA * CODE_GROUP_CHARS };
    unsigned char symbol[CHARS_MAX], sum[SUM_SYMBOLS];
    *fault = (struct code_fault){.problem = CODE_EMPTY};
    *out = (struct code){0};
    struct buf valid = {0};
    text_clean(&valid, text, strlen(text), TEXT_MULTI_LINE);
    long n = symbols_of(symbol, CHARS_MAX, buf_str(&valid), fault);
    buf_release(&valid);
    if (n <= 0)
        return false;
    long n_groups = check_groups(symbol, (size_t)n, fault);
    if (n_groups < 0)
        return false;
    size_t n_data = (size_t)n_groups * GROUP_DATA - SUM_SYMBOLS;
    checksum(sum, symbol, n_data);
    if (memcmp(sum, symbol + n_data, SUM_SYMBOLS) != 0) {
        fault->problem = CODE_SUM;
        return false;
    }
    fault->problem = get_all(out, &(struct reader){.symbol = symbol, .n_bits = n_data * SYMBOL_BITS});
    return fault->problem == CODE_GOOD;
}

/* ---- Into an assessment ---- */

bool code_fits(const struct code *c, const struct checklist *ck)
{
    return ck->n_items == c->n_answers && checklist_fingerprint(ck) == c->checklist;
}

int code_edition(const struct code *c, const struct checklist *ck)
{
    for (int e = 0; e < ck->n_editions; e++)
        if (edition_fingerprint(&ck->edition[e]) == c->edition)
            return e;
    return -1;
}

static void fill_site(struct assessment *a, const struct code *c)
{
    struct change change = {.kind = CHANGE_SITE};
    site_copy(&change.u.site, &a->site);
    field_set(&change.u.site.id, c->site_id, FIELD_MAX, false);
    field_set(&change.u.site.country, c->country, FIELD_MAX, false);
    change.u.site.importance = c->importance;
    assessment_apply(a, &change, NULL);
}

void code_fill(struct assessment *a, const struct code *c, const char *reason)
{
    assert(code_fits(c, a->checklist));
    fill_site(a, c);
    struct change change = {.kind = CHANGE_ROUND, .index = a->n_rounds - 1};
    struct round *round = &change.u.round;
    round_copy(round, assessment_round(a), a->checklist);
    field_set(&round->id, c->round_id, FIELD_MAX, false);
    field_set(&round->started, c->started, FIELD_MAX, false);
    field_set(&round->finished, c->finished, FIELD_MAX, false);
    round->kind = c->kind;
    for (int i = 0; i < c->n_answers; i++) {
        struct answer *x = &round->answer[i];
        x->state = c->answer[i].state;
        x->level = c->answer[i].level;
        x->basis = c->answer[i].basis;
        x->alternative = c->answer[i].alternative;
        field_set(&x->reason, x->state == ANSWER_NA ? reason : "", TEXT_MAX, true);
        field_set(&x->at, x->state != ANSWER_OPEN ? c->modified : "", FIELD_MAX, false);
    }
    assessment_apply(a, &change, NULL);
    if (c->modified[0] != '\0')
        field_set(&a->created, c->modified, FIELD_MAX, false);
    a->revision = c->revision > 0 ? c->revision - 1 : 0;
}
