/* A compiled catalogue of messages (.mo): refused, or safe to ask anything. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "i18n/catalog.h"

/* The id itself, or a good translation. */
static void hold_answer(const char *text, const char *id)
{
    HOLD(text == id || text_valid(text, strlen(text)));
}

static void ask(const struct catalog *cat, const char *id)
{
    static const char *const contexts[] = {"", "context", "menu"};
    hold_answer(catalog_get(cat, id), id);
    for (size_t i = 0; i < sizeof contexts / sizeof contexts[0]; i++)
        hold_answer(catalog_get_in(cat, contexts[i], id), id);
    for (unsigned long n = 0; n < 3; n++)
        hold_answer(catalog_get_n(cat, id, "many", n), id);
}

void fuzz_catalog(const uint8_t *bytes, size_t n_bytes)
{
    static const char *const ids[] = {"", "a", "%d day", "Ask", "Yes", "\177", "zzz"};
    uint8_t *image = xmalloc(n_bytes); /* exactly as long as it is, so that one byte too many is seen */
    memcpy(image, bytes, n_bytes);
    for (int l = 0; l < LANG_COUNT; l++) {
        struct catalog *cat = NULL;
        if (!catalog_open(&cat, (enum lang)l, image, n_bytes))
            continue;
        for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++)
            ask(cat, ids[i]);
        char tail[16] = ""; /* and for something that stands in it */
        size_t n = n_bytes < sizeof tail - 1 ? n_bytes : sizeof tail - 1;
        memcpy(tail, image + n_bytes - n, n);
        ask(cat, tail);
        catalog_free(cat);
    }
    free(image);
}
