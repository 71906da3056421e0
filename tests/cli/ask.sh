# The interview line by line, and answers typed from paper.
. tests/cli/lib.sh

# Types lines into the program: $1, each line ended; then its arguments.
type_into() {
    typed=$1
    shift
    ran="monshin $* <<$typed"
    printf '%s' "$typed" | "$MONSHIN" "$@" >../out 2>../err
    rc=$?
}
answers() { "$MONSHIN" show a.xml.gz --format csv --lang en | tr -d '\r' | tail -n +2 | cut -d, -f1,3-; }
answer_is() { answers | grep -qxF -- "$1" || bad "$ran: no answer \"$1\": $(answers | head -n 8)"; }
fits() { [ "$(LC_ALL=C.UTF-8 wc -L <../out)" -le 79 ] || bad "$ran: a line is wider than 79 columns"; }

begin ask__records_and_saves_each_answer
run new a.xml.gz --site Osaka
type_into "3${LF}b e${LF}4${LF}0 the IT group${LF}x no need${LF}2${LF}" ask a.xml.gz
status 0; err_none
out_has '1-1: 3 Done. saved #2'; out_has 'Basis: examine. saved #3'; out_has '1-2: 4 Reviewed. saved #4'
out_has '1-3: unknown. saved #5'; out_has '1-4: not applicable. saved #6'; out_has 'Grade '
answer_is '1-1,level,3,,'; answer_is '1-2,level,4,examine,'; answer_is '1-3,unknown,,,the IT group'; answer_is '1-4,na,,,'; answer_is '1-5,level,2,,'

begin ask__goes_on_at_the_first_open_item
run new a.xml.gz
run set a.xml.gz 1-1=3 1-2=1 2-1=4
type_into "5${LF}" ask a.xml.gz; out_has '1-3: 5 Adaptive'; out_lacks '1-1>'
type_into "${LF}${LF}2${LF}q${LF}" ask a.xml.gz; status 0; out_has '1-4> '; out_has '2-2: 2 Partly'; out_lacks '2-1>'
answer_is '1-4,unanswered,,,'

begin ask__shows_the_item_in_both_languages
run new a.xml.gz --site '大阪第二工場'
type_into "q${LF}" ask a.xml.gz; fits; out_has 'People, 1 of 5: 1-1 '; out_has 'key item'; out_has '  5 Adaptive: '; out_has 'Ask ('; out_has 'Ask to see: '
type_into "３　制御盤で確認${LF}x${LF}無線なし${LF}?${LF}q${LF}" ask a.xml.gz --lang ja; status 0; fits
out_has '1-1：3 実施済み。保存済 #2'; out_has '質問（'; out_has '見せてもらうもの：'; out_lacks 'Ask'; out_lacks 'saved'
answer_is '1-1,level,3,,制御盤で確認'; answer_is '1-2,na,,,'
[ "$(LC_ALL=C tr -d '\000-\011\013-\037\177' <../out | wc -c)" -eq "$(wc -c <../out)" ] || bad 'a control character'

begin ask__is_ascii_in_the_c_locale
run new a.xml.gz --site '大阪第二工場'
run set a.xml.gz 1-2=3 --note 'メモ'
for where in LANG=C LC_ALL=POSIX LANG= LANG=ja_JP.nobody; do
    printf '1-2\nq\n' | env "$where" "$MONSHIN" ask a.xml.gz >../out 2>../err || bad "$where: failed"
    ! LC_ALL=C grep -q '[^ -~]' ../out || bad "$where: not only ASCII"
    out_has '??????'; out_has 'Note: ??'
done
printf 'q\n' | LANG=C "$MONSHIN" ask a.xml.gz --lang ja >../out; out_has '大阪第二工場'
printf 'q\n' | "$MONSHIN" ask a.xml.gz --ascii >../out; out_lacks '大阪'

begin ask__keeps_notes_and_evidence__line_by_line
run new a.xml.gz
type_into "n one${LF}n${LF}two${LF}e a photo${LF}n${LF}" ask a.xml.gz; status 0; out_has 'Nothing is written.'
out_has 'Note. saved #3'; out_has 'Evidence. saved #4'
run show a.xml.gz; out_has 'Note: one'; out_has 'two'
type_into "1-1${LF}n -${LF}" ask a.xml.gz; answer_is '1-1,unanswered,,,'
out_has 'Evidence: a photo'

