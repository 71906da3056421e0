# The recipes of the folder pages, followed in a copy of the project: what they say to write is written, what they show comes out.
. tests/cli/lib.sh
. tests/support/blocks.sh

# Built as somebody would: without the sanitizers and variables of the test run.
case $BUILD in *asan* | *cov*) echo 'ok recipes__are_skipped__in_a_build_with_sanitizers'; exit 0 ;; esac
unset MAKEFLAGS BUILD FLAVOUR CC CFLAGS LDFLAGS UPDATE
LANG=C.UTF-8

copy=$WORK/copy
mkdir -p "$copy"
(cd "$ROOT" && find . -type f ! -path './build/*' ! -path './.git/*' ! -path ./.git ! -path ./monshin ! -path './monshin-static*' -print0 |
    tar --null --files-from=- -cf -) | tar -C "$copy" -xf -
cp "$MONSHIN" "$copy/monshin"

begin recipe__adds_a_checklist
cd "$copy" && follow checklists/README.md 'Writing one'

begin recipe__adds_a_command
cd "$copy" && follow tui/README.md 'Adding a command'

begin recipe__adds_a_screen
cd "$copy" && rm -f plant.xml.gz && follow tui/README.md 'Adding a screen'

begin recipe__adds_a_language
cd "$copy" && follow i18n/README.md 'Adding a language'

rm -rf "$copy"
finish
