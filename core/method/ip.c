/* See ip.h. */
#include "core/method/ip.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <glpk.h>

#include "core/base/buf.h"
#include "core/base/library.h"
#include "core/base/mem.h"
#include "core/method/plan.h"

/* ---- The program in integers ---- */

void ip_add_pair(struct ip *ip, int x, int needs)
{
    ip->pair = xreallocarray(ip->pair, ip->n_pairs + 1, sizeof *ip->pair);
    ip->pair[ip->n_pairs++] = (struct ip_pair){x, needs};
}

static long long common_divisor(const long long *coef, int n)
{
    long long g = 0;
    for (int i = 0; i < n; i++)
        for (long long b = coef[i]; b != 0;) {
            long long t = g % b;
            g = b;
            b = t;
        }
    return g == 0 ? 1 : g;
}

static long long floor_div(long long a, long long b)
{
    return a / b - (a % b < 0);
}

static long long ceil_div(long long a, long long b)
{
    return -floor_div(-a, b);
}

void ip_add_row(struct ip *ip, const long long *coef, enum ip_sense sense, long long bound)
{
    long long g = common_divisor(coef, ip->n);
    struct ip_row row = {.coef = xcalloc((size_t)ip->n + 1, sizeof *row.coef), .sense = sense};
    for (int i = 0; i < ip->n; i++)
        row.coef[i] = coef[i] / g;
    row.bound = sense == IP_AT_MOST ? floor_div(bound, g) : ceil_div(bound, g);
    ip->row = xreallocarray(ip->row, ip->n_rows + 1, sizeof *ip->row);
    ip->row[ip->n_rows++] = row;
}

void ip_drop_rows(struct ip *ip, size_t n_left)
{
    while (ip->n_rows > n_left)
        free(ip->row[--ip->n_rows].coef);
}

void ip_release(struct ip *ip)
{
    ip_drop_rows(ip, 0);
    free(ip->row);
    free(ip->pair);
    *ip = (struct ip){0};
}

long long ip_value(const long long *coef, const bool *x, int n)
{
    long long sum = 0;
    for (int i = 0; i < n; i++)
        sum += x[i] ? coef[i] : 0;
    return sum;
}

static bool row_holds(const struct ip_row *row, const bool *x, int n)
{
    long long sum = ip_value(row->coef, x, n);
    return row->sense == IP_AT_MOST ? sum <= row->bound : sum >= row->bound;
}

static bool pairs_hold(const struct ip *ip, const bool *x)
{
    for (size_t i = 0; i < ip->n_pairs; i++)
        if (x[ip->pair[i].x] && !x[ip->pair[i].needs])
            return false;
    return true;
}

bool ip_holds(const struct ip *ip, const bool *x)
{
    for (size_t i = 0; i < ip->n_rows; i++)
        if (!row_holds(&ip->row[i], x, ip->n))
            return false;
    return pairs_hold(ip, x);
}

/* ---- GLPK ---- */

/* Coefficients up to which the solver keeps a row to the unit: measured by trying everything, it does to about five times that, and
 * above it calls wrong answers optimal. */
enum { ROW_SAFE = 1 << 17, CUT_ROUNDS = 500 };

/* Above this the doubles and tolerances of the solver cannot tell one unit of the objective from none (measured by trying
 * everything), so that its word is no proof. */
static const long long PROVABLE = 1LL << 34;

/* Opened when there is something to solve. */
#define FUNCTIONS(X) \
    X(glp_add_cols) \
    X(glp_add_rows) \
    X(glp_create_prob) \
    X(glp_error_hook) \
    X(glp_free_env) \
    X(glp_init_iocp) \
    X(glp_intopt) \
    X(glp_ios_mip_gap) \
    X(glp_ios_terminate) \
    X(glp_mip_col_val) \
    X(glp_mip_status) \
    X(glp_set_col_kind) \
    X(glp_set_mat_row) \
    X(glp_set_obj_coef) \
    X(glp_set_obj_dir) \
    X(glp_set_row_bnds) \
    X(glp_term_hook) \
    X(glp_term_out) \
    X(glp_version)

struct api {
    struct library library;
    FUNCTIONS(LIBRARY_FIELD)
};

