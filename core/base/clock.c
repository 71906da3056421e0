/* See clock.h. The calendar arithmetic is the proleptic Gregorian one; no libc call, so that no time zone of the machine enters. */
#include "core/base/clock.h"

#include <stdio.h>

/* Days from civil: years begin in March, so that the leap day is the last one. */
static long days_from_civil(int y, int m, int d)
{
    y -= m <= 2;
    long era = (y >= 0 ? y : y - 399) / 400;
    long yoe = y - era * 400;
    long doy = (153L * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    long doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

static void civil_from_days(long days, int *y, int *m, int *d)
{
    days += 719468;
    long era = (days >= 0 ? days : days - 146096) / 146097;
    long doe = days - era * 146097;
    long yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    long doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    long mp = (5 * doy + 2) / 153;
    *d = (int)(doy - (153 * mp + 2) / 5 + 1);
    *m = (int)(mp < 10 ? mp + 3 : mp - 9);
    *y = (int)(yoe + era * 400 + (*m <= 2));
}

/* Exactly n digits, as a number not above max. */
static bool digits(const char **s, int n, int max, int *out)
{
    int v = 0;
    for (int i = 0; i < n; i++) {
        char c = (*s)[i];
        if (c < '0' || c > '9')
            return false;
        v = v * 10 + (c - '0');
    }
    *s += n;
    *out = v;
    return v <= max;
}

static bool skip(const char **s, char c)
{
    if (**s != c)
        return false;
    (*s)++;
    return true;
}

static bool parse_date(const char **s, long *days)
{
    int y, m, d;
    if (!digits(s, 4, 9999, &y) || !skip(s, '-') || !digits(s, 2, 12, &m) || !skip(s, '-') || !digits(s, 2, 31, &d))
        return false;
    *days = days_from_civil(y, m, d);
    int y2, m2, d2;
    civil_from_days(*days, &y2, &m2, &d2);
    return y == y2 && m == m2 && d == d2;
}

bool days_of_date(long *out, const char *date)
{
    long days;
    if (!parse_date(&date, &days))
        return false;
    *out = days;
    return true;
}

bool iso_parse(long long *out, const char *s)
{
    long days;
    int h = 0, mi = 0, sec = 0, oh = 0, om = 0, sign = 0;
    if (!parse_date(&s, &days))
        return false;
    if (skip(&s, 'T')) {
        if (!digits(&s, 2, 23, &h) || !skip(&s, ':') || !digits(&s, 2, 59, &mi))
            return false;
        if (skip(&s, ':') && !digits(&s, 2, 60, &sec))
            return false;
        if (skip(&s, '.'))
            while (*s >= '0' && *s <= '9')
                s++;
        sign = *s == '+' ? 1 : *s == '-' ? -1 : 0;
        if (sign != 0) {
            s++;
            if (!digits(&s, 2, 14, &oh) || !skip(&s, ':') || !digits(&s, 2, 59, &om))
                return false;
        } else {
            skip(&s, 'Z');
        }
    }
    if (*s != '\0')
        return false;
    *out = (long long)days * 86400 + h * 3600 + mi * 60 + sec - sign * (oh * 3600 + om * 60);
    return true;
}

enum { OFFSET_MAX = 14 * 60 };
static const long long LAST = 32503593600LL; /* 2999-12-31T00:00:00Z: in every zone of the same year or the one before */

void iso_format(char out[ISO_SIZE], long long seconds, int offset_minutes)
{
    if (offset_minutes > OFFSET_MAX || offset_minutes < -OFFSET_MAX)
        offset_minutes = 0;
    seconds = seconds < 0 ? 0 : seconds > LAST ? LAST : seconds;
    long long local = seconds + offset_minutes * 60LL;
    long days = (long)(local / 86400);
    int rest = (int)(local % 86400);
    if (rest < 0) {
        rest += 86400;
        days--;
    }
    int y, m, d, off = offset_minutes < 0 ? -offset_minutes : offset_minutes;
    civil_from_days(days, &y, &m, &d);
    snprintf(out, ISO_SIZE, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", y % 10000, m, d, rest / 3600, rest / 60 % 60,
             rest % 60, offset_minutes < 0 ? '-' : '+', off / 60 % 100, off % 60);
}

int iso_cmp(const char *a, const char *b)
{
    long long x = 0, y = 0;
    bool has_x = iso_parse(&x, a), has_y = iso_parse(&y, b);
    if (!has_x || !has_y)
        return has_x - has_y;
    return x < y ? -1 : x > y;
}
