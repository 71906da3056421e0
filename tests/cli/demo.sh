# The built-in example as files: sound, plausible, in both languages, of today.
. tests/cli/lib.sh

begin demo__puts_files_that_are_sound__into_a_new_folder
for lang in ja en; do
    run demo --into one-$lang --lang $lang; status 0; err_none; out_is "one-$lang/osaka-2.xml.gz"
    run demo --fleet --into all-$lang --lang $lang; status 0; err_none
    [ "$(wc -l <../out)" -eq 13 ] || bad "$(wc -l <../out) files"
    run check all-$lang/*.xml.gz --format csv; status 1
    [ "$(grep -c ',ok,' ../out)" -eq 12 ] || bad "not twelve sound files: $(cat ../out)"
    for f in all-$lang/*.xml.gz; do
        case $f in */nagano-1*) continue ;; esac
        zcat "$f" | xmllint --noout --schema "$ROOT/checklists/assessment.xsd" - 2>../err || bad "$f: $(cat ../err)"
        ! zcat "$f" | grep -n '\[\[\|\]\]' || bad "$f: a text in two languages"
    done
done
run demo --into one-en; status 3; err_one_line; err_has 'one-en'
! zcat one-en/osaka-2.xml.gz | LC_ALL=C grep -n '[^ -~]' || bad 'English that is not plain'

begin demo__is_fictitious__and_says_so_wherever_it_goes
run demo --into x --lang en
run report x/osaka-2.xml.gz -o r.html --lang en; status 0; grep -q 'Example Seiki, fictitious' r.html && grep -q 'class="warn">An example' r.html || bad 'the report does not say so'
run export x/osaka-2.xml.gz -o e.xml; status 0; grep -q 'fictitious' e.xml && grep -q 'example="true"' e.xml || bad 'the export does not say so'
run demo --into y --lang ja
run report y/osaka-2.xml.gz -o j.html --lang ja; grep -q '例示精機・架空の会社' j.html && grep -q '説明用の例です' j.html || bad 'the Japanese report does not say so'

begin demo__has_something_for_every_screen_to_show
run demo --fleet --into x --lang en
run grade x/osaka-2.xml.gz --format csv; grep -q '^overall,60.7,C,B,C,C,31,31,32,key:3-7' ../out || bad "the story has changed: $(sed -n 2p ../out)"
run gaps x/osaka-2.xml.gz --format csv
for state in doing open; do grep -q ",$state," ../out || bad "no action that is $state"; done
run compare x/osaka-2.xml.gz; status 0
run rollup x --rows grades --format csv; status 1
for g in B C D; do [ "$(sed -n "s/^$g,//p" ../out | tr -d '\r')" -ge 3 ] || bad "too few $g: $(cat ../out)"; done
run rollup x --model jp-nagoya-1 --format csv; [ "$(wc -l <../out)" -gt 20 ] || bad 'nothing to roll out'
run rollup x --rows answers --format csv; for s in unknown na unanswered; do grep -q ",$s," ../out || bad "no answer is $s"; done

begin demo__is_of_today__whenever_that_is
run demo --into x
newest=$(zcat x/osaka-2.xml.gz | grep -o 'modified="[^"T]*' | cut -d'"' -f2)
[ "$newest" = "$(date -d yesterday +%Y-%m-%d)" ] || [ "$newest" = "$(date -d '2 days ago' +%Y-%m-%d)" ] || bad "saved on $newest"

begin demo__needs_a_place__and_a_terminal
TMPDIR=$PWD/nowhere run demo; status 3; err_one_line; err_has nowhere
mkdir tmp
TMPDIR=$PWD/tmp run demo; status 3; err_has terminal
[ -z "$(ls tmp)" ] || bad "left behind: $(ls tmp)"

finish
