/* See qr.h. */
#include "core/out/qr.h"

#include <stdlib.h>
#include <string.h>

#include <qrencode.h>

#include "core/base/buf.h"
#include "core/base/mem.h"

bool qr_make(struct qr *out, const char *text)
{
    static const QRecLevel LEVELS[] = {QR_ECLEVEL_H, QR_ECLEVEL_Q, QR_ECLEVEL_M};
    QRcode *best = QRcode_encodeString(text, 0, QR_ECLEVEL_L, QR_MODE_8, 1);
    if (best == NULL)
        return false;
    for (size_t i = 0; i < sizeof LEVELS / sizeof LEVELS[0]; i++) {
        QRcode *q = QRcode_encodeString(text, best->version, LEVELS[i], QR_MODE_8, 1);
        bool same = q != NULL && q->version == best->version;
        QRcode_free(same ? best : q);
        if (same) {
            best = q;
            break;
        }
    }
    size_t n = (size_t)best->width * (size_t)best->width;
    *out = (struct qr){.width = best->width, .dark = xmalloc(n)};
    for (size_t i = 0; i < n; i++)
        out->dark[i] = best->data[i] & 1;
    QRcode_free(best);
    return true;
}

void qr_release(struct qr *q)
{
    free(q->dark);
    *q = (struct qr){0};
}

bool qr_dark(const struct qr *q, int row, int col)
{
    return row >= 0 && row < q->width && col >= 0 && col < q->width && q->dark[row * q->width + col] != 0;
}

void qr_library(struct buf *out)
{
    buf_addf(out, "qrencode %s", QRcode_APIVersionString());
}
