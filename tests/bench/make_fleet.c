/* Makes a fleet for whoever wants to look at one. usage: make_fleet DIR N [SEED] */
#include <stdio.h>
#include <stdlib.h>

#include "tests/bench/fleet.h"

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: make_fleet DIR N [SEED]\n");
        return 2;
    }
    fleet_write(argv[1], atoi(argv[2]), argc > 3 ? (unsigned)atoi(argv[3]) : 1);
    return 0;
}
