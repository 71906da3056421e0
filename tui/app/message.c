/* See message.h. */
#include "tui/app/message.h"

#include <errno.h>
#include <string.h>

#include "core/base/buf.h"

/* What happens to laptops on factory floors; anything else is a number that the manual of errno explains. */
static const struct {
    int sys;
    const char *words;
} SYSTEM[] = {
    {ENOSPC, N_("the disk is full")},
    {EDQUOT, N_("your share of the disk is full")},
    {EROFS, N_("the disk is write-protected")},
    {EACCES, N_("access is not allowed")},
    {EPERM, N_("it is not permitted")},
    {EIO, N_("the disk reports a fault")},
    {ENODEV, N_("the disk or its folder is gone")},
    {ENXIO, N_("the disk or its folder is gone")},
    {ENOENT, N_("there is no such file or folder")},
    {ENOTDIR, N_("a part of the path is not a folder")},
    {EISDIR, N_("it is a folder")},
    {ENAMETOOLONG, N_("the name is too long")},
    {ELOOP, N_("the links go in a circle")},
    {EFBIG, N_("the file is too big for this disk")},
    {EMFILE, N_("too many files are open")},
    {ENFILE, N_("too many files are open")},
    {EBUSY, N_("it is in use")},
    {ETXTBSY, N_("it is in use")},
    {ESTALE, N_("the network folder is gone")},
    {ETIMEDOUT, N_("the network folder does not answer")},
};

const char *message_system(const struct catalog *cat, int sys_errno)
{
    for (size_t i = 0; i < sizeof SYSTEM / sizeof SYSTEM[0]; i++)
        if (SYSTEM[i].sys == sys_errno)
            return T(cat, SYSTEM[i].words);
    return T(cat, "the system refused");
}

static void add_system(struct buf *out, const struct catalog *cat, const char *what, const struct diag *d)
{
    buf_adds(out, what);
    if (d->sys == 0)
        return;
    buf_addf(out, ": %s", message_system(cat, d->sys));
    for (size_t i = 0; i < sizeof SYSTEM / sizeof SYSTEM[0]; i++)
        if (SYSTEM[i].sys == d->sys)
            return;
    buf_addf(out, " (errno %d)", d->sys);
}

static const char *full_of(const struct catalog *cat, const char *what)
{
    if (strcmp(what, "rounds") == 0)
        return TC(cat, "full of", "rounds");
    if (strcmp(what, "people") == 0)
        return TC(cat, "full of", "people");
    if (strcmp(what, "saves") == 0)
        return TC(cat, "full of", "saves");
    return strcmp(what, "bytes") == 0 ? TC(cat, "full of", "bytes") : TC(cat, "full of", "XML elements");
}

static void add_full(struct buf *out, const struct catalog *cat, const struct diag *d)
{
    buf_adds(out, T(cat, "there is no room for it; the file could not be opened again"));
    buf_addf(out, T(cat, " (at most %ld %s)"), d->number, full_of(cat, d->where));
}

static void add_cell(struct buf *out, const struct catalog *cat, const struct diag *d)
{
    if (strcmp(d->where, "start") == 0)
        add_system(out, cat, T(cat, "was not read: no process could be started to read it in"), d);
    else if (strcmp(d->where, "time") == 0)
        buf_adds(out, T(cat, "was not read: reading it did not come to an end; ask where it comes from"));
    else
        buf_adds(out, T(cat, "was not read: it breaks the program that reads it, which was shut off for that; ask where it comes from"));
}

