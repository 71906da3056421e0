/* A small integer program in exact integers: binary variables, pairs "x only with y", and rows with coefficients >= 0. Solved by
 * GLPK (ip.c alone knows it) and held against the integers here before an answer is given out. Private to core/method.
 *
 * GLPK computes in doubles with tolerances, and calls wrong answers optimal when a row has large coefficients that nearly balance. So
 * it is given rows of few digits only, rounded so that every answer that holds passes; an answer that breaks the exact row is cut
 * off by an exact inequality (as coefficients are >= 0, a set that costs too much does so with more in it, and one that earns too
 * little does so with less in it), and the solver goes on. GLPK's abort() is caught; what it prints never reaches the terminal. */
#ifndef CORE_METHOD_IP_H
#define CORE_METHOD_IP_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

enum ip_sense { IP_AT_MOST, IP_AT_LEAST };

struct ip_row {
    long long *coef; /* by variable; owned */
    enum ip_sense sense;
    long long bound;
};

struct ip_pair {
    int x, needs; /* x[x] <= x[needs] */
};

struct ip {
    int n; /* variables */
    struct ip_pair *pair;
    size_t n_pairs;
    struct ip_row *row;
    size_t n_rows;
};

/* How long, and whether still. */
struct ip_watch {
    struct timespec deadline; /* monotonic */
    bool (*cancelled)(void *cookie); /* or NULL */
    void *cookie;
    double gap_percent; /* out, when not proven */
};

enum ip_status {
    IP_PROVEN,
    IP_FOUND,     /* x holds the best so far: time was up, or the numbers are too large to be sure of the last unit */
    IP_NONE,      /* proven: there is no answer */
    IP_LOST,      /* time was up and no answer was found */
    IP_CANCELLED,
    IP_FAILED,
    IP_NO_SOLVER /* the library is not on this machine */
};

/* x: by variable. In: an answer that holds, when has_start. Out: the best when IP_PROVEN or IP_FOUND, never worse than that of
 * the start; IP_CANCELLED leaves it or betters it; otherwise as it was. */
enum ip_status ip_solve(bool *x, bool has_start, const struct ip *ip, const long long *objective, bool maximise,
                        struct ip_watch *watch);

void ip_add_pair(struct ip *ip, int x, int needs);
/* Takes a copy of coef; divides by the common divisor. */
void ip_add_row(struct ip *ip, const long long *coef, enum ip_sense sense, long long bound);
void ip_drop_rows(struct ip *ip, size_t n_left); /* the last ones */
bool ip_holds(const struct ip *ip, const bool *x);
long long ip_value(const long long *coef, const bool *x, int n);
void ip_release(struct ip *ip);

#endif
