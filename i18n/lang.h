/* The languages of the program and of the checklists. To add one: i18n/README.md. */
#ifndef I18N_LANG_H
#define I18N_LANG_H

enum lang { LANG_EN, LANG_JA, LANG_COUNT };

/* A text of a checklist in every language. Never NULL once loaded; may be "" where the schema allows it. */
struct ltext {
    const char *in[LANG_COUNT];
};

#endif
