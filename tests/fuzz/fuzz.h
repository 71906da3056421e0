/* Fuzz targets: each takes bytes that anybody may have made and ends the process when the program breaks a promise about them. A target keeps
 * nothing from one call to the next and touches no disk, so that it is fast and what it finds can be repeated.
 *
 * The same functions are run by libFuzzer (entry.c, `make fuzz`) and, over the committed corpus, by an ordinary test (test_corpus.c). */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

struct assessment;
struct buf;

#define FUZZ_TARGETS(X)                                                                                                \
    X(open)      /* an assessment file: read, written, read again */                                                   \
    X(checklist) /* a checklist file: loaded, graded with */                                                           \
    X(merge)     /* two assessment files: compared and merged */                                                       \
    X(code)      /* the short code of import: read, and made of anything */                                            \
    X(rollup)    /* a folder of files, and a benchmark file */                                                         \
    X(keys)      /* what a terminal sends: keys, pasted text, mouse, answers */                                        \
    X(catalog)   /* a compiled catalogue of messages */                                                                \
    X(writers)   /* hostile text in every field, through every writer */                                              \
    X(seal)      /* sealed files, their parts, keys */

#define DECLARE(name) void fuzz_##name(const uint8_t *bytes, size_t n_bytes);
FUZZ_TARGETS(DECLARE)
#undef DECLARE

/* A promise. Said before the process ends, so that one knows which it was. */
#define HOLD(promise)                                                                                                  \
    do {                                                                                                               \
        if (!(promise)) {                                                                                              \
            fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, __LINE__, #promise);                                      \
            abort();                                                                                                   \
        }                                                                                                              \
    } while (0)

/* A file in memory that can be opened by path, for what reads files by name. Made once for each slot (at most MEMORY_FILES) and filled anew. */
enum { MEMORY_FILES = 12 };
const char *memory_file(int slot, const void *bytes, size_t n_bytes);
int memory_descriptor(int slot);

/* Splits at a line "--8<--": the next part, and moves on. false: there is none. */
bool next_part(const uint8_t **bytes, size_t *n_bytes, const uint8_t **part, size_t *n_part);

/* Nothing that moves a cursor, reorders or hides: no C0 but line feed (and tab and CR where allowed), no DEL, no C1, no bidi control; valid
 * UTF-8. */
enum { ALLOW_NONE = 0, ALLOW_TAB = 1, ALLOW_CR = 2 };
void hold_harmless(const char *s, size_t n_bytes, int allow);

/* What is held true of every assessment that could be read: harmless texts; written, it can be read, and reads the same. */
void hold_assessment(const struct assessment *a);
void hold_written(const struct assessment *a);

#endif
