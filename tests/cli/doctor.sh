# The page for whoever helps by telephone.
. tests/cli/lib.sh

# Who may not write everywhere, where we are root.
as_somebody() { if [ "$(id -u)" -eq 0 ]; then setpriv --reuid 65534 --regid 65534 --clear-groups "$@"; else "$@"; fi; }

# What is said, wherever the lines are broken.
says() { tr -s ' \n' ' ' <../out | grep -aqF -- "$1" || bad "$ran: does not say \"$1\":$LF$(cat ../out)"; }

begin doctor__says_what_there_is__in_both_languages
run doctor; status 0; err_none
for word in 'Terminal (TERM)' 'Spoken here' 'Current folder' Clock Version UTF-8 "$PWD" 'meti-factory, version'; do out_has "$word"; done
line_is 1 'monshin doctor: what this machine can do'
run doctor --lang ja; status 0; err_none
for word in 端末 言語 フォルダ 時計 プログラム "$PWD" 'meti-factory'; do out_has "$word"; done
out_lacks 'Terminal'
[ -z "$(find . -mindepth 1)" ] || bad "it left something: $(find .)"

begin doctor__is_one_page_of_80_columns
for lang in en ja; do
    run doctor --lang $lang
    [ "$(wc -l <../out)" -le 23 ] || bad "$lang: more than a page of 24 lines"
    [ "$(LC_ALL=C.UTF-8 wc -L <../out)" -le 79 ] || bad "$lang: a line is too long"
    # A label that did not fit ends in "..".
    ! cut -c 1-40 ../out | grep -F '.. ' || bad "$lang: a label is cut"
done

begin doctor__tells_what_the_terminal_lacks
TERM=dumb run doctor; status 0; says '"dumb": the full screen does not work here'
TERM=wubble run doctor; status 0; says '"wubble" is not known here; xterm-256color is taken instead'
TERM='' run doctor; status 0; says 'not set; xterm-256color is taken instead'
NO_COLOR=1 run doctor; says 'NO_COLOR is set'
TERM=linux run doctor; says 'no: this console has no kanji'

begin doctor__tells_of_a_terminal_that_is_not_utf8
LC_ALL=ja_JP.eucJP run doctor --lang en; says 'eucJP; files, CSV and XML are UTF-8 all the same'; says 'in eucJP line by line'
LC_ALL=ja_JP.nobody run doctor --lang en; says 'nobody: only ASCII can be shown; a UTF-8 terminal'
LC_ALL=ja_JP.UTF-8 run doctor --lang en; out_lacks 'UTF-8 all the same'; out_lacks 'only ASCII'

begin doctor__tells_where_nothing_can_be_written
mkdir closed && chmod 555 closed && chmod 755 .. . ../..
cp "$MONSHIN" program && chmod 755 program
(cd closed && as_somebody env -u HOME -u XDG_STATE_HOME "$PWD/../program" doctor) >../out 2>../err || bad "failed: $(cat ../err)"
ran='doctor in a closed folder'
says 'closed: cannot be written, access is not allowed'; says 'not kept: HOME is not set'

begin doctor__doubts_the_clock__when_something_is_from_the_future
run doctor; out_has 'nothing speaks against it'
cp "$MONSHIN" program && touch -d '2090-01-01 12:00' program
./program doctor >../out 2>../err || bad "failed: $(cat ../err)"
ran='doctor of a program from 2090'
says 'wrong? monshin is of 2090-01-01'

begin doctor__cannot_be_made_to_speak_to_the_terminal__by_the_environment
TERM=$(printf 'x\033[31m\302\233y') LANG=$(printf 'C.UTF-8\033]0;z') run doctor; status 0
! LC_ALL=C grep -q "$(printf '\033')" ../out || bad "an escape character"

begin doctor__goes_to_a_file__when_told
run doctor -o page.txt; status 0; err_none
grep -q 'monshin doctor' page.txt || bad "no page in the file"

finish
