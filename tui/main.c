/* monshin: where it starts. */
#include "tui/cmd/cmd.h"

#include <signal.h>

int main(int argc, char **argv)
{
    /* A limit on the size of files is a save that fails and is told, not the end of the program. */
    signal(SIGXFSZ, SIG_IGN);
    return cmd_main(argc, argv);
}
