/* What the tests of the whole program share: a folder of their own, a file in it, the program on a terminal, a look into the file. */
#ifndef TESTS_E2E_KIT_H
#define TESTS_E2E_KIT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/model/assessment.h"
#include "tests/e2e/expect.h"
#include "tests/shim/disk.h"
#include "tests/support/pty.h"

enum { KIT_ITEMS = 32 };

struct kit {
    char dir[64];    /* removed at the end */
    char file[96];   /* dir/plant.xml.gz */
    char *program;   /* BUILD/monshin */
    struct pty *p;   /* the program started last */
    struct pty *p2;  /* a second one */
    struct disk *disk;
    char disk_env[2][512];
};

/* For cmocka_unit_test_setup_teardown: a fresh folder, nothing started. */
int kit_set_up(void **state);
int kit_tear_down(void **state);
#define KIT_TEST(f) cmocka_unit_test_setup_teardown(f, kit_set_up, kit_tear_down)

/* A new file without answers, made by core; names of site and company in ASCII, so that on the screen all kana are the program's. */
void kit_make_file(struct kit *k);
/* Starts the program on the file. env as in pty_options; 0, 0: 24 x 80. */
struct pty *kit_start(struct kit *k, const char *const *env, int rows, int cols);
/* Starts and waits for the first section, with the cursor on 1-1. */
struct pty *kit_open_first_section(struct kit *k, const char *const *env);
/* A disk shim that lets everything pass, steered through k->disk; disk_env is what a program needs to run on it. */
void kit_make_disk(struct kit *k);
/* With the disk shim between program and the test's folder (see disk.h), steered through k->disk. argv NULL: the program, opened as
 * kit_open_first_section does. */
struct pty *kit_start_on_bad_disk(struct kit *k, const char *const *argv);
/* The same with a disk that is like FAT: no second names, no permissions, coarse times. */
struct pty *kit_start_on_fat(struct kit *k);
/* The program with arguments, without a terminal, as a shell would: "%s" are quoted. Output (both streams) appended to out; exit status. */
int kit_run(struct kit *k, struct buf *out, const char *command, ...) __attribute__((format(printf, 3, 4)));

/* The revision that the screen calls saved (#N), or -1 when it shows none. */
long kit_saved(struct pty *p);
/* Waits until the screen calls revision n or a later one saved. */
bool kit_wait_saved(struct pty *p, long n, int ms);
#define expect_saved(p, n) expect_(p, kit_wait_saved(p, n, -1), "saved", "#" #n " or later", __FILE__, __LINE__)

/* What the file holds now; fails the test if it cannot be read. The caller frees. */
struct assessment *kit_read(struct kit *k);
bool kit_try_read(struct kit *k, const char *path, struct assessment **out);

bool text_has_japanese(const char *utf8); /* kana, kanji, full-width forms, CJK punctuation */

#endif
