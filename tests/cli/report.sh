# report: the HTML file, and in a real browser where there is one.
. tests/cli/lib.sh

# A file as a plant would have it: notes, a step with an owner, not applicable, unknown.
sample() {
    cp "$ROOT/tests/data/example.xml" a.xml
    # shellcheck disable=SC2046
    run set a.xml $(all_at 2)
    run set a.xml 1-1=4 2-6=3 '2-7=na:<b>none</b>' 3-3=unknown --note 'seen & "noted" <script>document.title="bad"</script>'
}

begin report__is_one_well_formed_file__in_both_languages
sample
for lang in ja en; do
    run report a.xml -o $lang.html --lang $lang; status 0; err_none
    # It is also XML: strict about nesting and quotes.
    xmllint --noout $lang.html 2>../xmlerr || bad "$lang: $(cat ../xmlerr)"
    [ "$(xmllint --xpath 'string(/html/@lang)' $lang.html)" = $lang ] || bad "$lang: lang"
    [ "$(xmllint --xpath 'count(//script|//link|//img|//iframe|//@src|//@href)' $lang.html)" = 0 ] || bad "$lang: refers to something"
    [ "$(xmllint --xpath 'count(//h1)' $lang.html)" = 1 ] || bad "$lang: h1"
    [ "$(xmllint --xpath 'count(//th[not(@scope)])' $lang.html)" = 0 ] || bad "$lang: a th without scope"
done
grep -q '総評' ja.html || bad 'not Japanese'

begin report__replaces_nothing_unasked
sample
run report a.xml; status 2; err_one_line; err_has '-o'
run report a.xml -o a.html; status 0
run report a.xml -o a.html; status 3; err_one_line; err_has '--force'
run report a.xml -o a.html --force; status 0
run report a.xml -o a.xml --force; status 2; err_one_line
[ "$(stat -c %a a.html)" = 600 ] || bad 'others can read it'

begin report__shows_the_site_beside_others__with_a_benchmark
sample
cat >b.xml <<'XML'
<benchmark xmlns="urn:monshin:benchmark:1" checklist="meti-factory" version="1.0" date="2026-11-20" sites="12">
  <overall n="12" q1="30.1" median="55.2" q3="70.3"/>
  <section id="people" n="12" q1="30.0" median="50.0" q3="70.0"/><section id="process" n="12" q1="30.0" median="50.0" q3="70.0"/>
  <section id="technology" n="12" q1="30.0" median="50.0" q3="70.0"/><section id="scm" n="12" q1="30.0" median="50.0" q3="70.0"/>
  <item id="1-1" n="12" q1="2.0" median="3.0" q3="3.5"/><item id="2-6" n="12" q1="3.5" median="4.0" q3="5.0"/>
</benchmark>
XML
run report a.xml -o plain.html --lang en; status 0
! grep -q 'Beside other sites' plain.html || bad 'a benchmark out of nowhere'
run report a.xml -o r.html --lang en --benchmark b.xml; status 0; err_none
xmllint --noout r.html 2>../xmlerr || bad "$(cat ../xmlerr)"
row() { xmllint --xpath "normalize-space(//table[caption='$1']//tr[th[starts-with(., '$2')]])" r.html; }
case $(row 'Scores beside other sites' Overall) in *30.1*55.2*70.3*12*) ;; *) bad "overall: $(row 'Scores beside other sites' Overall)" ;; esac
case $(row 'Levels beside other sites' '1-1 ') in *4.0*2.0*3.0*3.5*12*highest*) ;; *) bad "1-1: $(row 'Levels beside other sites' '1-1 ')" ;; esac
case $(row 'Levels beside other sites' '2-6 ') in *3.0*3.5*4.0*5.0*12*lowest*) ;; *) bad "2-6: $(row 'Levels beside other sites' '2-6 ')" ;; esac
[ "$(xmllint --xpath 'count(//*[local-name()="svg"]//*[local-name()="path"])' r.html)" -ge 1 ] || bad 'no band on the radar'
run report a.xml -o r2.html --benchmark a.xml; status 3; err_one_line
run report a.xml -o r2.html --benchmark nowhere.xml; status 3; err_one_line
sed 's/meti-factory/workshop-hygiene/' b.xml >other.xml
run report a.xml -o r2.html --benchmark other.xml; status 3; err_one_line; err_has "workshop-hygiene"
run report --checklist "$ROOT/tests/data/tiny/checklist.xml" a.xml -o r2.html --benchmark other.xml; status 1; err_one_line; err_has 'another checklist'
[ ! -e r2.html ] || bad 'a report was written'

