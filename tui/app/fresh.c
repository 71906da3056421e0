/* See fresh.h. */
#include "tui/app/fresh.h"

#include <stdint.h>
#include <stdio.h>
#include <sys/random.h>

#include "core/base/clock.h"

void fresh_time(char *out, time_t t)
{
    struct tm local;
    long offset = localtime_r(&t, &local) != NULL ? local.tm_gmtoff : 0;
    iso_format(out, t, (int)(offset / 60));
}

/* UUID version 4 (RFC 9562). Where the kernel has no dice yet, the clock must do: the id only has to differ from other plants'. */
static void random_id(char out[37], time_t now)
{
    unsigned char b[16];
    if (getrandom(b, sizeof b, GRND_NONBLOCK) != (ssize_t)sizeof b) {
        struct timespec ts;
        clock_gettime(CLOCK_MONOTONIC, &ts);
        uint64_t mix = (uint64_t)now * 6364136223846793005u + (uint64_t)ts.tv_nsec;
        for (size_t i = 0; i < sizeof b; i++, mix = mix * 6364136223846793005u + 1442695040888963407u)
            b[i] = (unsigned char)(mix >> 56);
    }
    b[6] = (unsigned char)((b[6] & 0x0f) | 0x40);
    b[8] = (unsigned char)((b[8] & 0x3f) | 0x80);
    snprintf(out, 37, "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0], b[1], b[2], b[3], b[4], b[5],
             b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]);
}

struct assessment *fresh_assessment(const struct checklist *ck, int edition, time_t now)
{
    char id[37], at[ISO_SIZE];
    random_id(id, now);
    fresh_time(at, now);
    return assessment_new(ck, edition, id, at);
}
