# rollup --format html: the page for the board says what the tables say, and holds in a real browser.
. tests/cli/lib.sh

# $1 file, $2 site id, $3 level of all items; then options of new.
plant() {
    plant_file=$1 plant_id=$2 plant_level=$3
    shift 3
    run new "$plant_file" --site-id "$plant_id" --company Example --site "Plant $plant_id" "$@"
    # shellcheck disable=SC2046
    [ "$plant_level" = - ] || run set "$plant_file" $(all_at "$plant_level")
}
# The cells of the rows that a step of XPath from the tables leads to, each after a |, without elements.
cells() { xmllint --xpath "$2" "$1" 2>/dev/null | tr -d '\n' | sed 's|</*t[hd][^>]*>|\x01|g; s|<[^>]*>||g; s|\x01\x01*|\x01|g' | tr '\001' '|' | sed 's/&#x2013;/–/g'; }
# Of the row with this head in the table with this caption.
row() { cells "$1" "//table[starts-with(caption, '$2')]/tbody/tr[normalize-space(th) = '$3']/*"; }
# Of the rows with this word in the head.
rows_of() { cells "$1" "//table[starts-with(caption, '$2')]/tbody/tr[contains(th, '$3')]/*"; }
is() { [ "$2" = "$3" ] || bad "$1: \"$2\", not \"$3\""; }

begin board__is_one_well_formed_page__in_both_languages
run demo --fleet --into plants; status 0
for lang in ja en; do
    run rollup plants --format html -o $lang.html --lang $lang; status 1
    xmllint --noout $lang.html 2>../xmlerr || bad "$lang: $(cat ../xmlerr)"
    is lang "$(xmllint --xpath 'string(/html/@lang)' $lang.html)" $lang
    is 'refers to something' "$(xmllint --xpath 'count(//script|//link|//img|//iframe|//@src|//@href)' $lang.html)" 0
    is h1 "$(xmllint --xpath 'count(//h1)' $lang.html)" 1
    is 'a th without scope' "$(xmllint --xpath 'count(//th[not(@scope)])' $lang.html)" 0
    is 'a table without caption' "$(xmllint --xpath 'count(//table[not(caption)])' $lang.html)" 0
    is 'a table without a head' "$(xmllint --xpath 'count(//table[not(thead)])' $lang.html)" 0
done
grep -q '評価の分布' ja.html || bad 'not Japanese'

begin board__says_what_the_tables_say
run demo --fleet --into plants
run rollup plants --format html -o b.html --lang en; status 1
# Every site: grade, score and sections of the CSV, in the table of the sites.
run rollup plants --format csv
tr -d '\r' <../out | tail -n +2 | sed 's/"[^"]*"/quoted/g' >sites.csv
n=0
while IFS=, read -r id _ _ _ _ _ answered total score grade people process technology scm _; do
    n=$((n + 1))
    got=$(rows_of b.html 'Grades and scores' "$id" | tr -d '~' | sed 's/[A-D] by score: [^|]*//')
    want="|$answered / $total|$grade $score|"
    for part in $people $process $technology $scm; do
        want="$want[A-D] $part|"
    done
    printf %s "$got" | grep -q -- "$want\$" || [ -z "$score" ] || bad "$id: \"$got\" does not end in \"$want\""
done <sites.csv
[ "$n" -ge 10 ] || bad "only $n sites"
is sites "$(xmllint --xpath "count(//table[starts-with(caption, 'Grades and scores')]/tbody/tr)" b.html)" "$n"
is tiles "$(xmllint --xpath 'count(//ul[@class="tiles"]/li)' b.html)" "$n"
# How the grades are spread.
run rollup plants --rows grades --format csv
tr -d '\r' <../out | tail -n +2 | while IFS=, read -r grade sites; do
    [ -z "$grade" ] || case $(row b.html 'Sites by grade' "$grade") in "|$grade|$sites|"*) ;; *) bad "$grade: $(row b.html 'Sites by grade' "$grade"), not $sites" ;; esac
done
# Common gaps, all of them.
run rollup plants --rows common --format csv --lang en
tr -d '\r' <../out | tail -n +2 >common.csv
while IFS=, read -r item _ _ fix applicable below open mean _; do
    words='at each plant'
    [ "$fix" = hq ] && words='once at headquarters'
    got=$(row b.html 'All items, those' "$item")
    case $got in *"|$words|$applicable|$below|$open|$mean|") ;; *) bad "$item: \"$got\" is not $fix $applicable $below $open $mean" ;; esac
