/* What went wrong: a code that a caller can act on, and where. Core never makes sentences: the screen and the command
 * line turn a diag into one line in the user's language (tui/message.h). */
#ifndef CORE_BASE_DIAG_H
#define CORE_BASE_DIAG_H

#include <stddef.h>

enum err {
    ERR_OK = 0,
    /* files */
    ERR_NOT_FOUND,   /* no such file or directory */
    ERR_OPEN,        /* cannot be opened; sys says why */
    ERR_NOT_REGULAR, /* a folder, device, pipe or socket where a file is needed */
    ERR_READ,        /* reading failed; sys */
    ERR_WRITE,       /* writing failed; sys (ENOSPC, EROFS, EIO, ...) */
    ERR_EXISTS,      /* would overwrite something */
    ERR_LOCKED,      /* another program holds it; detail = who */
    ERR_CHANGED,     /* the file changed under us */
    ERR_TOO_BIG,     /* over the limit; limit in number */
    ERR_FULL,        /* would grow over what can be read again; where = what there is too much of, limit in number */
    /* contents */
    ERR_EMPTY,             /* nothing in it */
    ERR_GZIP,              /* damaged gzip */
    ERR_ENCODING,          /* not UTF-8 */
    ERR_XML,               /* not well-formed; line */
    ERR_XML_FORBIDDEN,     /* DTD, entity, giant tag, too many elements, too deep; line */
    ERR_NOT_OURS,          /* XML, but not of our vocabulary; detail = root element found */
    ERR_NEWER,             /* our vocabulary, a newer major version; detail = namespace */
    ERR_SCHEMA_MISSING,    /* where = element, detail = the attribute or element that is missing */
    ERR_SCHEMA_VALUE,      /* where = element/@attribute, detail = the value */
    ERR_SCHEMA_PLACE,      /* where = parent, detail = the element that may not stand there */
    ERR_SCHEMA,            /* refused by the XSD; detail = the validator's words (English) */
    ERR_DUPLICATE,         /* where = what kind, detail = the id used twice */
    ERR_UNKNOWN_CHECKLIST, /* detail = id */
    ERR_OTHER_CHECKLIST,   /* cannot be held against each other; where = its checklist, detail = that of the other */
    ERR_SAME_FILE,         /* a file cannot be held against itself */
    ERR_UNKNOWN_EDITION,   /* detail = id */
    ERR_UNKNOWN_ITEM,      /* detail = id */
    ERR_UNKNOWN_REF,       /* where = what refers, detail = the id that does not exist */
    ERR_CYCLE,             /* prerequisites in a circle; detail = one step of it */
    ERR_LIBRARY,           /* a library that is needed only now is not on this machine; detail = its name */
    /* sealed files, keys, passphrases */
    ERR_SEAL_LOCKED,    /* sealed, and no key to open it with was given */
    ERR_SEAL_FORMAT,    /* not a sealed file as ours are; where = in which layer: age, tar, manifest, ... */
    ERR_SEAL_KEY,       /* sealed, but not for this key (or changed where it says for which) */
    ERR_SEAL_CHANGED,   /* sealed for this key, but changed or cut off since */
    ERR_SEAL_SIGNATURE, /* the signature is not of what is inside */
    ERR_SEAL_SIGNER,    /* signed by another key than one that is trusted; detail = its fingerprint */
    ERR_SEAL_RECIPIENT, /* opened with this key, but it was meant for another: passed on */
    ERR_SEAL_SITE,      /* the signed manifest is about another site, file or number; where = said, detail = found */
    ERR_SEAL_REPLAY,    /* an older export number than one that was seen; number = the seen one */
    ERR_SEAL_UNSIGNED,  /* not sealed, where a signed file of the same site lies beside it */
    ERR_KEY,            /* not a key file, or not one that can do this; where: public, secret, sign, age */
    ERR_LOCKED_FILE,    /* the file is under a passphrase, and none was given */
    ERR_PASSPHRASE,     /* the passphrase is wrong; where: key, file, missing */
    ERR_MEMORY,         /* not the memory that the passphrase's protection takes */
    ERR_CELL,           /* the process that reads foreign files has failed on it: core/io/cell.h; where = how */
    ERR_MEANING,           /* well-formed and valid, but it cannot be meant; where, detail */
    ERR_COUNT
};

struct diag {
    enum err err;
    int sys;          /* errno, or 0 */
    long line;        /* line in the file, or 0 */
    long number;      /* a limit or a count, or 0 */
    char where[96];   /* element, attribute, field or file part; cleaned for display */
    char detail[200]; /* value, id, owner; cleaned for display: foreign text */
};

/* Fills d (which may be NULL) and returns err, so that a failing function can say: return diag_set(...). Text is cut to fit
 * at a character boundary and cleaned of control characters. where and detail may be NULL. */
enum err diag_set(struct diag *d, enum err err, long line, const char *where, const char *detail);
/* The same for a failed system call: keeps sys_errno. */
enum err diag_sys(struct diag *d, enum err err, int sys_errno, const char *where);

/* Stable lower-case name of a code ("gzip", "not-ours", ...), for csv, xml and logs. */
const char *err_name(enum err err);

#endif
