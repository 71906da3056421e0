/* See demo.h. The files are packed at build time: "NAME BYTES\n" and the bytes, one after the other, compressed together. */
#include "core/model/demo.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/embed.h"
#include "core/base/mem.h"
#include "core/io/gz.h"

enum { PACKED_MAX = 4 * 1024 * 1024, DATE_LENGTH = 10, SECONDS_OF_DAY = 86400 };

static const char FIRST[] = "osaka-2";    /* what monshin demo opens */
static const char DAMAGED[] = "damaged-"; /* a copy that broke off, to show what a roll-up does with it */

/* One of the two languages of each [[Japanese|English]]. */
static void pick_language(struct buf *out, const char *text, enum lang lang)
{
    for (const char *mark = strstr(text, "[["); mark != NULL; mark = strstr(text, "[[")) {
        const char *bar = strchr(mark, '|'), *end = bar != NULL ? strstr(bar, "]]") : NULL;
        if (end == NULL)
            break;
        buf_add(out, text, (size_t)(mark - text));
        if (lang == LANG_JA)
            buf_add(out, mark + 2, (size_t)(bar - mark - 2));
        else
            buf_add(out, bar + 1, (size_t)(end - bar - 1));
        text = end + 2;
    }
    buf_adds(out, text);
}

static bool is_date(const char *p)
{
    static const char shape[] = "dddd-dd-dd";
    for (size_t i = 0; i < DATE_LENGTH; i++)
        if (shape[i] == 'd' ? !isdigit((unsigned char)p[i]) : p[i] != shape[i])
            return false;
    return true;
}

static void move_dates(char *text, long by)
{
    for (char *p = text; *p != '\0'; p++) {
        char iso[ISO_SIZE] = "";
        long days;
        if (!is_date(p))
            continue;
        memcpy(iso, p, DATE_LENGTH);
        if (days_of_date(&days, iso)) {
            iso_format(iso, (long long)(days + by) * SECONDS_OF_DAY, 0);
            memcpy(p, iso, DATE_LENGTH);
        }
        p += DATE_LENGTH - 1;
    }
}

/* When the file was saved, in days; 0: it does not say. */
static long saved_on(const char *text)
{
    static const char attribute[] = "modified=\"";
    const char *p = strstr(text, attribute);
    char date[DATE_LENGTH + 1] = "";
    long days = 0;
    if (p == NULL || !is_date(p + sizeof attribute - 1))
        return 0;
    memcpy(date, p + sizeof attribute - 1, DATE_LENGTH);
    return days_of_date(&days, date) ? days : 0;
}

/* The next of the packed files: its name, and its text as a string of the caller's. NULL: there is none. */
static char *next_file(const char **at, char name[DEMO_NAME_SIZE])
{
    size_t n_name = strcspn(*at, " ");
    if (**at == '\0' || n_name >= DEMO_NAME_SIZE)
        return NULL;
    memcpy(name, *at, n_name);
    name[n_name] = '\0';
    char *end;
    size_t n = (size_t)strtoul(*at + n_name, &end, 10);
    char *text = xmalloc(n + 1);
    memcpy(text, end + 1, n);
    text[n] = '\0';
    *at = end + 1 + n;
    return text;
}

static void add_file(struct demo *demo, const char *name, const char *text)
{
    struct demo_file *f = &demo->file[demo->n++];
    bool damaged = strncmp(name, DAMAGED, sizeof DAMAGED - 1) == 0;
    struct buf shown = {0};
    buf_adds(&shown, damaged ? name + sizeof DAMAGED - 1 : name);
    buf_adds(&shown, ".xml.gz");
    *f = (struct demo_file){.bytes = {0}};
    memcpy(f->name, buf_str(&shown), shown.len < DEMO_NAME_SIZE ? shown.len + 1 : 0);
    buf_release(&shown);
    gz_deflate(&f->bytes, text, strlen(text));
    if (damaged)
        buf_cut(&f->bytes, f->bytes.len * 2 / 3);
    if (strcmp(name, FIRST) == 0) {
        struct demo_file first = *f;
        memmove(&demo->file[1], &demo->file[0], (demo->n - 1) * sizeof *f);
        demo->file[0] = first;
    }
}

void demo_load(struct demo *out, enum lang lang, const char *today)
{
    struct buf packed = {0};
    char *text[DEMO_MAX], name[DEMO_MAX][DEMO_NAME_SIZE];
    long newest = 0, now = 0;
    size_t n = 0;
    *out = (struct demo){.n = 0};
    if (gz_inflate(&packed, embed_demo_gz, (size_t)(embed_demo_gz_end - embed_demo_gz), PACKED_MAX, NULL) != ERR_OK)
        return;
    const char *at = buf_str(&packed);
    for (char *next = next_file(&at, name[0]); next != NULL && n < DEMO_MAX; next = n < DEMO_MAX ? next_file(&at, name[n]) : NULL)
        text[n++] = next;
    for (size_t i = 0; i < n; i++)
        newest = saved_on(text[i]) > newest ? saved_on(text[i]) : newest;
    for (size_t i = 0; i < n; i++) {
        struct buf one = {0};
        if (newest != 0 && days_of_date(&now, today))
            move_dates(text[i], now - 1 - newest);
        pick_language(&one, text[i], lang);
        add_file(out, name[i], buf_str(&one));
        buf_release(&one);
        free(text[i]);
    }
    buf_release(&packed);
}

void demo_release(struct demo *demo)
{
    for (size_t i = 0; i < demo->n; i++)
        buf_release(&demo->file[i].bytes);
    demo->n = 0;
}
