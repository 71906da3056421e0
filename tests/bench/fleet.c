/* See fleet.h. */
#include "tests/bench/fleet.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/io/gz.h"

#define N_OF(array) (sizeof(array) / sizeof(array)[0])

unsigned dice_below(struct dice *d, unsigned below)
{
    d->state = d->state * 6364136223846793005ULL + 1442695040888963407ULL;
    return (unsigned)(d->state >> 33) % below;
}

static bool luck(struct dice *d, unsigned percent)
{
    return dice_below(d, 100) < percent;
}

struct place {
    const char *country, *company, *town;
    bool japanese;
};

static const struct place PLACES[] = {
    {"JP", "例示精機株式会社", "大阪", true},
    {"JP", "例示精機株式会社", "浜松", true},
    {"JP", "例示化学工業株式会社", "四日市", true},
    {"JP", "北陸部品製作所", "金沢", true},
    {"JP", "例示精機株式会社", "久留米", true},
    {"TH", "Example Seiki (Thailand) Co., Ltd.", "Rayong", false},
    {"US", "Example Seiki America, Inc.", "Columbus", false},
    {"DE", "Beispiel Antriebe GmbH", "Ulm", false},
    {"VN", "Example Chemical Vietnam", "Hai Phong", false},
    {"MX", "Ejemplo Partes S.A. de C.V.", "Quer\xc3\xa9taro", false},
};

static const char *const NOTES_JA[] = {
    "取締役会議事録で予算承認を確認した。",
    "台帳はあるが、最後の更新は2年前。増設した第3ラインが載っていない。",
    "PLC系はUSB型アンチウイルスで月1回検査。実演を確認。",
    "担当者が一人で、休むと止まる。\n後任を年度内に決める予定とのこと。",
    "保守ベンダの回線が4本。うち1本は誰が契約したか分からない。",
    "教育は年1回、派遣社員は対象外。",
};
static const char *const NOTES_EN[] = {
    "Seen in the minutes of the management board.",
    "There is a list, but it was last updated two years ago and line 3 is missing.",
    "Every USB stick goes through the scanner at the gate; we watched it being done.",
    "One person knows how. When she is away, nothing moves.",
    "Four vendor lines; nobody could say who ordered the fourth & whether it is in use.",
    "Training once a year, without the temporary workers.",
};
static const char *const NAMES_JA[] = {"山田 太郎", "佐藤 花子", "鈴木 一郎",
                                       "高橋 恵",   "田中 実",   "渡辺 直子"};
static const char *const NAMES_EN[] = {"Somchai P.", "Hanako Sato",  "Jane Miller",
                                       "K. Weber",   "Nguyen Van A", "Luis Ortega"};
static const char *const DEPTS_JA[] = {"生産技術部", "情報システム部", "総務部", "品質保証部"};
static const char *const DEPTS_EN[] = {"Production engineering", "IT", "General affairs",
                                       "Quality"};

#define PICK(d, ja, array_ja, array_en)                                                            \
    ((ja) ? (array_ja)[dice_below((d), N_OF(array_ja))]                                            \
          : (array_en)[dice_below((d), N_OF(array_en))])

static void set(char **field, const char *s)
{
    field_set(field, s, TEXT_MAX, true);
}

