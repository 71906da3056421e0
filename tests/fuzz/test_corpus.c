/* Every input of the corpus through its target, without libFuzzer: what was found once stays mended. tests/fuzz/corpus/NAME holds seeds and
 * findings (found-*). */
#include "tests/unit/cm.h"

#include <dirent.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/io/file.h"
#include "core/io/xml.h"
#include "tests/fuzz/fuzz.h"

struct target {
    const char *name;
    void (*run)(const uint8_t *bytes, size_t n_bytes);
};

static void replay(const struct target *t)
{
    struct buf folder = {0};
    struct dirent **entry = NULL;
    int n_run = 0;
    buf_addf(&folder, "tests/fuzz/corpus/%s", t->name);
    int n = scandir(buf_str(&folder), &entry, NULL, alphasort);
    for (int i = 0; i < n; i++) {
        struct buf bytes = {0};
        char *path = path_join(buf_str(&folder), entry[i]->d_name);
        if (entry[i]->d_name[0] != '.') {
            assert_int_equal(file_read(&bytes, path, 16 * 1024 * 1024, NULL), ERR_OK);
            fprintf(stderr, "%s\n", path); /* shown when it fails: the last one is to blame */
            t->run((const uint8_t *)buf_str(&bytes), bytes.len);
            n_run++;
        }
        buf_release(&bytes);
        free(path);
        free(entry[i]);
    }
    free(entry);
    buf_release(&folder);
    t->run((const uint8_t *)"", 0);
    assert_true(n_run > 0);
}

#define REPLAY(name_)                                                                                                  \
    static void name_##__keeps_its_promises__over_its_corpus(void **state)                                            \
    {                                                                                                                  \
        (void)state;                                                                                                   \
        replay(&(const struct target){#name_, fuzz_##name_});                                                        \
    }
FUZZ_TARGETS(REPLAY)
#undef REPLAY

int main(void)
{
#define CASE(target) cmocka_unit_test(target##__keeps_its_promises__over_its_corpus),
    const struct CMUnitTest tests[] = {FUZZ_TARGETS(CASE)};
#undef CASE
    setenv("TZ", "Asia/Tokyo", 1);
    xml_start();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    xml_stop();
    return failed;
}
