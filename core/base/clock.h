/* Times as the file writes them: ISO 8601 with seconds and offset, "2026-11-20T16:40:31+09:00". Core has no clock: the time comes in. */
#ifndef CORE_BASE_CLOCK_H
#define CORE_BASE_CLOCK_H

#include <stdbool.h>

enum { ISO_SIZE = 32 };

/* Seconds since 1970-01-01T00:00:00Z (64 bits: 2038 is nothing special). A date alone is its midnight UTC; a time without offset
 * or with Z is UTC. false: not a time; then *out is untouched. */
bool iso_parse(long long *out, const char *s);
/* offset_minutes: local time minus UTC; one that no place on earth has (over 14 hours) counts as 0. A moment before 1970 or after 2999 becomes the
 * first or the last one: what a broken clock says must not make a file that nobody opens. */
void iso_format(char out[ISO_SIZE], long long seconds, int offset_minutes);
/* Which is later? < 0, 0, > 0; an unreadable or empty time is earlier than any other. */
int iso_cmp(const char *a, const char *b);

/* Days since 1970-01-01 of a calendar date; false if there is no such day. */
bool days_of_date(long *out, const char *date);

#endif
