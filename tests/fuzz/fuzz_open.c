/* An assessment file, plain or gzip. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "core/base/buf.h"
#include "core/base/embed.h"
#include "core/io/gz.h"
#include "core/io/xml.h"
#include "core/model/assessment.h"

/* What follows the schema of this version when it is written. */
static void hold_schema(const struct assessment *a)
{
    struct buf xml = {0};
    struct diag diag = {0};
    assessment_write(&xml, a, "monshin fuzz");
    if (xml_validate(xml.p, xml.len, embed_assessment_xsd, (size_t)(embed_assessment_xsd_end - embed_assessment_xsd), &diag) != ERR_OK) {
        fprintf(stderr, "line %ld: %s\n%.2000s\n", diag.line, diag.detail, buf_str(&xml));
        HOLD(!"what was written follows the schema");
    }
    buf_release(&xml);
}

/* The same file compressed is the same file. */
static void hold_gzip(const uint8_t *bytes, size_t n_bytes, enum err plain)
{
    struct buf gz = {0};
    struct assessment *a = NULL;
    gz_deflate(&gz, bytes, n_bytes);
    if (gz.len <= XML_MAX_BYTES)
        HOLD(assessment_read(&a, gz.p, gz.len, NULL, NULL, NULL, NULL) == plain);
    assessment_free(a);
    buf_release(&gz);
}

void fuzz_open(const uint8_t *bytes, size_t n_bytes)
{
    struct assessment *a = NULL;
    struct load_notes notes = {0};
    struct diag diag = {0};
    enum err err = assessment_read(&a, bytes, n_bytes, NULL, NULL, &notes, &diag);
    HOLD(err == diag.err);
    hold_harmless(diag.where, strlen(diag.where), ALLOW_NONE);
    hold_harmless(diag.detail, strlen(diag.detail), ALLOW_NONE);
    if (n_bytes % 64 == 0 && !gz_is(bytes, n_bytes))
        hold_gzip(bytes, n_bytes, err);
    if (err != ERR_OK)
        return;
    hold_harmless(notes.first_unknown, strlen(notes.first_unknown), ALLOW_NONE);
    hold_assessment(a);
    hold_written(a);
    if (notes.n_unknown == 0 && n_bytes % 16 == 0)
        hold_schema(a);
    assessment_free(a);
}