begin ask__undoes_clears_and_goes_anywhere
run new a.xml.gz
type_into "3${LF}4${LF}u${LF}u${LF}u${LF}" ask a.xml.gz; out_has 'There is nothing to undo.'
answer_is '1-1,unanswered,,,'; answer_is '1-2,unanswered,,,'
type_into "4-6${LF}5${LF}4-6${LF}-${LF}p${LF}1${LF}2-6${LF}wat${LF}9${LF}33${LF}1-${LF}b z${LF}=${LF}" ask a.xml.gz; status 0
answer_is '4-6,unanswered,,,'; answer_is '4-5,level,1,,'; out_has 'That is no answer'; out_has 'Nothing is carried over here.'
answer_is '2-6,unanswered,,,'

begin ask__understands_whole_words__in_both_languages
run new a.xml.gz
type_into "3${LF}back${LF}note seen${LF}basis test${LF}next${LF}Unknown${LF}help${LF}quit${LF}" ask a.xml.gz; status 0
answer_is '1-1,level,3,test,seen'; answer_is '1-2,unknown,,,'
out_has 'It goes on at'; out_has 'whole words do as well'
type_into "戻る${LF}メモ　盤を確認${LF}根拠　文書確認${LF}終了${LF}" ask a.xml.gz --lang ja; status 0
out_has 'monshin ask a.xml.gz'; out_has '根拠：文書確認'

begin ask__refuses_not_applicable__without_a_reason
run new a.xml.gz
type_into "x${LF}${LF}" ask a.xml.gz; out_has 'Without a reason'; answer_is '1-1,unanswered,,,'

begin ask__ends_with_what_is_open_and_the_grade
run new a.xml.gz --checklist "$ROOT/tests/data/tiny/checklist.xml"
ck="$ROOT/tests/data/tiny/checklist.xml"
type_into "3${LF}${LF}4${LF}5${LF}${LF}labels${LF}2${LF}${LF}" ask a.xml.gz --checklist "$ck"; status 0
out_has '2 items are open: labels goggles'; out_has 'labels: 2 At times'; out_has 'Item to go to, or Enter to end>'; out_has 'Grade '
type_into "1${LF}nowhere${LF}tools${LF}2${LF}q${LF}" ask a.xml.gz --checklist "$ck"
out_has 'goggles: 1 None'; out_has 'Every item is answered.'; out_has 'There is no such item.'; out_has 'tools: 2 At times'

begin ask__does_not_say_saved__when_the_folder_refuses
run new a.xml.gz
[ "$(id -u)" -ne 0 ] || ! command -v setpriv >/dev/null || { chmod 777 . .. ../..; cp "$MONSHIN" p; chmod 755 p; chown -R 65534 .; }
if [ "$(id -u)" -eq 0 ] && [ -x p ]; then
    # The folder is closed while the program waits for its second answer.
    mkfifo in && chmod 666 in
    setpriv --reuid 65534 --regid 65534 --clear-groups ./p ask a.xml.gz <in >../out 2>../err &
    pid=$!
    exec 9>in
    echo 3 >&9
    for _ in 1 2 3 4 5 6 7 8 9 10; do grep -q 'saved #2' ../out && break; sleep 0.2; done
    chmod 555 .
    echo 4 >&9
    for _ in $(seq 50); do grep -q 'NOT SAVED' ../out && break; sleep 0.2; done
    exec 9>&-
    wait $pid; rc=$?
    chmod 755 .
    ran='ask in a closed folder'
    status 3; out_has 'NOT SAVED'; out_lacks 'saved #3'
else
    echo 'skipped: who is not root cannot become somebody else here'
fi

begin ask__complains__when_the_file_is_not_there_or_open_elsewhere
type_into "3${LF}" ask nowhere.xml.gz; status 3; err_one_line
type_into "3${LF}" ask; status 2; err_one_line

begin ask__comes_by_itself__when_there_is_no_screen
run new a.xml.gz
type_into "3${LF}" a.xml.gz; status 0; out_has '1-1: 3 Done. saved #2'
type_into "q${LF}"; status 3; err_one_line; err_has 'monshin ask FILE'
type_into "3${LF}" a.xml.gz --read-only; status 3; err_one_line

finish