begin report__has_the_plan_by_quarter__and_what_has_happened
run demo --into d --lang en; status 0
gunzip -c d/osaka-2.xml.gz >d.xml
run report d.xml -o r.html --lang en; status 0; err_none
xmllint --noout r.html 2>../xmlerr || bad "$(cat ../xmlerr)"
planned=$(xmllint --xpath 'count(//*[local-name()="action"][@status="open" or @status="doing"])' d.xml)
table='//table[starts-with(caption, "What is planned")]'
rows=$(xmllint --xpath "count($table/tbody/tr)" r.html)
[ "$(xmllint --xpath "sum($table/tbody/tr[position() < $rows]/td[1])" r.html)" = "$planned" ] || bad 'the quarters do not have all steps'
[ "$(xmllint --xpath "string($table/tbody/tr[last()]/td[1])" r.html)" = "$planned" ] || bad "not $planned in all"
[ "$(xmllint --xpath "sum($table/tbody/tr[position() < $rows]/td[5])" r.html)" = "$(xmllint --xpath "string($table/tbody/tr[last()]/td[5])" r.html)" ] || bad 'line stops'
lines=$(grep -cE '^( *<history>)?20[0-9T:+-]+ (open|doing|done|dropped)' d.xml)
table='//table[starts-with(caption, "Changes of status")]'
[ "$(xmllint --xpath "count($table/tbody/tr)" r.html)" = "$lines" ] || bad "not $lines events"
xmllint --xpath "$table/tbody/tr/td[1]" r.html | grep -o '20[0-9-]*' >dates
sort -r dates | cmp -s - dates || bad 'not the newest first'
# Without anything decided there is neither.
run report "$ROOT/tests/data/example.xml" -o e.html --lang en
! grep -q 'What has happened' e.html || [ "$(grep -c '<history>' "$ROOT/tests/data/example.xml")" -gt 0 ] || bad 'events out of nowhere'

begin report__is_shown_and_printed_by_a_browser
browser=
for b in chromium chromium-browser google-chrome; do
    command -v $b >/dev/null 2>&1 && browser=$b && break
done
if [ -z "$browser" ]; then
    echo "notice: no Chromium here: the report was not tried in a browser"
else
    sample
    run report a.xml -o a.html --lang ja
    browse() {
        timeout 100 "$browser" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
            --disable-component-update --disable-sync --user-data-dir="$PWD/profile" "$@" "file://$PWD/a.html" 2>../browser
    }
    browse --dump-dom >dom.html || bad "$(cat ../browser)"
    grep -q '<title>工場セキュリティ診断書：大阪第二工場</title>' dom.html || bad 'the title is not there, or a note has changed it'
    # The page has been laid out: what stood in a note is text in it.
    grep -q '&lt;script&gt;document.title' dom.html || bad 'the note is not there as text'
    browse --screenshot=a.png --window-size=1000,1400 || bad "$(cat ../browser)"
    [ "$(wc -c <a.png)" -gt 50000 ] || bad 'the picture is empty'
    browse --no-pdf-header-footer --print-to-pdf=a.pdf || bad "$(cat ../browser)"
    head -c 5 a.pdf | grep -q '%PDF-' || bad 'no PDF'
    if command -v pdfinfo >/dev/null 2>&1; then
        pdfinfo a.pdf | grep -q 'A4' || bad "not A4: $(pdfinfo a.pdf)"
        # Page 1 is the executive's: the sections begin on a page of their own.
        pdftotext -f 1 -l 1 -enc UTF-8 a.pdf - | grep -q '目標までの費用' || bad 'page 1 does not hold what it should'
        pdftotext -f 2 -l 2 -enc UTF-8 a.pdf - | grep -q 'カテゴリと項目' || bad 'the sections do not begin on page 2'
        # So is that of the example, which has much to say, in the longer of the languages: down to the sum of the costs.
        run demo --lang en --into seen
        run report seen/osaka-2.xml.gz -o a.html --lang en --force
        browse --no-pdf-header-footer --print-to-pdf=a.pdf || bad "$(cat ../browser)"
        pdftotext -f 1 -l 1 -enc UTF-8 a.pdf - | grep -q 'in all' || bad 'the costs do not end on page 1'
    fi
fi

finish
