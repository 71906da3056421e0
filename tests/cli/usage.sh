# Wrong use, help and version.
. tests/cli/lib.sh

begin help__is_shown__for_the_program_and_every_command
run --help; status 0; err_none; out_has 'monshin COMMAND --help'
for command in new ask print enter qr import set show grade gaps plan report export compare merge check doctor demo man completion 'checklist list' 'checklist show' 'checklist check'; do
    # shellcheck disable=SC2086
    run $command --help; status 0; err_none; out_has "monshin $command"; out_has '--lang'
    # shellcheck disable=SC2086
    run help $command; status 0; out_has "monshin $command"
    # shellcheck disable=SC2086
    run $command --help --lang ja; status 0; out_has '使い方'; out_lacks 'Usage'
done
run checklist --help; status 0; out_has 'monshin checklist list'; out_has 'monshin checklist check'
run grade --help; out_has 'scope,score,grade,uncapped,low,high,answered,applicable,total,cap'

begin help__fits_80_columns__in_both_languages
for lang in en ja; do
    for command in '' new ask print enter qr import set show grade gaps plan report export compare merge check doctor demo man completion 'checklist list' 'checklist show' 'checklist check'; do
        # shellcheck disable=SC2086
        run $command --help --lang $lang
        # A Japanese character has three bytes and two columns: bytes are an upper bound that is good enough.
        ! LC_ALL=C awk 'length($0) > 120 { exit 1 }' ../out || continue
        bad "$ran: a line is too long"
    done
done

begin version__names_the_program_first__then_of_what_it_is_made
run --version; status 0; err_none
line_is 1 "$(grep -E '^monshin [0-9]+\.[0-9]+\.[0-9]+$' ../out)"
for part in ncurses libxml2 zlib libunistring glpk libxlsxwriter qrencode; do
    sed 1d ../out | grep -Eq "^$part [0-9]" || bad "$ran: no version of $part"
done

begin wrong_use__is_one_line_and_status_2
run new; status 2; err_one_line; err_has 'FILE'
run set a.xml.gz; status 2; err_one_line
run show; status 2; err_one_line
run show a b; status 2; err_one_line; err_has 'b: '
run grade --nonsense a; status 2; err_one_line; err_has '--nonsense'
run grade a --format yaml; status 2; err_one_line; err_has 'yaml'
run grade a --format; status 2; err_one_line
run grade a --lang de; status 2; err_one_line; err_has 'de'
run grade a --basis test; status 2; err_one_line; err_has '--basis'
run grade a --bom=yes; status 2; err_one_line
run grade a --lang en --lang ja; status 2; err_one_line
run checklist; status 2; err_one_line; err_has 'list|show|check'
run checklist burn; status 2; err_one_line
run frobnicate a b; status 2; err_one_line; err_has 'frobnicate'
run check; status 2; err_one_line

begin wrong_use__is_said_in_japanese__when_asked
run --lang ja grade; status 2; err_one_line; err_has '必要です'
run grade a --lang=ja --nonsense; status 2; err_one_line; err_has 'オプションはありません'
run frobnicate a b --lang ja; status 2; err_one_line; err_has 'コマンドはありません'

begin argument__cannot_speak_to_the_terminal__when_it_is_complained_about
run grade "$(printf 'a\033[31mb\nc\377')"; status 3; err_one_line
! LC_ALL=C grep -q "$(printf '\033')" ../err || bad "escape character on standard error"

begin output__is_refused__when_the_file_exists_or_cannot_be_written
run new a.xml.gz; status 0
run show a.xml.gz -o a.csv --format csv; status 0; err_none
[ ! -s ../out ] || bad 'something on standard output beside -o'
run show a.xml.gz -o a.csv --format csv; status 3; err_one_line; err_has '--force'
run show a.xml.gz -oa.csv --format=csv --force; status 0
run show a.xml.gz -o nowhere/a.csv; status 3; err_one_line
"$MONSHIN" show a.xml.gz >/dev/full 2>../err; rc=$?; : >../out
ran='show >/dev/full'; status 3; err_one_line

finish
