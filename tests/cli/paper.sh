# The questionnaire on paper, and typing it in.
. tests/cli/lib.sh

type_into() {
    typed=$1
    shift
    ran="monshin $* <<$typed"
    printf '%s' "$typed" | "$MONSHIN" "$@" >../out 2>../err
    rc=$?
}
answers() { "$MONSHIN" show a.xml.gz --format csv --lang en | tr -d '\r' | tail -n +2 | cut -d, -f1,3-5; }
answer_is() { answers | grep -qxF -- "$1" || bad "$ran: no answer \"$1\": $(answers | head -n 8)"; }
ROWS="32411${LF}1234512345123${LF}33333333${LF}222222${LF}"

begin print__has_every_item_and_every_level_as_a_box__on_79_columns
for lang in en ja; do
    run print --blank --lang $lang; status 0; err_none
    [ "$(grep -c '^     \[ \] [1-5] ' ../out)" -eq 160 ] || bad "$lang: not five levels of 32 items"
    [ "$(grep -c '^     \[ \] x ' ../out)" -eq 32 ] || bad "$lang: not applicable is missing"
    [ "$(grep -o '\[_\]' ../out | wc -l)" -eq 32 ] || bad "$lang: the row of figures is not whole"
    [ "$(LC_ALL=C.UTF-8 wc -L <../out)" -le 79 ] || bad "$lang: a line is wider than 79 columns"
done
run print --blank --lang ja; out_lacks 'Ask'; out_lacks 'Note'; out_lacks 'unknown'
run print --blank --edition public-2023 --lang ja; status 0; cp ../out other; run print --blank --lang ja; ! cmp -s other ../out || bad 'the edition changes nothing'

begin print__ticks_the_answers_that_are_there
run new a.xml.gz --site Osaka
run set a.xml.gz 1-1=3 1-2=unknown '1-3=na:no <b>owner</b>' --basis examine --note "it's \"so\" & so"
run print a.xml.gz; status 0
[ "$(grep -c '\[x\]' ../out)" -eq 6 ] || bad 'not three answers and their basis'
out_has '[x] 3 Done'; out_has '[x] x not applicable, because: no <b>owner'; out_has '[x] examine'; out_has "Note: it's"; out_has Osaka
run print a.xml.gz --format html -o a.html; status 0
xmllint --noout a.html 2>../err || bad "not well-formed: $(cat ../err)"
[ "$(grep -o '<span class="tick">x</span>' a.html | wc -l)" -eq 6 ] || bad 'not the same boxes in HTML'
grep -q 'no &lt;b&gt;owner' a.html || bad 'a reason is not escaped'
! grep -q 'http-equiv="refresh"\|<script\|src=' a.html || bad 'something runs or is fetched'

begin print__makes_html_in_both_languages
for lang in en ja; do
    run print --blank --lang $lang --format html; status 0; cp ../out p.html
    xmllint --noout p.html || bad "$lang: not well-formed"
    [ "$(grep -c '<li[^>]*><span class="tick">' p.html)" -eq 224 ] || bad "$lang: not seven boxes for each of 32 items"
    grep -q "<html lang=\"$lang\">" p.html || bad "$lang: another language"
done

begin print__complains__about_what_it_cannot_print
run print; status 2; err_one_line; err_has '--blank'
run new a.xml.gz
run print a.xml.gz --blank; status 2; err_one_line
run print a.xml.gz --format csv; status 2; err_one_line
run print --blank --checklist nothing; status 2; err_one_line
run print nowhere.xml.gz; status 3; err_one_line
run print --blank --checklist "$ROOT/tests/data/tiny/checklist.xml"; status 0; out_has 'tools[_] labels[_] floor[_]'

begin enter__records_rows_of_figures__when_confirmed
run new a.xml.gz
type_into "${ROWS}y${LF}" enter a.xml.gz --basis examine; status 0; err_none
keys=$(printf '%sy\n' "$ROWS" | wc -c)
echo "figure: enter: $keys keys for 32 answers"
[ "$keys" -le 60 ] || bad 'that is not typed in two minutes'
out_has '1-1=3  1-2=2'; out_has 'Levels 32, unknown 0, not applicable 0, left as they are 0.'; out_has 'saved #2'; out_has 'Grade '
answer_is '1-1,level,3,examine'; answer_is '2-13,level,3,examine'; answer_is '4-6,level,2,examine'

begin enter__takes_all_signs__as_people_type_them
run new a.xml.gz
run set a.xml.gz 1-5=4 2-1=2
type_into "３ ０，ｘ 1ー${LF}担当なし${LF}${LF}1,2,3,4,5,-,-,-${LF}X11111${LF}${LF}no vendor${LF}y${LF}" enter a.xml.gz; status 0
answer_is '1-1,level,3,'; answer_is '1-2,unknown,,'; answer_is '1-3,na,,'; answer_is '1-4,level,1,'; answer_is '1-5,level,4,'
answer_is '2-1,level,2,'; answer_is '3-5,level,5,'; answer_is '3-6,unanswered,,'; answer_is '4-1,na,,'
run show a.xml.gz; out_has '担当なし'; out_has 'no vendor'

begin enter__asks_again__when_a_row_is_wrong
run new a.xml.gz
type_into "3241${LF}324111${LF}3241a${LF}32416${LF}${ROWS}y${LF}" enter a.xml.gz; status 0
out_has '4 signs for 5 items'; out_has '6 signs for 5 items'; out_has 'Place 5 is none of'
answer_is '1-5,level,1,'

begin enter__shows_what_it_would_replace__and_corrects
run new a.xml.gz
run set a.xml.gz 1-1=5 2-6=4
type_into "${ROWS}2-6=1${LF}wat${LF}9-9=1${LF}1-1=-${LF}1-2=x${LF}nobody${LF}Y${LF}" enter a.xml.gz; status 0
out_has 'will be replaced: 1-1 2-6'; out_has 'Levels 30, unknown 0, not applicable 1, left as they are 1.'
answer_is '1-1,level,5,'; answer_is '2-6,level,1,'; answer_is '1-2,na,,'

begin enter__records_nothing__without_a_yes
run new a.xml.gz
for end in "n${LF}" ''; do
    type_into "$ROWS$end" enter a.xml.gz
    [ "$rc" -ne 0 ] || bad "$ran: exit status 0"
    answer_is '1-1,unanswered,,'
done
type_into "${ROWS}n${LF}" enter a.xml.gz; status 1; out_has 'Nothing is recorded.'
type_into "324" enter a.xml.gz; status 2; err_has 'nothing is recorded'
run check a.xml.gz; out_has '#1'

begin enter__speaks_japanese
run new a.xml.gz
type_into "${ROWS}はい${LF}" enter a.xml.gz --lang ja; status 0; out_has '組織'; out_has '保存済 #2'; out_lacks 'Record'; out_lacks 'Levels'
[ "$(LC_ALL=C.UTF-8 wc -L <../out)" -le 79 ] || bad 'a line is wider than 79 columns'

finish
