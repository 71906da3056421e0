/* What a terminal sends, into the decoder and the program over a screen of cells. The first two bytes choose language, size and screen. Nothing
 * on the disk can be reached: while the program runs, no file can be opened. */
#include "tests/fuzz/fuzz.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "core/base/text.h"
#include "tests/support/screens.h"
#include "tui/app/app.h"
#include "tui/term/input.h"

enum { FILES = 1024 }; /* open ones, while nothing is tried */

static const struct {
    int rows, cols;
} SIZES[] = {{24, 80}, {12, 40}, {40, 120}, {5, 10}, {13, 200}};

static time_t noon(void *cookie)
{
    (void)cookie;
    return 1795140131;
}

static long long ticks(void *cookie)
{
    long long *ms = cookie;
    return *ms += 40;
}

/* The only thing kept: an example to copy. */
static const struct assessment *example(void)
{
    static struct assessment *made;
    if (made == NULL)
        made = stage_example(checklist_builtin(0));
    return made;
}

/* Every cell holds one harmless cluster, and wide ones are whole. */
static void hold_canvas(const struct canvas *cv)
{
    for (int row = 0; row < cv->rows; row++)
        for (int col = 0; col < cv->cols; col++) {
            const struct cell *c = canvas_cell(cv, row, col);
            size_t n = strnlen(c->text, CELL_BYTES);
            HOLD(n < CELL_BYTES && c->width <= 2);
            hold_harmless(c->text, n, ALLOW_NONE);
            HOLD(strchr(c->text, '\n') == NULL);
            HOLD(c->width != 2 || (col + 1 < cv->cols && canvas_cell(cv, row, col + 1)->width == 0));
            HOLD(c->width != 0 || (col > 0 && canvas_cell(cv, row, col - 1)->width == 2));
        }
    HOLD(cv->cursor_row < cv->rows && cv->cursor_col < cv->cols);
}

static void draw(const struct app *app, struct canvas *cv)
{
    if (cv->rows != app->rows || cv->cols != app->cols) {
        canvas_release(cv);
        canvas_init(cv, app->rows, app->cols);
    }
    app_draw(app, cv);
    hold_canvas(cv);
}

static void feed(struct app *app, struct canvas *cv, const uint8_t *bytes, size_t n_bytes)
{
    struct input in = {0};
    struct event ev;
    size_t step = n_bytes > 0 ? 1 + bytes[0] % 16 : 1, n_events = 0;
    for (size_t i = 0; i < n_bytes && !app->quit; i += step) {
        input_feed(&in, bytes + i, n_bytes - i < step ? n_bytes - i : step);
        while (!app->quit && input_next(&in, &ev, i + step >= n_bytes ? INPUT_PASTE_MS : 0)) {
            app_event(app, &ev);
            if (++n_events % 8 == 0)
                app_tick(app);
        }
    }
    app_tick(app);
    draw(app, cv);
    input_release(&in);
}

static void open_files(rlim_t n)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        _exit(1);
    limit.rlim_cur = n > limit.rlim_max ? limit.rlim_max : n;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
        _exit(1);
}

/* libFuzzer writes down what it has found: then files may be opened again. By the signals of libFuzzer's own, and by what the sanitizers call
 * first. */
static const int FATAL[] = {SIGABRT, SIGALRM, SIGSEGV, SIGBUS, SIGFPE, SIGILL};
enum { N_FATAL = sizeof FATAL / sizeof FATAL[0] };
static struct sigaction before[N_FATAL];

void __asan_on_error(void);
void __ubsan_on_report(void);

void __asan_on_error(void)
{
    open_files(FILES);
}

void __ubsan_on_report(void)
{
    open_files(FILES);
}

static void on_signal(int number, siginfo_t *info, void *context)
{
    struct rlimit now;
    int kept = errno;
    bool known = getrlimit(RLIMIT_NOFILE, &now) == 0;
    open_files(FILES);
    for (int i = 0; i < N_FATAL; i++)
        if (FATAL[i] == number && (before[i].sa_flags & SA_SIGINFO) != 0)
            before[i].sa_sigaction(number, info, context);
    if (known)
        open_files(now.rlim_cur); /* libFuzzer's alarm rings every few seconds and mostly finds nothing */
    errno = kept;
}

static void guard(void)
{
    struct sigaction ours = {.sa_flags = SA_SIGINFO, .sa_sigaction = on_signal};
    for (int i = 0; i < N_FATAL; i++) {
        struct sigaction now;
        sigaction(FATAL[i], NULL, &now);
        if ((now.sa_flags & SA_SIGINFO) == 0 || now.sa_sigaction == on_signal)
            continue; /* nobody there to call, or done already */
        before[i] = now;
        sigaction(FATAL[i], &ours, NULL);
    }
}

void fuzz_keys(const uint8_t *bytes, size_t n_bytes)
{
    long long ms = 1000;
    struct app app;
    struct canvas cv = {0};
    if (n_bytes < 2)
        return;
    const struct assessment *from = example();
    guard();
    setenv("TMPDIR", "/nowhere", 1); /* nor can a folder be made, for the example to look at */
    open_files(0);
    app_init(&app, bytes[0] & 1 ? LANG_JA : LANG_EN, (struct app_clock){noon, ticks, &ms});
    app.glyphs = (enum glyph_set)(bytes[0] / 2 % 3);
    app_attach(&app, assessment_copy(from), NULL, (bytes[0] & 0x40) != 0, "");
    app_resize(&app, SIZES[bytes[0] / 8 % 5].rows, SIZES[bytes[0] / 8 % 5].cols);
    app_show_tab(&app, bytes[1] % (app.n_tabs + 1));
    feed(&app, &cv, bytes + 2, n_bytes - 2);
    while (app.n_layers > 0) /* what is open is kept, as when one leaves */
        app_pop(&app);
    if (app.assessment != NULL) {
        hold_assessment(app.assessment);
        if (n_bytes % 8 == 0) /* takes longer than all the rest */
            hold_written(app.assessment);
    }
    app_release(&app);
    canvas_release(&cv);
    open_files(FILES);
}