static bool api_open(struct api *api)
{
#ifdef GLPK_SONAME
    library_open(&api->library, GLPK_SONAME);
    FUNCTIONS(LIBRARY_TAKE)
    return api->library.whole;
#else
    FUNCTIONS(LIBRARY_LINK)
    return true;
#endif
}

struct run {
    struct api api;
    const struct ip *ip;
    const long long *objective;
    bool maximise;
    struct ip_watch *watch;
    bool *x, *set; /* room for an answer and for a cut */
    enum ip_status status;
    glp_prob *prob;
    bool provable;
    bool plain; /* without presolver and cuts: the second try after a failure */
    bool stopped, cancelled;
    double gap_percent;
    jmp_buf jump;
};

static void on_abort(void *info)
{
    struct run *run = info;
    longjmp(run->jump, 1);
}

/* GLPK switches its own output on again before it aborts. */
static int swallow(void *info, const char *text)
{
    (void)info;
    (void)text;
    return 1;
}

static long ms_left(const struct ip_watch *watch)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long)(watch->deadline.tv_sec - now.tv_sec) * 1000 + (watch->deadline.tv_nsec - now.tv_nsec) / 1000000;
}

static void on_node(glp_tree *tree, void *info)
{
    struct run *run = info;
    if (run->stopped)
        return;
    run->cancelled = run->watch->cancelled != NULL && run->watch->cancelled(run->watch->cookie);
    run->stopped = run->cancelled || ms_left(run->watch) <= 0;
    if (!run->stopped)
        return;
    double gap = run->api.glp_ios_mip_gap(tree);
    run->gap_percent = gap < 1 ? 100 * gap : 100;
    run->api.glp_ios_terminate(tree);
}

static void set_bound(struct run *run, int row, enum ip_sense sense, long long bound)
{
    run->api.glp_set_row_bnds(run->prob, row, sense == IP_AT_MOST ? GLP_UP : GLP_LO, (double)bound, (double)bound);
}

/* A row of large numbers goes in with fewer digits, rounded so that it lets all answers pass that hold; those that do not are
 * cut off when they turn up. ind, val: room for all variables, from 1 on, as GLPK counts. */
static void build_row(struct run *run, const struct ip_row *row, int n, int *ind, double *val)
{
    int len = 0;
    long long most = 0;
    for (int i = 0; i < n; i++)
        most = row->coef[i] > most ? row->coef[i] : most;
    long long unit = most / ROW_SAFE + 1;
    bool down = row->sense == IP_AT_MOST;
    for (int i = 0; i < n; i++)
        if (row->coef[i] != 0) {
            ind[++len] = i + 1;
            val[len] = (double)(down ? floor_div(row->coef[i], unit) : ceil_div(row->coef[i], unit));
        }
    int at = run->api.glp_add_rows(run->prob, 1);
    set_bound(run, at, row->sense, down ? floor_div(row->bound, unit) : ceil_div(row->bound, unit));
    run->api.glp_set_mat_row(run->prob, at, len, ind, val);
}

static void build_pair(struct run *run, const struct ip_pair *pair)
{
    const int ind[] = {0, pair->x + 1, pair->needs + 1};
    const double val[] = {0, 1, -1};
    int at = run->api.glp_add_rows(run->prob, 1);
    set_bound(run, at, IP_AT_MOST, 0);
    run->api.glp_set_mat_row(run->prob, at, 2, ind, val);
}

static void build(struct run *run, int *ind, double *val)
{
    const struct ip *ip = run->ip;
    long long divisor = common_divisor(run->objective, ip->n), sum = 0;
    run->prob = run->api.glp_create_prob();
    run->api.glp_set_obj_dir(run->prob, run->maximise ? GLP_MAX : GLP_MIN);
    run->api.glp_add_cols(run->prob, ip->n);
    for (int i = 0; i < ip->n; i++) {
        run->api.glp_set_col_kind(run->prob, i + 1, GLP_BV);
        run->api.glp_set_obj_coef(run->prob, i + 1, (double)(run->objective[i] / divisor));
        sum += run->objective[i] / divisor;
    }
    run->provable = sum <= PROVABLE;
    for (size_t i = 0; i < ip->n_pairs; i++)
        build_pair(run, &ip->pair[i]);
    for (size_t i = 0; i < ip->n_rows; i++)
        build_row(run, &ip->row[i], ip->n, ind, val);
}

