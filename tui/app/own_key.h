/* Where the keys of this person are. */
#ifndef TUI_APP_OWN_KEY_H
#define TUI_APP_OWN_KEY_H

/* Where this person's key is: ending ".key", ".pub". Owned by the caller; NULL: there is no home folder. */
char *own_key_path(const char *ending);
/* The name beside it of a public key of somebody else, "headquarters.pub", when there is such a file; NULL: none. Owned. */
char *own_key_beside(const char *name);

#endif
