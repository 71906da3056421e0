/* See circle.h. */
#include "core/base/circle.h"

static const double PI = 3.14159265358979323846;

/* Sine by its series: angles stay within a turn, and a dozen corners need no more than this. */
static double sine(double x)
{
    while (x > PI)
        x -= 2 * PI;
    while (x < -PI)
        x += 2 * PI;
    double term = x, sum = x;
    for (int n = 1; n < 12; n++) {
        term *= -x * x / ((2 * n) * (2 * n + 1));
        sum += term;
    }
    return sum;
}

void circle_corner(double *x, double *y, int i, int n)
{
    double angle = 2 * PI * i / n;
    *x = sine(angle);
    *y = -sine(angle + PI / 2);
}
