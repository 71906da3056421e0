/* The command line. Without a command it is the full-screen program. */
#ifndef TUI_CMD_CMD_H
#define TUI_CMD_CMD_H

/* Runs what the arguments ask for; the exit status of the program (design, "The command line"):
 * 0 done, 1 answered and the answer is bad, 2 wrong use, 3 cannot read, write or lock. */
int cmd_main(int argc, char **argv);

#endif
