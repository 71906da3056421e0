/* monshin: where it starts. */
#include <stdio.h>
#include <stdlib.h>

#include "tui/app/locale.h"
#include "tui/app/run.h"

int main(int argc, char **argv)
{
    bool utf8 = locale_init();
    const char *no_color = getenv("NO_COLOR");
    struct app_options options = {.path = argc > 1 ? argv[1] : NULL,
                                  .lang = locale_lang(utf8),
                                  .utf8 = utf8,
                                  .no_color = no_color != NULL && no_color[0] != '\0'};
    return app_run(&options);
}
