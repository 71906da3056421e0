/* Copies and ends of the records of an assessment. */
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/model/assessment_priv.h"

char *field_copy(const char *s)
{
    return xstrdup(s != NULL ? s : "");
}

void field_set(char **field, const char *s, size_t max_bytes, bool multi_line)
{
    struct buf clean = {0};
    text_clean(&clean, s, strlen(s), multi_line ? TEXT_MULTI_LINE : TEXT_ONE_LINE);
    char *text = xstrndup(buf_str(&clean), text_floor(buf_str(&clean), clean.len, max_bytes));
    buf_release(&clean);
    free(*field);
    *field = text;
}

void foreign_copy(struct foreign *out, const struct foreign *from)
{
    *out = (struct foreign){field_copy(from->attrs), field_copy(from->elements),
                            field_copy(from->inside)};
}

void foreign_release(struct foreign *x)
{
    free(x->attrs);
    free(x->elements);
    free(x->inside);
    *x = (struct foreign){0};
}

void answer_clear(struct answer *x)
{
    *x = (struct answer){.state = ANSWER_OPEN};
    x->by = field_copy("");
    x->ask = field_copy("");
    x->at = field_copy("");
    x->reason = field_copy("");
    x->note = field_copy("");
    x->evidence = field_copy("");
    foreign_copy(&x->foreign, &(struct foreign){0});
}

void answer_copy(struct answer *out, const struct answer *from, const struct ck_item *item)
{
    *out = *from;
    out->by = field_copy(from->by);
    out->ask = field_copy(from->ask);
    out->at = field_copy(from->at);
    out->reason = field_copy(from->reason);
    out->note = field_copy(from->note);
    out->evidence = field_copy(from->evidence);
    out->check = NULL;
    if (from->check != NULL) {
        out->check = xcalloc((size_t)item->n_checks, sizeof *out->check);
        memcpy(out->check, from->check, (size_t)item->n_checks * sizeof *out->check);
    }
    foreign_copy(&out->foreign, &from->foreign);
}

void answer_release(struct answer *x)
{
    free(x->by);
    free(x->ask);
    free(x->at);
    free(x->reason);
    free(x->note);
    free(x->evidence);
    free(x->check);
    foreign_release(&x->foreign);
    *x = (struct answer){0};
}

static bool is_empty(const char *s)
{
    return *s == '\0';
}

static bool foreign_is_empty(const struct foreign *x)
{
    return is_empty(x->attrs) && is_empty(x->elements) && is_empty(x->inside);
}

bool answer_is_blank(const struct answer *x, const struct ck_item *item)
{
    for (int i = 0; x->check != NULL && i < item->n_checks; i++)
        if (x->check[i] != CHECK_OPEN)
            return false;
    return x->state == ANSWER_OPEN && x->basis == BASIS_NONE && !x->alternative && !x->flag &&
           !x->carried && is_empty(x->by) && is_empty(x->ask) && is_empty(x->at) &&
           is_empty(x->note) && is_empty(x->evidence) && foreign_is_empty(&x->foreign);
}

void site_copy(struct site *out, const struct site *from)
{
    *out = *from;
    out->id = field_copy(from->id);
    out->company = field_copy(from->company);
    out->name = field_copy(from->name);
    out->country = field_copy(from->country);
    out->industry = field_copy(from->industry);
    foreign_copy(&out->foreign, &from->foreign);
}

void site_release(struct site *x)
{
    free(x->id);
    free(x->company);
    free(x->name);
    free(x->country);
    free(x->industry);
    foreign_release(&x->foreign);
    *x = (struct site){0};
}

void person_copy(struct person *out, const struct person *from)
{
    *out = *from;
    out->id = field_copy(from->id);
    out->name = field_copy(from->name);
    out->dept = field_copy(from->dept);
    out->role = field_copy(from->role);
    foreign_copy(&out->foreign, &from->foreign);
}

