/* See tar.h. */
#include "core/seal/tar.h"

#include <stdint.h>
#include <string.h>

#include "core/base/buf.h"

enum { BLOCK = 512, RECORD = 20 * BLOCK };

/* POSIX.1-2017, pax, "ustar Interchange Format". */
struct header {
    char name[TAR_NAME_MAX], mode[8], uid[8], gid[8], size[12], mtime[12], chksum[8], typeflag, linkname[100], magic[8],
        uname[32], gname[32], devmajor[8], devminor[8], prefix[155], pad[12];
};
/* Magic and version in one. */
static const char POSIX[8] = {'u', 's', 't', 'a', 'r', '\0', '0', '0'}, GNU[8] = {'u', 's', 't', 'a', 'r', ' ', ' ', '\0'};
_Static_assert(sizeof(struct header) == BLOCK, "a header is a block");

/* ---- Writing ---- */

/* Octal with leading zeros and a NUL: size - 1 digits. */
static void put_octal(char *out, size_t size, unsigned long long value)
{
    out[size - 1] = '\0';
    for (size_t i = size - 1; i-- > 0; value >>= 3)
        out[i] = (char)('0' + (value & 7));
}

/* The sum of all bytes, those of the sum itself counted as blanks. */
static unsigned sum(const struct header *h)
{
    unsigned char bytes[BLOCK];
    unsigned total = 0;
    memcpy(bytes, h, sizeof bytes);
    memset(bytes + offsetof(struct header, chksum), ' ', sizeof h->chksum);
    for (size_t i = 0; i < sizeof bytes; i++)
        total += bytes[i];
    return total;
}

static void pad_to(struct buf *out, size_t unit)
{
    static const char zeros[BLOCK] = {0};
    while (out->len % unit != 0) {
        size_t n = unit - out->len % unit;
        buf_add(out, zeros, n < BLOCK ? n : BLOCK);
    }
}

void tar_put(struct buf *out, const char *name, const void *bytes, size_t n_bytes, long long seconds)
{
    struct header h;
    memset(&h, 0, sizeof h);
    memcpy(h.name, name, strlen(name));
    put_octal(h.mode, sizeof h.mode, 0600);
    put_octal(h.uid, sizeof h.uid, 0);
    put_octal(h.gid, sizeof h.gid, 0);
    put_octal(h.size, sizeof h.size, n_bytes);
    put_octal(h.mtime, sizeof h.mtime, seconds > 0 ? (unsigned long long)seconds : 0);
    h.typeflag = '0';
    memcpy(h.magic, POSIX, sizeof h.magic);
    put_octal(h.devmajor, sizeof h.devmajor, 0);
    put_octal(h.devminor, sizeof h.devminor, 0);
    put_octal(h.chksum, sizeof h.chksum - 1, sum(&h));
    h.chksum[7] = ' ';
    buf_add(out, &h, sizeof h);
    buf_add(out, bytes, n_bytes);
    pad_to(out, BLOCK);
}

void tar_end(struct buf *out)
{
    static const char zeros[2 * BLOCK] = {0};
    buf_add(out, zeros, sizeof zeros);
    pad_to(out, RECORD); /* as tar itself does */
}

/* ---- Reading ---- */

/* Digits, then nothing but blanks and NULs. Twelve digits are 36 bits: where size_t has 32 they must not wrap round to a small size. */
static bool take_octal(size_t *out, const char *field, size_t size)
{
    size_t i = 0;
    unsigned long long value = 0;
    for (; i < size && field[i] >= '0' && field[i] <= '7'; i++)
        value = value << 3 | (unsigned)(field[i] - '0');
    *out = (size_t)value;
    if (i == 0 || value > UINT32_MAX)
        return false;
    for (; i < size; i++)
        if (field[i] != ' ' && field[i] != '\0')
            return false;
    return true;
}

static bool zeros_only(const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (p[i] != '\0')
            return false;
    return true;
}

static bool good_header(const struct header *h, size_t *size)
{
    size_t said;
    bool ustar = memcmp(h->magic, POSIX, sizeof h->magic) == 0, gnu = memcmp(h->magic, GNU, sizeof h->magic) == 0;
    return (ustar || gnu) && h->typeflag == '0' && take_octal(size, h->size, sizeof h->size) &&
           take_octal(&said, h->chksum, sizeof h->chksum) && said == sum(h) && zeros_only(h->linkname, sizeof h->linkname) &&
           zeros_only(h->prefix, sizeof h->prefix);
}

static struct tar_member *find(struct tar_member *member, size_t n, const char name[TAR_NAME_MAX])
{
    for (size_t i = 0; i < n; i++) {
        size_t len = strlen(member[i].name);
        if (memcmp(member[i].name, name, len) == 0 && zeros_only(name + len, TAR_NAME_MAX - len))
            return &member[i];
    }
    return NULL;
}

static bool read_members(struct tar_member *member, size_t n, const char *p, const char *end)
{
    while (end - p >= 2 * BLOCK && !zeros_only(p, BLOCK)) {
        struct header h;
        size_t size;
        memcpy(&h, p, sizeof h);
        p += BLOCK;
        struct tar_member *m = good_header(&h, &size) ? find(member, n, h.name) : NULL;
        if (m == NULL || m->p != NULL || size > m->max_bytes || size > (size_t)(end - p))
            return false;
        m->p = p;
        m->n_bytes = size;
        size_t padded = (size + BLOCK - 1) / BLOCK * BLOCK;
        if (padded > (size_t)(end - p) || !zeros_only(p + size, padded - size))
            return false;
        p += padded;
    }
    return end - p >= 2 * BLOCK && end - p <= RECORD + 2 * BLOCK && zeros_only(p, (size_t)(end - p));
}

enum err tar_read(struct tar_member *member, size_t n, const char *bytes, size_t n_bytes, struct diag *diag)
{
    bool good = n_bytes % BLOCK == 0 && read_members(member, n, bytes, bytes + n_bytes);
    return good ? ERR_OK : diag_set(diag, ERR_SEAL_FORMAT, 0, "tar", NULL);
}