done <common.csv
# Every answer of the heat map.
run rollup plants --rows answers --format csv
tr -d '\r' <../out | tail -n +2 >answers.csv
for id in $(cut -d, -f1 sites.csv); do
    want=$(grep "^$id," answers.csv | while IFS=, read -r _ _ _ state level _; do
        case $state in level) printf %s "$level" ;; unknown) printf '?' ;; na) printf x ;; *) printf . ;; esac
    done)
    got=$(xmllint --xpath "//table[@class='heat']/tbody/tr[contains(th, '$id')]/td" b.html | sed 's/<[^>]*>//g' | tr -d '\n')
    is "answers of $id" "$got" "$want"
done
# Each file has one line.
is files "$(xmllint --xpath "count(//table[starts-with(caption, 'taken ')]/tbody/tr)" b.html)" "$(find plants -name '*.xml.gz' | wc -l)"

begin board__says_who_is_held_back__and_by_which_checklist
plant a.xml.gz jp-1 4
plant b.xml.gz jp-2 5 --edition public-2023
run set b.xml.gz 1-3=1 3-7=2; status 0
plant c.xml.gz jp-3 5
run set c.xml.gz 1-3=1; status 0
plant d.xml.gz jp-4 1
run rollup . --format html -o b.html --lang en; status 0
is A "$(row b.html 'Sites by grade' A)" '|A|1|3|25.0 %|'
is B "$(row b.html 'Sites by grade' B)" '|B|0|0|0.0 %|'
is C "$(row b.html 'Sites by grade' C)" '|C|2|0|50.0 %|'
grep -q 'Held back below their score: 2 of 4 sites, by 1-3 Named owner of plant security (2)' b.html || bad "held: $(grep 'Held back' b.html)"
case $(rows_of b.html 'Grades and scores' jp-3) in *'A by score: 1-3|'*) ;; *) bad "c: $(rows_of b.html 'Grades and scores' jp-3)" ;; esac
case $(rows_of b.html 'Grades and scores' jp-1) in *'by score'*) bad 'a is held back by nothing' ;; *'jp-1, Example, draft-2022-04|'*) ;; *) bad 'whose words' ;; esac
grep -q 'Checklist: METI factory security guideline, Appendix E checklist (meti-factory [0-9.]*). Editions: .*(draft-2022-04): sites 3, .*(public-2023): sites 1' b.html ||
    bad "$(grep 'Checklist:' b.html)"
run rollup a.xml.gz --format html -o one.html --lang en; status 0
grep -q 'Held back' one.html && bad 'nobody is held back'
case $(rows_of one.html 'Grades and scores' jp-1) in *draft-2022-04*) bad 'one edition needs no word at each site' ;; esac

begin board__adds_up_the_costs_of_the_plans__by_year
plant none.xml.gz jp-9 2
next=$(($(date +%Y) + 1))
sed "s/due=\"2026-12-25\"/due=\"$next-03-31\"/; s/effort-days=\"5\" cost-jpy=\"0\"/effort-days=\"5\" cost-jpy=\"1234000\" run-jpy=\"56000\"/" "$ROOT/tests/data/example.xml" >a.xml
grep -q 1234000 a.xml || bad 'the sample has changed'
run rollup . --format html -o b.html --lang en; status 0
is 'year' "$(row b.html 'Actions that are open or being done (' $next)" "|$next|1|5 days|1,234,000 yen|56,000 yen|56,000 yen|"
is 'in all' "$(row b.html 'Actions that are open or being done (' 'in all')" "|in all|1|5 days|1,234,000 yen|56,000 yen|–|"
grep -q 'Sites with a plan: 1. Sites without one, whose cost is not known and not in these figures: 1.' b.html || bad 'who has no plan'
case $(row b.html 'Actions that are open or being done, whose' 'Plant jp-9') in *'no plan yet: cost not known|') ;; *) bad 'a cost was guessed' ;; esac

begin board__shows_the_trend__since_files_and_since_a_table
mkdir then now
plant then/a.xml.gz jp-1 2
plant then/b.xml.gz jp-2 3
plant then/gone.xml.gz jp-3 3
run rollup then --format xml -o then.xml; status 0
cp then/a.xml.gz then/b.xml.gz now
# shellcheck disable=SC2046
run set now/a.xml.gz $(all_at 3)
plant now/new.xml.gz jp-4 4
for since in then then.xml; do
    run rollup now --format html --since $since -o b.html --force --lang en; status 0
    grep -q 'Grade better: 1, worse: 0, the same: 1. New sites: 1, gone: 1.' b.html || bad "$since: $(grep 'Grade better' b.html)"
    is "$since overall" "$(row b.html 'Sites that can be compared: 2' Overall)" '|Overall|50.0|60.0|▲ +10.0|'
    got=$(rows_of b.html 'Sites that can be compared, the best' 'Plant jp-1')
    case $got in *'|C|40.0|'*'|B|60.0|▲ +20.0|') ;; *) bad "$since: $got" ;; esac
    grep -q 'Sites that are no longer there: Plant jp-3 (jp-3)' b.html || bad "$since: gone"
    grep -q 'New sites: Plant jp-4 (jp-4)' b.html || bad "$since: new"
