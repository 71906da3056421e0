/* Reading the files of a roll-up, here or in cells: see rollup_priv.h. */
#include "core/method/rollup_priv.h"

#include <stdlib.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/io/file.h"
#include "core/io/xml_cell.h"
#include "core/model/sealed.h"
#include "core/seal/armor.h"
#include "core/seal/safe.h"

/* Opened, checked, and signed by somebody who counts; who that is, is kept the first time. */
static enum err read_sealed(struct assessment **a, struct rollup_file *f, const struct buf *bytes, const struct rollup_request *request,
                            struct cell *cell, struct diag *diag)
{
    struct buf payload = {0};
    struct manifest m;
    char fingerprint[FINGERPRINT_SIZE];
    if (safe_is(buf_str(bytes), bytes->len)) /* somebody's working file: no passphrase is asked for here */
        return diag_set(diag, ERR_LOCKED_FILE, 0, NULL, NULL);
    if (request->key == NULL)
        return diag_set(diag, ERR_SEAL_LOCKED, 0, NULL, NULL);
    enum err err = sealed_read(&payload, &m, a, buf_str(bytes), bytes->len, request->key, cell, request->find, request->cookie, NULL, diag);
    buf_release(&payload);
    if (err != ERR_OK)
        return err;
    const char *name = request->trust != NULL ? trust_name(request->trust, &m.from) : NULL;
    if (request->trust != NULL && name == NULL) {
        assessment_free(*a);
        *a = NULL;
        key_fingerprint(fingerprint, &m.from);
        return diag_set(diag, ERR_SEAL_SIGNER, 0, NULL, fingerprint);
    }
    if (f->seal == NULL) {
        f->seal = xcalloc(1, sizeof *f->seal);
        *f->seal = (struct rollup_seal){m.from, name, m.subject.number, xstrdup(m.subject.file)};
    }
    return ERR_OK;
}

/* Files on their way to a cell: all of the work is done there, and no more than what is kept comes back. */
struct rollup_batch {
    struct cell *cell;
    struct cell_piece piece[CELL_PIECES];
    struct rollup_file *file[CELL_PIECES];
    size_t n;
    struct buf bytes; /* of all, one behind the other */
};
enum { BATCH_BYTES = XML_MAX_BYTES / 4 }; /* more than this, and it goes off */

static struct rollup_batch *batch_new(const struct rollup_request *request)
{
    struct rollup_batch *b = xcalloc(1, sizeof *b);
    b->cell = rollup_site_cell_new(request);
    cell_ready(b->cell);
    return b;
}

void rollup_readers_start(struct rollup_readers *out, const struct rollup_request *request, bool summaries)
{
    *out = (struct rollup_readers){.request = request};
    for (int i = 0; request->guarded && i < POOL_MAX && (i == 0 || i < request->jobs); i++) {
        out->whole[i] = xml_cell_new();
        if (!summaries || request->key != NULL)
            cell_ready(out->whole[i]);
        if (summaries)
            out->batch[i] = batch_new(request);
    }
}

static void batch_free(struct rollup_batch *b)
{
    if (b == NULL)
        return;
    cell_free(b->cell);
    for (size_t i = 0; i < CELL_PIECES; i++)
        buf_release(&b->piece[i].answer);
    buf_release(&b->bytes);
    free(b);
}

void rollup_readers_end(struct rollup_readers *readers)
{
    for (int i = 0; i < POOL_MAX; i++) {
        cell_free(readers->whole[i]);
        batch_free(readers->batch[i]);
    }
}

/* Adds the bytes of a file, and says whether they are sealed. */
static enum err read_bytes(struct buf *bytes, bool *sealed, const struct rollup_file *f, struct diag *diag)
{
    size_t start = bytes->len;
    enum err err = file_read(bytes, f->path, ARMOR_SIZE(SEAL_FILE_MAX), diag);
    size_t n = bytes->len - start;
    *sealed = err == ERR_OK && age_is(buf_str(bytes) + start, n);
    if (err == ERR_OK && !*sealed && n > XML_MAX_BYTES) {
        err = diag_set(diag, ERR_TOO_BIG, 0, NULL, NULL);
        diag->number = XML_MAX_BYTES;
    }
    return err;
}

