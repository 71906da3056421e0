# The layers: tui -> core -> i18n, one file (or family of files) knows each library, core neither prints nor ends the program. That core
# links without curses is held by the unit tests.
any_bad=0

# $1: name; $2: what may not be found (in code, not in comments' prose); $3: where it may be all the same; then where to look.
holds() {
    name=$1 what=$2 but=$3
    shift 3
    found=$(grep -rnE --include='*.[chS]' -- "$what" "$@" | grep -vE -- "^($but):")
    if [ -z "$found" ]; then
        echo "ok layers__$name"
    else
        printf '%s\n' "$found"
        echo "not ok layers__$name"
        any_bad=1
    fi
}

include='^ *# *include *[<"]'
holds core_does_not_know_the_screen "${include}(tui/|n?curses|term\\.h)" 'none' core i18n checklists
holds one_file_knows_curses "${include}(n?cursesw?|term)(\\.h|/)" 'tui/term/term\.c' core i18n checklists tui
holds the_gate_knows_libxml2 "${include}libxml/" 'core/io/xml[a-z_]*\.c' core i18n checklists tui
holds one_file_knows_zlib "${include}zlib\\.h" 'core/io/gz\.c' core i18n checklists tui
holds one_file_knows_xlsxwriter "${include}xlsxwriter" 'core/out/xlsx\.c' core i18n checklists tui
holds one_file_knows_qrencode "${include}qrencode" 'core/out/qr\.c' core i18n checklists tui
holds one_room_knows_libsodium "${include}sodium" 'core/seal/[a-z0-9_]*\.c' core i18n checklists tui
holds sealing_knows_neither_model_nor_method "${include}\"core/(model|method|out)/" 'none' core/seal
holds the_plan_knows_glpk "${include}glpk\\.h" 'core/method/[a-z_]*\.c' core i18n checklists tui
holds core_neither_prints_nor_exits '(^|[^a-z_])(printf|puts|putchar|exit|_exit)\(|(printf|puts|putc|write)\(.*std(out|err)' 'core/(base/mem|io/cell)\.c' core i18n
exit "$any_bad"