done
echo '<sites><row><site_id>jp-1</site_id><score>1000.0</score></row></sites>' >bad.xml
run rollup now --format html --since bad.xml -o no.html; status 3; err_has 'bad.xml'
run rollup now --format html --since nowhere -o no.html; status 3; err_has 'nowhere'
[ ! -e no.html ] || bad 'a page was written'

begin board__shows_the_trend__since_the_round_before
mkdir plants
cp "$ROOT/tests/data/example.xml" plants/a.xml
plant plants/b.xml.gz jp-7 3
run rollup plants --format html -o b.html --lang en; status 0
grep -q 'Trend since the round before' b.html || bad 'no trend'
is comparable "$(xmllint --xpath "count(//table[starts-with(caption, 'Sites that can be compared, the best')]/tbody/tr)" b.html)" \
    "$(($(grep -c '<round ' plants/a.xml) > 1 ? 1 : 0))"

begin board__names_what_was_rejected__and_escapes_what_is_foreign
mkdir plants
plant plants/a.xml.gz '<b>id' 3 --country '<i>'
run set plants/a.xml.gz 1-1=3
echo rubbish >'plants/<script>alert(1)<.xml'
run rollup plants --format html -o b.html --lang en; status 1
xmllint --noout b.html 2>../xmlerr || bad "$(cat ../xmlerr)"
is 'elements of others' "$(xmllint --xpath 'count(//script|//b|//i)' b.html)" 0
case $(xmllint --xpath "normalize-space(//tr[starts-with(th, 'plants/<script>')])" b.html) in *rejected*) ;; *) bad 'the rejected file has no line' ;; esac
mkdir none
run rollup none --format html -o none.html; status 0
xmllint --noout none.html 2>../xmlerr || bad "$(cat ../xmlerr)"

begin board__is_complained_about__when_asked_wrongly
plant a.xml.gz jp-1 3
run rollup a.xml.gz --format html; status 2; err_one_line; err_has '-o'
run rollup a.xml.gz --format html --rows answers -o b.html; status 2; err_one_line; err_has '--rows'
run rollup a.xml.gz --since a.xml.gz; status 2; err_one_line; err_has '--format html'
run show a.xml.gz --format html -o b.html; status 2; err_one_line
run rollup a.xml.gz --format html -o b.html; status 0
run rollup a.xml.gz --format html -o b.html; status 3; err_has '--force'

begin board__is_shown_and_printed_by_a_browser
browser=
for b in chromium chromium-browser google-chrome; do
    command -v $b >/dev/null 2>&1 && browser=$b && break
done
if [ -z "$browser" ]; then
    echo "notice: no Chromium here: the page for the board was not tried in a browser"
else
    run demo --fleet --into plants
    run rollup plants --format html -o b.html --lang ja
    browse() {
        timeout 100 "$browser" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
            --disable-component-update --disable-sync --user-data-dir="$PWD/profile" "$@" "file://$PWD/b.html" 2>../browser
    }
    browse --screenshot=b.png --window-size=1000,1400 || bad "$(cat ../browser)"
    [ "$(wc -c <b.png)" -gt 50000 ] || bad 'the picture is empty'
    browse --no-pdf-header-footer --print-to-pdf=b.pdf || bad "$(cat ../browser)"
    head -c 5 b.pdf | grep -q '%PDF-' || bad 'no PDF'
    if command -v pdfinfo >/dev/null 2>&1; then
        pdfinfo b.pdf | grep -q 'A4' || bad "not A4: $(pdfinfo b.pdf)"
        # Page 1 is the board's, all of it; the tables begin on page 2.
        pdftotext -f 1 -l 1 -enc UTF-8 b.pdf - | grep -q '採用した計画の年別費用' || bad 'page 1 does not hold what it should'
        pdftotext -f 2 -l 2 -enc UTF-8 b.pdf - | grep -q '拠点とカテゴリ' || bad 'the tables do not begin on page 2'
    fi
fi

finish
