/* See qr.h. */
#include "core/out/qr.h"

#include <stdlib.h>
#include <string.h>

#include <qrencode.h>

#include "core/base/buf.h"
#include "core/base/diag.h"
#include "core/base/library.h"
#include "core/base/mem.h"

#define FUNCTIONS(X) X(QRcode_APIVersionString) X(QRcode_encodeString) X(QRcode_free)

struct api {
    struct library library;
    FUNCTIONS(LIBRARY_FIELD)
};

static bool api_open(struct api *api)
{
#ifdef QR_SONAME
    library_open(&api->library, QR_SONAME);
    FUNCTIONS(LIBRARY_TAKE)
    return api->library.whole;
#else
    FUNCTIONS(LIBRARY_LINK)
    return true;
#endif
}

static QRcode *encode(const struct api *api, const char *text)
{
    static const QRecLevel LEVELS[] = {QR_ECLEVEL_H, QR_ECLEVEL_Q, QR_ECLEVEL_M};
    QRcode *best = api->QRcode_encodeString(text, 0, QR_ECLEVEL_L, QR_MODE_8, 1);
    for (size_t i = 0; best != NULL && i < sizeof LEVELS / sizeof LEVELS[0]; i++) {
        QRcode *q = api->QRcode_encodeString(text, best->version, LEVELS[i], QR_MODE_8, 1);
        bool same = q != NULL && q->version == best->version;
        api->QRcode_free(same ? best : q);
        if (same)
            return q;
    }
    return best;
}

enum err qr_make(struct qr *out, const char *text, struct diag *diag)
{
    struct api api = {0};
    QRcode *q = NULL;
    bool there = api_open(&api);
    if (there)
        q = encode(&api, text);
    if (q != NULL) {
        size_t n = (size_t)q->width * (size_t)q->width;
        *out = (struct qr){.width = q->width, .dark = xmalloc(n)};
        for (size_t i = 0; i < n; i++)
            out->dark[i] = q->data[i] & 1;
        api.QRcode_free(q);
    }
    library_close(&api.library);
    if (!there)
        return diag_set(diag, ERR_LIBRARY, 0, NULL, "libqrencode");
    return q != NULL ? ERR_OK : diag_set(diag, ERR_TOO_BIG, 0, NULL, NULL);
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
    struct api api = {0};
    if (api_open(&api))
        buf_addf(out, "qrencode %s", api.QRcode_APIVersionString());
    library_close(&api.library);
}
