# --format xlsx: what stands in the workbook.
. tests/cli/lib.sh

# The parts of the workbook $1 as one text.
parts() {
    unzip -tq "$1" >/dev/null || bad "$1 is damaged"
    rm -rf parts && unzip -q "$1" -d parts
    find parts -type f -exec xmllint --noout {} + 2>../xmlerr || bad "$1: $(cat ../xmlerr)"
    cat parts/xl/worksheets/sheet1.xml parts/xl/sharedStrings.xml parts/xl/workbook.xml
}
in_book() { grep -qF -- "$1" book || bad "the workbook lacks $1"; }

begin xlsx__has_typed_cells_filters_and_a_frozen_header
run new a.xml.gz --site Osaka
run set a.xml.gz 1-1=3 1-2=1 --note '=1+1 & <b>'
for lang in en ja; do
    run show a.xml.gz --format xlsx -o $lang.xlsx --lang $lang; status 0; err_none
    parts $lang.xlsx >book
    in_book 'state="frozen"'; in_book '<autoFilter'; in_book '<conditionalFormatting'
    # A level is a number; an id and a note are text, and nothing is a formula.
    in_book '><v>3</v></c>'; in_book '<t>1-1</t>'; in_book '<t>=1+1 &amp; &lt;b&gt;</t>'
    ! grep -qE '<f[ >]' book || bad 'a formula'
done
in_book '達成度'
[ "$(stat -c %a ja.xlsx)" = 600 ] || bad 'others can read it'

begin xlsx__is_there__for_gaps_and_plan_and_rollup
run new a.xml.gz --site Osaka
run gaps a.xml.gz --format xlsx -o gaps.xlsx --lang ja; status 0; parts gaps.xlsx >book; in_book '何をするか'; in_book '<v>1</v>'
run plan a.xml.gz --format xlsx -o plan.xlsx; status 0; err_has 'proven best'; parts plan.xlsx >book; in_book '<t>Person-days</t>'
for rows in sites answers gaps; do
    run rollup a.xml.gz --rows $rows --format xlsx -o r-$rows.xlsx; status 0; parts r-$rows.xlsx >book; in_book '<autoFilter'
done

begin xlsx__says_its_words_in_the_language_of_the_reader
run new a.xml.gz --site Osaka
run set a.xml.gz 1-1=3 --basis examine
run set a.xml.gz 2-7='na:none here'
run show a.xml.gz --format xlsx -o s.xlsx --lang ja; parts s.xlsx >book
in_book '<t>文書確認</t>'; in_book '<t>対象外</t>'; in_book '<t>未回答</t>'; in_book '<t>運用</t>'
for word in examine na unanswered process; do ! grep -qF "<t>$word</t>" book || bad "$word is not said in Japanese"; done
run gaps a.xml.gz --format xlsx -o g.xlsx --lang ja; parts g.xlsx >book
for word in now next later yes no open people; do ! grep -qF "<t>$word</t>" book || bad "$word is not said in Japanese"; done
# Programs read the same words as ever.
run show a.xml.gz --format csv --lang ja; out_has 'level,3,examine'

begin xlsx__is_refused__where_it_cannot_be
run new a.xml.gz
run show a.xml.gz --format xlsx; status 2; err_one_line; err_has '-o'
run grade a.xml.gz --format xlsx -o g.xlsx; status 2; err_one_line; err_has 'xlsx'
run show a.xml.gz --format xlsx -o a.xlsx; run show a.xml.gz --format xlsx -o a.xlsx; status 3; err_one_line
TMPDIR=/nowhere run show a.xml.gz --format xlsx -o b.xlsx; status 3; err_one_line

finish