static void add_words(struct buf *out, const struct catalog *cat, const struct diag *d)
{
    switch (d->err) {
    case ERR_OK:
        buf_adds(out, T(cat, "all is well"));
        break;
    case ERR_NOT_FOUND:
        buf_adds(out, T(cat, "there is no such file; check the name, or make it with: monshin new FILE"));
        break;
    case ERR_OPEN:
        add_system(out, cat, T(cat, "cannot be opened"), d);
        break;
    case ERR_NOT_REGULAR:
        buf_adds(out, T(cat, "is not a file (a folder, a device or a pipe); name a file"));
        break;
    case ERR_READ:
        add_system(out, cat, T(cat, "cannot be read"), d);
        break;
    case ERR_WRITE:
        add_system(out, cat, T(cat, "cannot be written"), d);
        break;
    case ERR_EXISTS:
        buf_adds(out, T(cat, "exists already; choose another name"));
        break;
    case ERR_LOCKED:
        buf_addf(out, T(cat, "is open in another program: %s"), d->detail);
        break;
    case ERR_CHANGED:
        buf_adds(out, T(cat, "was changed by another program meanwhile; open it again"));
        break;
    case ERR_TOO_BIG:
        buf_addf(out, T(cat, "is too big (limit %ld bytes)"), d->number);
        break;
    case ERR_FULL:
        add_full(out, cat, d);
        break;
    case ERR_EMPTY:
        buf_adds(out, T(cat, "is empty; look for an older generation beside it (.gen1)"));
        break;
    case ERR_GZIP:
        buf_adds(out, T(cat, "is damaged (gzip); look for an older generation beside it (.gen1)"));
        break;
    case ERR_ENCODING:
        buf_adds(out, T(cat, "is not UTF-8 text"));
        break;
    case ERR_XML:
        buf_adds(out, T(cat, "is not well-formed XML"));
        break;
    case ERR_XML_FORBIDDEN:
        buf_adds(out, T(cat, "holds XML that is not accepted (a DTD, an entity, or out of all proportion)"));
        break;
    case ERR_NOT_OURS:
        buf_addf(out, T(cat, "is XML, but not a monshin file (root element %s)"), d->detail);
        break;
    case ERR_NEWER:
        buf_addf(out, T(cat, "was written by a newer monshin (%s); open it with that version"), d->detail);
        break;
    case ERR_SCHEMA_MISSING:
        buf_addf(out, T(cat, "%s lacks %s"), d->where, d->detail);
        break;
    case ERR_SCHEMA_VALUE:
        buf_addf(out, T(cat, "%s cannot be \"%s\""), d->where, d->detail);
        break;
    case ERR_SCHEMA_PLACE:
        buf_addf(out, T(cat, "in %s there may be no %s"), d->where, d->detail);
        break;
    case ERR_SCHEMA:
        buf_addf(out, T(cat, "does not follow the schema: %s"), d->detail);
        break;
    case ERR_DUPLICATE:
        buf_addf(out, T(cat, "%s \"%s\" is there twice"), d->where, d->detail);
        break;
    case ERR_UNKNOWN_CHECKLIST:
        buf_addf(out, T(cat, "needs the checklist \"%s\", which this program does not have; name its file with --checklist"), d->detail);
        break;
    case ERR_OTHER_CHECKLIST:
        buf_addf(out, T(cat, "cannot be compared: its checklist is %s, that of the other is %s"), d->where, d->detail);
        break;
    case ERR_SAME_FILE:
        buf_adds(out, T(cat, "is the file itself; name another one to compare it with"));
        break;
    case ERR_UNKNOWN_EDITION:
        buf_addf(out, T(cat, "needs the edition \"%s\", which the checklist does not have"), d->detail);
        break;
    case ERR_UNKNOWN_ITEM:
        buf_addf(out, T(cat, "there is no item \"%s\" in the checklist"), d->detail);
        break;
    case ERR_UNKNOWN_REF:
        buf_addf(out, T(cat, "%s refers to \"%s\", which does not exist"), d->where, d->detail);
        break;
    case ERR_CYCLE:
        buf_addf(out, T(cat, "prerequisites go in a circle: %s"), d->detail);
        break;
    case ERR_LIBRARY:
        buf_addf(out, T(cat, "needs the library %s, which is not on this machine; install its package"), d->detail);
        break;
    case ERR_SEAL_LOCKED:
        buf_adds(out, T(cat, "is sealed; give the key to open it with: --key SECRET"));
        break;
    case ERR_SEAL_FORMAT:
        if (strcmp(d->where, "armor") == 0)
            buf_adds(out, T(cat, "has its sealed text changed; leave only the lines from -----BEGIN to -----END, as they were, or ask for the file itself"));
        else
            buf_addf(out, T(cat, "is not a sealed file as monshin makes them, or is damaged (%s)"), d->where);
        break;
    case ERR_SEAL_KEY:
        buf_adds(out, T(cat, "is not sealed for this key (or was changed on the way); ask the sender for whom it was sealed"));
        break;
    case ERR_SEAL_CHANGED:
        buf_adds(out, T(cat, "was changed on the way, or is not complete; ask for it again"));
        break;
    case ERR_SEAL_SIGNATURE:
        buf_adds(out, T(cat, "is refused: the signature is not of what is inside; do not trust where it comes from"));
        break;
    case ERR_SEAL_SIGNER:
        buf_addf(out, T(cat, "is signed by a key that nobody here has vouched for: %s; compare by telephone, then add its public key"), d->detail);
        break;
    case ERR_SEAL_RECIPIENT:
        buf_adds(out, T(cat, "is refused: it was sealed for somebody else, who has passed it on; ask the site itself"));
        break;
    case ERR_SEAL_SITE:
        buf_addf(out, T(cat, "is refused: it was signed as of site %s, but inside is another file (site %s)"), d->where, d->detail);
        break;
    case ERR_SEAL_REPLAY:
        buf_addf(out, T(cat, "is refused: an older export than the one seen before (number %ld); somebody may have sent it again"), d->number);
        break;
    case ERR_SEAL_UNSIGNED:
        buf_adds(out, T(cat, "is refused: it is not sealed, and this site has sealed files that are signed; ask the site itself"));
        break;
    case ERR_KEY:
        buf_adds(out, T(cat, "is not such a key file, or is damaged; see: monshin keygen --help"));
        break;
    case ERR_LOCKED_FILE:
        buf_adds(out, T(cat, "is locked by a passphrase; open it where you can type it, or export it for others"));
        break;
    case ERR_PASSPHRASE:
        buf_adds(out, T(cat, "cannot be opened: the passphrase is wrong (or the file was changed)"));
        break;
    case ERR_MEMORY:
        buf_adds(out, T(cat, "there is not enough memory to work out the passphrase; close other programs"));
        break;
    case ERR_CELL:
        add_cell(out, cat, d);
        break;
    case ERR_MEANING:
        buf_addf(out, T(cat, "makes no sense: %s %s"), d->where, d->detail);
        break;
    case ERR_COUNT:
        break;
    }
}