void person_release(struct person *x)
{
    free(x->id);
    free(x->name);
    free(x->dept);
    free(x->role);
    foreign_release(&x->foreign);
    *x = (struct person){0};
}

void round_copy(struct round *out, const struct round *from, const struct checklist *ck)
{
    *out = *from;
    out->id = field_copy(from->id);
    out->assessor = field_copy(from->assessor);
    out->started = field_copy(from->started);
    out->finished = field_copy(from->finished);
    out->n_answers = ck->n_items;
    out->answer = xcalloc((size_t)ck->n_items, sizeof *out->answer);
    for (int i = 0; i < ck->n_items; i++) {
        if (from->answer != NULL)
            answer_copy(&out->answer[i], &from->answer[i], &ck->item[i]);
        else
            answer_clear(&out->answer[i]);
    }
    foreign_copy(&out->foreign, &from->foreign);
}

void round_release(struct round *x)
{
    free(x->id);
    free(x->assessor);
    free(x->started);
    free(x->finished);
    for (int i = 0; i < x->n_answers; i++)
        answer_release(&x->answer[i]);
    free(x->answer);
    foreign_release(&x->foreign);
    *x = (struct round){0};
}

void target_copy(struct target *out, const struct target *from)
{
    *out = *from;
    out->reason = field_copy(from->reason);
    foreign_copy(&out->foreign, &from->foreign);
}

void target_release(struct target *x)
{
    free(x->reason);
    foreign_release(&x->foreign);
    *x = (struct target){0};
}

void action_copy(struct action *out, const struct action *from)
{
    *out = *from;
    out->owner = field_copy(from->owner);
    out->due = field_copy(from->due);
    out->updated = field_copy(from->updated);
    out->note = field_copy(from->note);
    out->history = field_copy(from->history);
    foreign_copy(&out->foreign, &from->foreign);
}

void action_log(struct action *x, const char *now)
{
    struct buf lines = {0};
    const char *old = x->history;
    buf_adds(&lines, old);
    if (lines.len > 0)
        buf_addc(&lines, '\n');
    buf_addf(&lines, "%s %s%s%s", now, action_status_word(x->status), x->owner[0] != '\0' ? " " : "", x->owner);
    const char *from = buf_str(&lines);
    while (strlen(from) > TEXT_MAX)
        from = strchr(from, '\n') + 1;
    field_set(&x->history, from, TEXT_MAX, true);
    buf_release(&lines);
}

/* The word that ends at a blank or at the end of the line, into out when it has room there; it moves on behind it. */
static bool take_word(char *out, size_t size, const char **line, const char *end)
{
    const char *start = *line, *stop = start;
    while (stop < end && *stop != ' ')
        stop++;
    *line = stop < end ? stop + 1 : end;
    if (stop == start || (size_t)(stop - start) >= size)
        return false;
    memcpy(out, start, (size_t)(stop - start));
    out[stop - start] = '\0';
    return true;
}

static bool parse_event(struct action_event *out, const char *line, const char *end)
{
    char word[16];
    *out = (struct action_event){0};
    if (!take_word(out->time, sizeof out->time, &line, end) || !iso_time_valid(out->time) || !take_word(word, sizeof word, &line, end))
        return false;
    int status = action_status_parse(word);
    out->status = (enum action_status)status;
    return status >= 0 && (line == end || take_word(out->owner, sizeof out->owner, &line, end)) && line == end;
}

bool action_event_next(struct action_event *out, const char **history)
{
    while (**history != '\0') {
        const char *line = *history, *end = line + strcspn(line, "\n");
        *history = end + (*end == '\n');
        if (parse_event(out, line, end))
            return true;
    }
    return false;
}

void action_release(struct action *x)
{
    free(x->owner);
    free(x->due);
    free(x->updated);
    free(x->note);
    free(x->history);
    foreign_release(&x->foreign);
    *x = (struct action){0};
}