static void setf(char **field, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void setf(char **field, const char *fmt, ...)
{
    char text[400];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    set(field, text);
}

static void add_people(struct assessment *a, struct dice *d, bool ja)
{
    size_t n = 2 + dice_below(d, 4);
    a->person = xcalloc(n, sizeof *a->person);
    for (a->n_people = 0; a->n_people < n; a->n_people++) {
        struct person *p = &a->person[a->n_people];
        person_copy(p, &(struct person){0});
        setf(&p->id, "p%zu", a->n_people + 1);
        set(&p->name, PICK(d, ja, NAMES_JA, NAMES_EN));
        set(&p->dept, PICK(d, ja, DEPTS_JA, DEPTS_EN));
        p->duty = (enum duty)dice_below(d, PERSON_DUTY_COUNT);
        if (a->checklist->n_roles > 0)
            set(&p->role, a->checklist->role[dice_below(d, (unsigned)a->checklist->n_roles)].id);
    }
}

static void fill_checks(struct answer *x, const struct ck_item *item, struct dice *d)
{
    if (item->n_checks == 0)
        return;
    x->check = xcalloc((size_t)item->n_checks, sizeof *x->check);
    for (int c = 0; c < item->n_checks; c++)
        x->check[c] = (enum check_result)dice_below(d, CHECK_RESULT_COUNT);
}

static void fill_answer(struct answer *x, const struct assessment *a, int item, struct dice *d,
                        int maturity, bool ja, int year)
{
    unsigned what = dice_below(d, 100);
    if (what < 2)
        return;
    setf(&x->at, "%d-%02u-%02uT%02u:%02u:%02u+09:00", year, 4 + dice_below(d, 8),
         1 + dice_below(d, 28), 9 + dice_below(d, 8), dice_below(d, 60), dice_below(d, 60));
    if (what < 6) {
        x->state = ANSWER_UNKNOWN;
        setf(&x->ask, "p%u", 1 + dice_below(d, (unsigned)a->n_people));
        return;
    }
    if (what < 9) {
        x->state = ANSWER_NA;
        set(&x->reason, ja ? "無線LANなし。持込みも禁止。"
                           : "There is no wireless LAN, and none may be brought in.");
        return;
    }
    int level = maturity + (int)dice_below(d, 3) - 1;
    x->state = ANSWER_LEVEL;
    x->level = level < LEVEL_MIN ? LEVEL_MIN : level > LEVEL_MAX ? LEVEL_MAX : level;
    x->basis = (enum basis)dice_below(d, BASIS_COUNT);
    x->alternative = luck(d, 5);
    x->flag = luck(d, 8);
    if (luck(d, 60))
        setf(&x->by, "p%u", 1 + dice_below(d, (unsigned)a->n_people));
    if (luck(d, 40))
        set(&x->note, PICK(d, ja, NOTES_JA, NOTES_EN));
    if (luck(d, 20))
        setf(&x->evidence, ja ? "議事録 %d-%02u" : "Minutes of %d-%02u", year,
             1 + dice_below(d, 12));
    if (luck(d, 15))
        fill_checks(x, &a->checklist->item[item], d);
}

static void add_rounds(struct assessment *a, struct dice *d, bool ja)
{
    size_t n = 1 + dice_below(d, 3);
    int maturity = 1 + (int)dice_below(d, 4);
    round_release(&a->round[0]);
    a->round = xreallocarray(a->round, n, sizeof *a->round);
    for (a->n_rounds = 0; a->n_rounds < n; a->n_rounds++) {
        struct round *r = &a->round[a->n_rounds];
        int year = 2026 - (int)(n - 1 - a->n_rounds);
        round_copy(r, &(struct round){0}, a->checklist);
        setf(&r->id, "%zu", a->n_rounds + 1);
        r->kind = luck(d, 30) ? ROUND_ASSESSOR : ROUND_SELF;
        setf(&r->assessor, "p%u", 1 + dice_below(d, (unsigned)a->n_people));
        setf(&r->started, "%d-04-%02uT09:00:00+09:00", year, 1 + dice_below(d, 28));
        if (luck(d, 80))
            setf(&r->finished, "%d-11-%02uT17:00:00+09:00", year, 1 + dice_below(d, 28));
        for (int i = 0; i < a->checklist->n_items; i++)
            fill_answer(&r->answer[i], a, i, d, maturity, ja, year);
        maturity += maturity < LEVEL_MAX && luck(d, 50);
    }
}

static void add_actions(struct assessment *a, struct dice *d, bool ja)
{
    size_t n_items = (size_t)a->checklist->n_items;
    a->action = xcalloc(n_items, sizeof *a->action);
    for (size_t i = 0; i < n_items; i++) {
        if (!luck(d, 30))
            continue;
        struct action *x = &a->action[a->n_actions++];
        action_copy(x, &(struct action){.effort_tenths = -1, .cost_jpy = -1, .run_jpy = -1});
        x->item = (int)i;
        x->to = 2 + (int)dice_below(d, 4);
        x->status = (enum action_status)dice_below(d, ACTION_STATUS_COUNT);
        setf(&x->owner, "p%u", 1 + dice_below(d, (unsigned)a->n_people));
        setf(&x->due, "2027-%02u-%02u", 1 + dice_below(d, 12), 1 + dice_below(d, 28));
        setf(&x->updated, "2026-11-%02uT16:33:00+09:00", 1 + dice_below(d, 20));
        if (luck(d, 30))
            x->effort_tenths = 5 * (long)dice_below(d, 60);
        if (luck(d, 30))
            x->cost_jpy = 10000 * (long long)dice_below(d, 200);
        if (luck(d, 40))
            set(&x->note, PICK(d, ja, NOTES_JA, NOTES_EN));
    }
}

static void fill_site(struct assessment *a, struct dice *d, const struct place *place, int i)
{
    struct site *s = &a->site;
    setf(&s->id, "%s-%05d", place->country, i);
    set(&s->company, place->company);
    setf(&s->name, place->japanese ? "%s第%u工場" : "%s plant %u", place->town,
         1 + dice_below(d, 9));
    set(&s->country, place->country);
    set(&s->industry, place->japanese ? "機械" : "machinery");
    s->employees = luck(d, 85) ? 20 + (long)dice_below(d, 2000) : 0;
    s->importance = (enum importance)dice_below(d, IMPORTANCE_COUNT);
}

struct assessment *fleet_site(const struct checklist *ck, unsigned seed, int i)
{
    struct dice d = {((unsigned long long)seed << 32) ^
                     (unsigned long long)(unsigned)i * 2654435761ULL};
    char id[40];
    for (int k = 0; k < 4; k++)
        dice_below(&d, 2);
    snprintf(id, sizeof id, "%08x-6f0e-4b53-9d0a-%08x%04x", seed, (unsigned)i,
             (unsigned)i & 0xffff);
    struct assessment *a = assessment_new(ck, (int)dice_below(&d, (unsigned)ck->n_editions), id,
                                          "2024-04-08T09:12:00+09:00");
    const struct place *place = &PLACES[dice_below(&d, N_OF(PLACES))];
    fill_site(a, &d, place, i);
    add_people(a, &d, place->japanese);
    add_rounds(a, &d, place->japanese);
    add_actions(a, &d, place->japanese);
    setf(&a->modified, "2026-11-%02uT16:40:31+09:00", 1 + dice_below(&d, 20));
    a->revision = 40 + (long)dice_below(&d, 400);
    return a;
}

void fleet_save(const char *path, const struct assessment *a)
{
    struct buf xml = {0}, packed = {0};
    size_t n = strlen(path);
    bool gz = n > 3 && strcmp(path + n - 3, ".gz") == 0;
    assessment_write(&xml, a, "monshin 0.1.0");
    if (gz)
        gz_deflate(&packed, buf_str(&xml), xml.len);
    const struct buf *bytes = gz ? &packed : &xml;
    FILE *f = fopen(path, "wb"); /* not durable, and quick */
    bool ok = f != NULL && fwrite(bytes->p, 1, bytes->len, f) == bytes->len;
    if (f == NULL || fclose(f) != 0 || !ok) {
        fprintf(stderr, "%s: cannot be written\n", path);
        exit(3);
    }
    buf_release(&xml);
    buf_release(&packed);
}

void fleet_write(const char *dir, int n, unsigned seed)
{
    char path[4096];
    for (int i = 0; i < n; i++) {
        if (i % 1000 == 0) {
            snprintf(path, sizeof path, "%s/group-%02d", dir, i / 1000);
            mkdir(path, 0755);
        }
        struct assessment *a = fleet_site(checklist_builtin(0), seed, i);
        snprintf(path, sizeof path, "%s/group-%02d/plant-%05d.xml.gz", dir, i / 1000, i);
        fleet_save(path, a);
        assessment_free(a);
    }
}
