/* The small checklist's assessments from XML, and XML against the schema. */
#ifndef TESTS_UNIT_SMALL_XML_H
#define TESTS_UNIT_SMALL_XML_H

#include "core/base/embed.h"
#include "core/io/xml.h"
#include "tests/unit/small.h"

static inline enum err read_xml(struct assessment **out, const char *xml, struct load_notes *notes,
                         struct diag *diag)
{
    return assessment_read(out, xml, strlen(xml), small_find, NULL, notes, diag);
}

static inline enum err validate(const char *xml, struct diag *diag)
{
    return xml_validate(xml, strlen(xml), embed_assessment_xsd,
                        (size_t)(embed_assessment_xsd_end - embed_assessment_xsd), diag);
}

#endif
