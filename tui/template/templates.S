/* Pages and scripts that the program fills in from its tables: tui/cmd/fill.h. */
    .section .rodata
    .macro embed name, file
    .global \name
\name:
    .incbin "\file"
    .byte 0
    .endm

    embed template_man1_en, "tui/template/en/monshin.1"
    embed template_man5_en, "tui/template/en/monshin.5"
    embed template_man1_ja, "tui/template/ja/monshin.1"
    embed template_man5_ja, "tui/template/ja/monshin.5"
    embed template_bash, "tui/template/monshin.bash"
    embed template_zsh, "tui/template/monshin.zsh"
    embed template_fish, "tui/template/monshin.fish"

    .section .note.GNU-stack, "", %progbits
