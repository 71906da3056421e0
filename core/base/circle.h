/* Points on a circle, for drawing: exact to far below a dot, and without the mathematics library. */
#ifndef CORE_BASE_CIRCLE_H
#define CORE_BASE_CIRCLE_H

/* Where corner i of n lies on a circle of radius 1 around 0: the first on top, then clockwise; y grows downwards. */
void circle_corner(double *x, double *y, int i, int n);

#endif