/* The variable of `set` with the smallest (largest) coefficient not above `most`, or -1. */
static int pick(const struct ip_row *row, const bool *set, int n, bool smallest, long long most)
{
    int best = -1;
    for (int k = 0; k < n; k++)
        if (set[k] && row->coef[k] <= most &&
            (best < 0 || (smallest ? row->coef[k] < row->coef[best] : row->coef[k] > row->coef[best])))
            best = k;
    return best;
}

/* A smallest set that is too much for the row, and whatever else is as large as its largest; returns how many may be taken of it. */
static int cover(bool *set, const struct ip_row *row, const bool *x, int n)
{
    long long sum = ip_value(row->coef, x, n), most = 0;
    int size = 0;
    memcpy(set, x, (size_t)n * sizeof *set);
    for (int k = 0; k >= 0;) {
        k = pick(row, set, n, true, sum - row->bound - 1);
        if (k >= 0) {
            set[k] = false;
            sum -= row->coef[k];
        }
    }
    for (int k = 0; k < n; k++)
        if (set[k]) {
            size++;
            most = row->coef[k] > most ? row->coef[k] : most;
        }
    for (int k = 0; k < n; k++)
        set[k] = set[k] || row->coef[k] >= most;
    return size - 1;
}

/* A smallest set without which the row gets too little: at least one of it must be taken. */
static int lack(bool *set, const struct ip_row *row, const bool *x, int n)
{
    long long sum = ip_value(row->coef, x, n);
    for (int k = 0; k < n; k++)
        set[k] = !x[k] && row->coef[k] != 0;
    for (int k = 0; k >= 0;) {
        k = pick(row, set, n, false, row->bound - sum - 1);
        if (k >= 0) {
            set[k] = false;
            sum += row->coef[k];
        }
    }
    return 1;
}

/* Cuts off the present answer and nothing that holds. False: it breaks no row, or there is nothing to cut. */
static bool cut_off(struct run *run, int *ind, double *val)
{
    const struct ip *ip = run->ip;
    bool cut = false, *set = run->set;
    for (size_t i = 0; i < ip->n_rows; i++) {
        const struct ip_row *row = &ip->row[i];
        if (row_holds(row, run->x, ip->n))
            continue;
        int bound = row->sense == IP_AT_MOST ? cover(set, row, run->x, ip->n) : lack(set, row, run->x, ip->n);
        int len = 0;
        for (int k = 0; k < ip->n; k++)
            if (set[k]) {
                ind[++len] = k + 1;
                val[len] = 1;
            }
        int at = run->api.glp_add_rows(run->prob, 1);
        set_bound(run, at, row->sense, bound);
        run->api.glp_set_mat_row(run->prob, at, len, ind, val);
        cut = true;
    }
    return cut;
}

static int start(struct run *run)
{
    glp_iocp parm;
    run->api.glp_init_iocp(&parm);
    long left = ms_left(run->watch);
    parm.msg_lev = GLP_MSG_OFF;
    parm.tm_lim = left > 1 ? (int)left : 1;
    parm.cb_func = on_node;
    parm.cb_info = run;
    parm.tol_obj = 1e-10; /* our objectives are integers; 1e-7 of a large one is more than one */
    parm.presolve = GLP_ON;
    /* Not clq_cuts: in GLPK 5.0 glp_clq_cut writes past the end of an array of n + 1 on programs like ours. */
    if (!run->plain)
        parm.gmi_cuts = parm.mir_cuts = parm.cov_cuts = GLP_ON;
    return run->api.glp_intopt(run->prob, &parm);
}

static void read_answer(struct run *run)
{
    for (int i = 0; i < run->ip->n; i++)
        run->x[i] = run->api.glp_mip_col_val(run->prob, i + 1) > 0.5;
}

