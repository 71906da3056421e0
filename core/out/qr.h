/* A QR code (ISO/IEC 18004) of a short text, as squares. The only file that knows libqrencode. */
#ifndef CORE_OUT_QR_H
#define CORE_OUT_QR_H

#include <stdbool.h>

#include "core/base/diag.h"

struct buf;

struct qr {
    int width;           /* squares on each side */
    unsigned char *dark; /* width * width of them, row by row; owned */
};

/* Figures, capital letters and blanks are packed most densely. As small as it can be, and then with as much correction as fits into that size.
 * ERR_TOO_BIG: the text is too long; ERR_LIBRARY. */
enum err qr_make(struct qr *out, const char *text, struct diag *diag);
void qr_release(struct qr *q);
/* Is a square dark? What lies outside is the light border that a reader needs. */
bool qr_dark(const struct qr *q, int row, int col);

/* Name and version of the library in use. */
void qr_library(struct buf *out);

#endif
