# shellcheck shell=sh
# Libraries that are opened when they are needed (core/base/library.h): a machine that lacks one loses what needs it, and nothing else.
. tests/cli/lib.sh
command -v gcc >/dev/null 2>&1 || { echo 'skipped: needs gcc to make a machine without libraries'; echo 'ok library__is_skipped__without_a_compiler'; exit 0; }

# A machine on which no library can be opened any more.
without() {
    ran="monshin $* (no libraries)"
    LD_PRELOAD="$WORK/none.so" ASAN_OPTIONS=verify_asan_link_order=0:detect_leaks=0 "$MONSHIN" "$@" >../out 2>../err </dev/null
    rc=$?
}
echo '#include <stddef.h>
void *dlopen(const char *name, int flags) { (void)name; (void)flags; return NULL; }' | gcc -x c -shared -fPIC - -o "$WORK/none.so"

a_file() { run new a.xml.gz --company C --site S --site-id a --importance high; run set a.xml.gz 1-1=2 1-2=1 2-6=1; }

begin library__that_is_missing__costs_the_answers_nothing
a_file
without set a.xml.gz 1-1=3; status 0
without grade a.xml.gz; status 0; out_has 'Grade'
without report a.xml.gz -o r.html; status 0
without --version; status 0; line_is 1 "$("$MONSHIN" --version | head -n 1)"; out_lacks 'glpk'

begin library__that_is_missing__is_named_by_what_needs_it
a_file
without plan a.xml.gz --target B; status 3; err_has 'GLPK'
without gaps a.xml.gz --format xlsx -o t.xlsx; status 3; err_has 'libxlsxwriter'; err_one_line
[ ! -e t.xlsx ] || bad 'a workbook was left behind'
without qr a.xml.gz; err_has 'libqrencode'; err_one_line
without qr a.xml.gz --code; status 0; err_none

finish