/* One call of the solver: what it says, in our words. */
static enum ip_status one_round(struct run *run)
{
    int rc = start(run);
    if (rc == GLP_ENOPFS)
        return IP_NONE;
    if (rc != 0 && rc != GLP_ETMLIM && rc != GLP_ESTOP)
        return IP_FAILED;
    bool stopped = rc != 0;
    int status = run->api.glp_mip_status(run->prob);
    if (status == GLP_NOFEAS && !stopped)
        return IP_NONE;
    if (status != GLP_OPT && status != GLP_FEAS)
        return run->cancelled ? IP_CANCELLED : stopped ? IP_LOST : IP_FAILED;
    read_answer(run);
    return stopped || status != GLP_OPT || !run->provable ? IP_FOUND : IP_PROVEN;
}

static void attempt(struct run *run, int *ind, double *val)
{
    run->api.glp_term_hook(swallow, NULL);
    run->api.glp_term_out(GLP_OFF);
    run->api.glp_error_hook(on_abort, run);
    build(run, ind, val);
    run->status = IP_FAILED;
    for (int i = 0; i < CUT_ROUNDS; i++) {
        enum ip_status status = one_round(run);
        bool answer = status == IP_PROVEN || status == IP_FOUND;
        if (!answer || ip_holds(run->ip, run->x)) {
            run->status = status;
            return;
        }
        if (!cut_off(run, ind, val))
            return;
        if (run->stopped) {
            run->status = IP_LOST;
            return;
        }
    }
}

/* Nothing of GLPK is left in this thread afterwards. */
static void attempt_caught(struct run *run)
{
    int *ind = xcalloc((size_t)run->ip->n + 1, sizeof *ind);
    double *val = xcalloc((size_t)run->ip->n + 1, sizeof *val);
    if (setjmp(run->jump) == 0)
        attempt(run, ind, val);
    else
        run->status = IP_FAILED;
    run->api.glp_free_env();
    free(ind);
    free(val);
}

/* A row that no answer can hold. */
static bool hopeless(const struct ip *ip)
{
    for (size_t i = 0; i < ip->n_rows; i++) {
        const struct ip_row *row = &ip->row[i];
        long long sum = 0;
        for (int k = 0; k < ip->n; k++)
            sum += row->coef[k];
        if (row->sense == IP_AT_MOST ? row->bound < 0 : row->bound > sum)
            return true;
    }
    return false;
}

/* The solver's word against an answer that was there before: than that it may only be worse by its tolerance or its time. */
static enum ip_status settle(bool *x, bool has_start, const struct run *run)
{
    int n = run->ip->n;
    long long got = ip_value(run->objective, run->x, n), had = has_start ? ip_value(run->objective, x, n) : 0;
    bool answer = run->status == IP_PROVEN || run->status == IP_FOUND;
    bool worse = has_start && (run->maximise ? got < had : got > had);
    if (answer && !worse)
        memcpy(x, run->x, (size_t)n * sizeof *x);
    if (run->cancelled)
        return IP_CANCELLED;
    if (!has_start || (answer && !worse))
        return run->status;
    return run->status == IP_FOUND || run->status == IP_LOST ? IP_FOUND : IP_FAILED;
}

enum ip_status ip_solve(bool *x, bool has_start, const struct ip *ip, const long long *objective, bool maximise,
                        struct ip_watch *watch)
{
    if (hopeless(ip))
        return IP_NONE;
    if (ip->n == 0)
        return IP_PROVEN;
    struct run run = {.ip = ip, .objective = objective, .maximise = maximise, .watch = watch};
    if (!api_open(&run.api)) {
        library_close(&run.api.library);
        return IP_NO_SOLVER;
    }
    run.x = xcalloc((size_t)ip->n, sizeof *run.x);
    run.set = xcalloc((size_t)ip->n, sizeof *run.set);
    attempt_caught(&run);
    if (run.status == IP_FAILED && !run.stopped) {
        run.plain = true;
        attempt_caught(&run);
    }
    watch->gap_percent = run.stopped ? run.gap_percent : run.status == IP_FOUND ? 0 : 100;
    enum ip_status status = settle(x, has_start, &run);
    free(run.set);
    free(run.x);
    library_close(&run.api.library);
    return status;
}

void plan_library(struct buf *out)
{
    struct api api = {0};
    if (api_open(&api))
        buf_addf(out, "glpk %s", api.glp_version());
    library_close(&api.library);
}
