/* See fill.h. */
#include "tui/cmd/fill.h"

#include <string.h>

#include "core/base/buf.h"

/* One line of the template, the version filled in. */
static void take_line(struct buf *out, const char *text, size_t n)
{
    static const char name[] = "@VERSION@";
    size_t n_name = sizeof name - 1;
    for (size_t i = 0; i < n;) {
        if (n - i >= n_name && memcmp(text + i, name, n_name) == 0) {
            buf_adds(out, MONSHIN_VERSION);
            i += n_name;
        } else {
            buf_addc(out, text[i++]);
        }
    }
}

void fill(struct buf *out, const struct cmd *cmd, const char *template, const struct part *part, size_t n_parts,
          void (*line)(struct buf *out, const char *text))
{
    struct buf text = {0};
    for (const char *p = template; *p != '\0';) {
        size_t n = strcspn(p, "\n");
        buf_clear(&text);
        take_line(&text, p, n);
        p += n + (p[n] == '\n');
        const struct part *found = NULL;
        for (size_t i = 0; i < n_parts; i++)
            if (strcmp(buf_str(&text), part[i].name) == 0)
                found = &part[i];
        if (found != NULL) {
            found->put(out, cmd);
            continue;
        }
        if (line != NULL)
            line(out, buf_str(&text));
        else
            buf_adds(out, buf_str(&text));
        buf_addc(out, '\n');
    }
    buf_release(&text);
}
