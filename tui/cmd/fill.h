/* Templates: the pages and scripts of tui/template, whose generated parts come from the tables of the program, so that neither can say
 * what the other does not. */
#ifndef TUI_CMD_FILL_H
#define TUI_CMD_FILL_H

#include <stddef.h>

#include "tui/cmd/command.h"

/* Files carried inside the program, NUL-terminated (tui/template/templates.S). */
extern const char template_man1_en[], template_man5_en[], template_man1_ja[], template_man5_ja[];
extern const char template_bash[], template_zsh[], template_fish[];

/* What stands for a line @NAME@ of a template. */
struct part {
    const char *name; /* "@OPTIONS@" */
    void (*put)(struct buf *out, const struct cmd *cmd);
};

/* Appends the template: a line that names a part is replaced by what the part puts; in the others @VERSION@ becomes the version. line, when
 * it is not NULL, appends every other line, without its line feed. */
void fill(struct buf *out, const struct cmd *cmd, const char *template, const struct part *part, size_t n_parts,
          void (*line)(struct buf *out, const char *text));

#endif
