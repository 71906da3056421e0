/* Words of the file format, and the forms of times and dates. */
#include "core/model/assessment_priv.h"

#include <string.h>

#include "core/base/clock.h"

const struct words answer_state_words = {{"unanswered", "unknown", "na", "level"},
                                         ANSWER_STATE_COUNT};
const struct words basis_words = {{"", "interview", "examine", "test"}, BASIS_COUNT};
const struct words check_result_words = {{"", "yes", "no", "unknown"}, CHECK_RESULT_COUNT};
const struct words importance_words = {{"high", "medium", "low"}, IMPORTANCE_COUNT};
const struct words duty_words = {{"", "governance", "management"}, PERSON_DUTY_COUNT};
const struct words round_kind_words = {{"self", "assessor"}, ROUND_KIND_COUNT};
const struct words action_status_words = {{"open", "doing", "done", "dropped"},
                                          ACTION_STATUS_COUNT};

int words_parse(const struct words *w, const char *s)
{
    for (int i = 0; i < w->n; i++)
        if (strcmp(w->word[i], s) == 0)
            return i;
    return -1;
}

const char *answer_state_word(enum answer_state v)
{
    return answer_state_words.word[v];
}

const char *basis_word(enum basis v)
{
    return basis_words.word[v];
}

const char *check_result_word(enum check_result v)
{
    return check_result_words.word[v];
}

const char *importance_word(enum importance v)
{
    return importance_words.word[v];
}

const char *duty_word(enum duty v)
{
    return duty_words.word[v];
}

const char *round_kind_word(enum round_kind v)
{
    return round_kind_words.word[v];
}

const char *action_status_word(enum action_status v)
{
    return action_status_words.word[v];
}

int basis_parse(const char *s)
{
    return words_parse(&basis_words, s);
}

int importance_parse(const char *s)
{
    return words_parse(&importance_words, s);
}

int duty_parse(const char *s)
{
    return words_parse(&duty_words, s);
}

int check_result_parse(const char *s)
{
    return words_parse(&check_result_words, s);
}

int action_status_parse(const char *s)
{
    return words_parse(&action_status_words, s);
}

int round_kind_parse(const char *s)
{
    return words_parse(&round_kind_words, s);
}

/* Years of four digits as people have them, from where computers count (a clock whose battery is dead begins there, in the west on the last evening
 * of 1969); the calendar itself is clock.h's. */
static bool century_ok(const char *s)
{
    return s[0] == '1' || s[0] == '2';
}

bool iso_date_valid(const char *s)
{
    long days;
    return century_ok(s) && strlen(s) == strlen("2026-12-25") && days_of_date(&days, s) && days >= 0;
}

/* clock.h reads more forms than the file has: here seconds and offset have to be there, and within
 * what xs:dateTime allows. */
bool iso_time_valid(const char *s)
{
    const size_t n_seconds = strlen("2026-12-25T10:00:00");
    long long t;
    if (!century_ok(s) || !iso_parse(&t, s) || t < 0 || strlen(s) < n_seconds || s[16] != ':' ||
        s[17] == '6')
        return false;
    const char *rest = s + n_seconds;
    if (*rest == '.') {
        size_t n_digits = strspn(rest + 1, "0123456789");
        if (n_digits < 1 || n_digits > 6)
            return false;
        rest += 1 + n_digits;
    }
    return *rest == 'Z' ||
           (*rest != '\0' && (strncmp(rest + 1, "14", 2) != 0 || strcmp(rest + 4, "00") == 0));
}
