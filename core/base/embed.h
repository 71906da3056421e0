/* Files carried inside the program (embed.S). Each is followed by a NUL that is not counted; the length is the difference. */
#ifndef CORE_BASE_EMBED_H
#define CORE_BASE_EMBED_H

extern const char embed_checklist_xsd[], embed_checklist_xsd_end[];
extern const char embed_assessment_xsd[], embed_assessment_xsd_end[];
extern const char embed_references_xml[], embed_references_xml_end[];
extern const char embed_demo_gz[], embed_demo_gz_end[]; /* core/model/demo */
extern const char embed_ja_mo[], embed_ja_mo_end[];

#endif
