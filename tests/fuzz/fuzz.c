/* See fuzz.h. The only state is that of the memory files. */
#include "tests/fuzz/fuzz.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/text.h"
#include "core/io/gz.h"
#include "core/model/assessment.h"

/* ---- Files in memory ---- */

static struct {
    int fd; /* 0: not made yet */
    char path[40];
} memory[MEMORY_FILES];

int memory_descriptor(int slot)
{
    HOLD(slot >= 0 && slot < MEMORY_FILES);
    if (memory[slot].fd == 0) {
        memory[slot].fd = memfd_create("fuzz.xml", MFD_CLOEXEC);
        HOLD(memory[slot].fd > 0);
        snprintf(memory[slot].path, sizeof memory[slot].path, "/proc/self/fd/%d", memory[slot].fd);
    }
    return memory[slot].fd;
}

const char *memory_file(int slot, const void *bytes, size_t n_bytes)
{
    int fd = memory_descriptor(slot);
    HOLD(ftruncate(fd, 0) == 0 && pwrite(fd, bytes, n_bytes, 0) == (ssize_t)n_bytes);
    return memory[slot].path;
}

bool next_part(const uint8_t **bytes, size_t *n_bytes, const uint8_t **part, size_t *n_part)
{
    static const char cut[] = "--8<--\n";
    if (*bytes == NULL)
        return false;
    const uint8_t *at = *n_bytes > 0 ? memmem(*bytes, *n_bytes, cut, sizeof cut - 1) : NULL;
    *part = *bytes;
    *n_part = at != NULL ? (size_t)(at - *bytes) : *n_bytes;
    size_t used = *n_part + (at != NULL ? sizeof cut - 1 : 0);
    *n_bytes -= used;
    *bytes = at != NULL ? at + sizeof cut - 1 : NULL;
    return true;
}

/* ---- Harmless text ---- */

static bool hostile(unsigned c)
{
    return (c >= 0x7f && c <= 0x9f) || (c >= 0x200e && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) ||
           c == 0x200b || c == 0x61c || c == 0xfeff;
}

void hold_harmless(const char *s, size_t n_bytes, int allow)
{
    size_t plain = 0;
    while (plain < n_bytes && ((s[plain] >= 0x20 && s[plain] < 0x7f) || s[plain] == '\n'))
        plain++;
    if (plain == n_bytes)
        return;
    HOLD(text_valid(s, n_bytes));
    for (size_t i = 0; i < n_bytes; i++) {
        unsigned char c = (unsigned char)s[i];
        if (c < 0x20)
            HOLD(c == '\n' || (c == '\t' && (allow & ALLOW_TAB) != 0) || (c == '\r' && (allow & ALLOW_CR) != 0));
        else if (c == 0x7f)
            HOLD(c != 0x7f);
        else if (c >= 0xc2 && c < 0xe0)
            HOLD(!hostile((c & 0x1fU) << 6 | (s[i + 1] & 0x3fU)));
        else if (c >= 0xe0 && c < 0xf0)
            HOLD(!hostile((c & 0x0fU) << 12 | (s[i + 1] & 0x3fU) << 6 | (s[i + 2] & 0x3fU)));
    }
}

static void hold_text(const char *s, size_t max)
{
    size_t n = strlen(s);
    HOLD(n <= max);
    hold_harmless(s, n, ALLOW_NONE);
}

/* ---- Assessments ---- */

static void hold_round(const struct round *r)
{
    hold_text(r->id, FIELD_MAX);
    hold_text(r->started, FIELD_MAX);
    for (int i = 0; i < r->n_answers; i++) {
        const struct answer *x = &r->answer[i];
        hold_text(x->reason, TEXT_MAX);
        hold_text(x->note, TEXT_MAX);
        hold_text(x->evidence, TEXT_MAX);
        HOLD((x->state == ANSWER_LEVEL) == (x->level != 0) && x->level >= 0 && x->level <= LEVEL_MAX);
    }
}

void hold_assessment(const struct assessment *a)
{
    HOLD(a->n_rounds >= 1 && a->n_rounds <= ROUNDS_MAX && a->n_people <= PEOPLE_MAX && a->revision >= 0);
    hold_text(a->id, FIELD_MAX);
    hold_text(a->program, FIELD_MAX);
    hold_text(a->site.id, FIELD_MAX);
    hold_text(a->site.company, FIELD_MAX);
    hold_text(a->site.name, FIELD_MAX);
    hold_text(a->site.country, FIELD_MAX);
    hold_text(a->site.industry, FIELD_MAX);
    for (size_t i = 0; i < a->n_people; i++) {
        hold_text(a->person[i].id, FIELD_MAX);
        hold_text(a->person[i].name, FIELD_MAX);
        hold_text(a->person[i].dept, FIELD_MAX);
        hold_text(a->person[i].role, FIELD_MAX);
    }
    for (size_t i = 0; i < a->n_rounds; i++)
        hold_round(&a->round[i]);
    for (size_t i = 0; i < a->n_targets; i++)
        hold_text(a->target[i].reason, REASON_MAX);
    for (size_t i = 0; i < a->n_actions; i++) {
        hold_text(a->action[i].note, TEXT_MAX);
        hold_text(a->action[i].history, TEXT_MAX);
    }
}

void hold_written(const struct assessment *a)
{
    struct buf once = {0}, twice = {0};
    struct assessment *again = NULL;
    struct diag diag = {0};
    assessment_write(&once, a, NULL);
    if (assessment_read(&again, buf_str(&once), once.len, NULL, NULL, NULL, &diag) != ERR_OK) {
        fprintf(stderr, "%s line %ld %s %s\n%.2000s\n", err_name(diag.err), diag.line, diag.where, diag.detail, buf_str(&once));
        HOLD(!"what was written can be read");
    }
    assessment_write(&twice, again, NULL);
    if (once.len != twice.len || memcmp(once.p, twice.p, once.len) != 0) {
        fprintf(stderr, "%.2000s\n----\n%.2000s\n", buf_str(&once), buf_str(&twice));
        HOLD(!"what was read again is the same");
    }
    assessment_free(again);
    buf_release(&once);
    buf_release(&twice);
}
