/* Files that the program carries inside, as bytes: see embed.h. */
    .section .rodata
    .macro embed name, file
    .balign 8
    .global \name
\name:
    .incbin "\file"
    .global \name\()_end
\name\()_end:
    .byte 0
    .endm

    embed embed_checklist_xsd, "checklists/checklist.xsd"
    embed embed_assessment_xsd, "checklists/assessment.xsd"
    embed embed_references_xml, "checklists/references.xml"
    embed embed_ja_mo, "ja.mo"
    embed embed_demo_gz, "demo.gz"

    .section .note.GNU-stack, "", %progbits