/* What to do about it, where the words above do not say so themselves. */
static const char *advice(const struct catalog *cat, enum err err)
{
    switch (err) {
    case ERR_OPEN:
    case ERR_READ:
        return T(cat, "check the medium and the permissions");
    case ERR_WRITE:
        return T(cat, "make room, or choose another place");
    case ERR_LOCKED:
        return T(cat, "close it there first");
    case ERR_FULL:
        return T(cat, "shorten notes, or go on in a new file");
    case ERR_TOO_BIG:
        return T(cat, "no plant's file is that big; ask where it comes from");
    case ERR_ENCODING:
    case ERR_XML:
    case ERR_XML_FORBIDDEN:
    case ERR_NOT_OURS:
        return T(cat, "use the original, or an older generation beside it (.gen1)");
    case ERR_SCHEMA_MISSING:
    case ERR_SCHEMA_VALUE:
    case ERR_SCHEMA_PLACE:
    case ERR_SCHEMA:
    case ERR_DUPLICATE:
    case ERR_UNKNOWN_EDITION:
    case ERR_UNKNOWN_ITEM:
    case ERR_UNKNOWN_REF:
    case ERR_CYCLE:
    case ERR_MEANING:
        return T(cat, "correct it there, or use the original");
    case ERR_OK:
    case ERR_NOT_FOUND:
    case ERR_NOT_REGULAR:
    case ERR_EXISTS:
    case ERR_CHANGED:
    case ERR_EMPTY:
    case ERR_GZIP:
    case ERR_NEWER:
    case ERR_OTHER_CHECKLIST:
    case ERR_SAME_FILE:
    case ERR_UNKNOWN_CHECKLIST:
    case ERR_LIBRARY:
    case ERR_SEAL_LOCKED:
    case ERR_SEAL_FORMAT:
    case ERR_SEAL_KEY:
    case ERR_SEAL_CHANGED:
    case ERR_SEAL_SIGNATURE:
    case ERR_SEAL_SIGNER:
    case ERR_SEAL_RECIPIENT:
    case ERR_SEAL_SITE:
    case ERR_SEAL_REPLAY:
    case ERR_SEAL_UNSIGNED:
    case ERR_KEY:
    case ERR_LOCKED_FILE:
    case ERR_PASSPHRASE:
    case ERR_MEMORY:
    case ERR_CELL:
    case ERR_COUNT:
        break;
    }
    return NULL;
}

void message_diag(struct buf *out, const struct catalog *cat, const struct diag *d)
{
    if (d->line > 0)
        buf_addf(out, T(cat, "line %ld: "), d->line);
    add_words(out, cat, d);
    const char *what_to_do = advice(cat, d->err);
    if (what_to_do != NULL)
        buf_addf(out, "%s%s", TC(cat, "before advice", "; "), what_to_do);
}