struct assessment *rollup_read(struct rollup_file *f, const struct rollup_readers *readers, int worker)
{
    const struct rollup_request *request = readers->request;
    struct cell *cell = readers->whole[worker];
    struct buf bytes = {0};
    struct diag diag = {0};
    struct assessment *a = NULL;
    bool sealed;
    enum err err = read_bytes(&bytes, &sealed, f, &diag);
    if (err == ERR_OK && sealed)
        err = read_sealed(&a, f, &bytes, request, cell, &diag);
    else if (err == ERR_OK)
        err = assessment_read_in(cell, &a, buf_str(&bytes), bytes.len, request->find, request->cookie, NULL, &diag);
    buf_release(&bytes);
    if (err != ERR_OK)
        rollup_reject(f, &diag);
    return err == ERR_OK ? a : NULL;
}

/* ---- What is kept of files ---- */

static void keep_site(struct rollup_file *f, const struct rollup_readers *readers, int worker)
{
    struct assessment *a = rollup_read(f, readers, worker);
    if (a == NULL)
        return;
    f->site = rollup_site_of(a);
    assessment_free(a);
}

/* Adds the bytes of the file; it goes again when they are not for the cell. */
static void put(struct rollup_batch *b, struct rollup_file *f, const struct rollup_readers *readers, int worker)
{
    struct diag diag = {0};
    size_t start = b->bytes.len;
    bool sealed;
    enum err err = read_bytes(&b->bytes, &sealed, f, &diag);
    size_t n = b->bytes.len - start;
    if (err != ERR_OK || sealed)
        buf_cut(&b->bytes, start);
    if (err != ERR_OK)
        rollup_reject(f, &diag);
    else if (sealed) /* opened here first */
        keep_site(f, readers, worker);
    else {
        b->file[b->n] = f;
        b->piece[b->n++].n_bytes = n;
    }
}

static void flush(struct rollup_batch *b, const struct rollup_request *request)
{
    const char *at = buf_str(&b->bytes);
    for (size_t i = 0; i < b->n; at += b->piece[i++].n_bytes)
        b->piece[i].bytes = at;
    cell_ask(b->cell, b->piece, b->n);
    for (size_t i = 0; i < b->n; i++) {
        struct cell_piece *piece = &b->piece[i];
        struct rollup_file *f = b->file[i];
        if (piece->err == ERR_OK)
            f->site = rollup_site_unpack(&piece->answer, request);
        if (piece->err == ERR_OK && f->site == NULL)
            diag_set(&piece->diag, ERR_CELL, 0, "answer", NULL);
        if (f->site == NULL)
            rollup_reject(f, &piece->diag);
    }
    b->n = 0;
    buf_clear(&b->bytes);
}

static void keep_in_cell(struct rollup_file *file, size_t n, const struct rollup_readers *readers, int worker)
{
    struct rollup_batch *b = readers->batch[worker];
    for (size_t i = 0; i < n; i++) {
        if (file[i].diag == NULL)
            put(b, &file[i], readers, worker);
        if (b->n == CELL_PIECES || b->bytes.len > BATCH_BYTES)
            flush(b, readers->request);
    }
    flush(b, readers->request);
}

void rollup_keep(struct rollup_file *file, size_t n, const struct rollup_readers *readers, int worker)
{
    if (readers->batch[worker] != NULL) {
        keep_in_cell(file, n, readers, worker);
        return;
    }
    for (size_t i = 0; i < n; i++)
        if (file[i].diag == NULL)
            keep_site(&file[i], readers, worker);
}
