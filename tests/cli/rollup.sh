# rollup: many files as one table, every file with one outcome.
. tests/cli/lib.sh
SITES=site_id,company,site,country,round,date,answered,total,score,grade,people,process,technology,scm,file
HEAD_ANSWERS=site_id,round,item,state,level,basis

# $1 file, $2 site id, $3 level of all items; then options of new.
plant() {
    plant_file=$1 plant_id=$2 plant_level=$3
    shift 3
    run new "$plant_file" --site-id "$plant_id" --company Example --site "Plant $plant_id" "$@"
    # shellcheck disable=SC2046
    [ "$plant_level" = - ] || run set "$plant_file" $(all_at "$plant_level")
}

begin rollup__has_a_row_a_site__in_order_of_id
mkdir -p sticks/b sticks/a
plant sticks/a/one.xml.gz jp-2 3
plant sticks/b/two.xml.gz jp-1 2 --country TH
plant sticks/b/empty.xml jp-3 -
run rollup sticks --format csv; status 0
line_is 1 "$SITES"
today=$(date +%Y-%m-%d)
line_is 2 "jp-1,Example,Plant jp-1,TH,1,$today,32,32,40.0,C,40.0,40.0,40.0,40.0,sticks/b/two.xml.gz"
line_is 3 "jp-2,Example,Plant jp-2,JP,1,$today,32,32,60.0,B,60.0,60.0,60.0,60.0,sticks/a/one.xml.gz"
line_is 4 "jp-3,Example,Plant jp-3,JP,1,$today,0,32,,,,,,,sticks/b/empty.xml"
err_has 'files 3: taken 3, older 0, duplicate 0, conflict 0, rejected 0'
run rollup sticks --format xml; status 0; xml_good; out_has '<site_id>jp-1</site_id>'
run rollup sticks; status 0; out_has 'jp-3'
run rollup sticks --lang ja; status 0; out_has '拠点ID'; err_has '採用 3'

begin answers__have_a_row_an_item__of_the_newest_round
plant a.xml.gz jp-1 3
run set a.xml.gz 1-1=unknown 2-7=na:none 3-1=-
run set a.xml.gz 1-2=4 --basis test
run rollup . --rows answers --format csv; status 0
line_is 1 "$HEAD_ANSWERS"
line_is 2 'jp-1,1,1-1,unknown,,'
line_is 3 'jp-1,1,1-2,level,4,test'
[ "$(wc -l <../out)" -eq 33 ] || bad "$(wc -l <../out) lines"
grep -q '^jp-1,1,2-7,na,,' ../out || bad 'no row of 2-7'
grep -q '^jp-1,1,3-1,unanswered,,' ../out || bad 'no row of 3-1'
run rollup . --rows answers --format csv -o answers.csv; status 0
[ "$(tail -c +1 answers.csv | wc -l)" -eq 33 ] || bad 'answers.csv'
run rollup a.xml.gz --rows answers --format csv -o answers.csv; status 3; err_has 'exists already'
run rollup a.xml.gz --rows answers --format csv -o answers.csv --force; status 0
run rollup a.xml.gz --rows answers --format xml; status 0; xml_good

begin gaps__are_those_of_the_sites__with_site_and_round_in_front
plant a.xml.gz jp-1 2
plant b.xml.gz jp-2 1
run rollup . --rows gaps --format csv; status 0
line_is 1 'site_id,round,rank,item,category,from,to,target,wave,ready,owner,effort_days,cost_jpy,run_jpy,line_stop,status,action,reason'
tr -d '\r' <../out | grep '^jp-2,1,' | sed 's/^jp-2,1,//' >b-of-all
run gaps b.xml.gz --format csv
tr -d '\r' <../out | tail -n +2 | cmp - b-of-all || bad 'not the gaps of the site'

begin files__have_one_outcome_each
plant a.xml.gz jp-1 2
cp a.xml.gz copy.xml.gz
cp a.xml.gz old.xml.gz
run set a.xml.gz 1-1=3
cp a.xml.gz copy.xml.gz
cp a.xml.gz plain.xml.gz; gunzip -k -c plain.xml.gz >plain.xml; rm plain.xml.gz
gunzip -c a.xml.gz | sed 's/name="Plant jp-1"/name="Plant X"/; s/<round id="1" kind="self"/<round id="1" kind="assessor"/' >z-twin.xml
printf 'nonsense' >bad.xml
echo '<other/>' >other.xml
head -c 100 a.xml.gz >cut.xml.gz
run rollup . --format csv --outcomes ../outcomes.csv; status 1
[ "$(wc -l <../out)" -eq 2 ] || bad "$(cat ../out)"
err_has 'files 8: taken 1, older 1, duplicate 2, conflict 1, rejected 3'
err_has 'monshin: ./bad.xml: rejected: '
err_has 'monshin: ./z-twin.xml: conflict'
err_has 'Plant X'
[ "$(wc -l <../err)" -eq 8 ] || bad "$(cat ../err)"
cut -d, -f1,2 ../outcomes.csv | tr -d '\r' | sort >got
cat >want <<EOF
./a.xml.gz,taken
./bad.xml,rejected
./copy.xml.gz,duplicate
./cut.xml.gz,rejected
./old.xml.gz,older
./other.xml,rejected
./plain.xml,duplicate
./z-twin.xml,conflict
file,outcome
EOF
LC_ALL=C sort want | cmp - got || bad "$(cat got)"
rm -f ../outcomes.csv

begin company__makes_another_site__and_the_shared_id_is_said
run new a.xml.gz --site-id jp-1 --company A --site One
run new b.xml.gz --site-id jp-1 --company B --site Two
run rollup . --format csv; status 0; [ "$(wc -l <../out)" -eq 3 ] || bad "$(cat ../out)"
err_has 'jp-1 is also used by A'

begin output__is_the_same__with_any_number_of_jobs
for i in 1 2 3 4 5 6 7 8 9; do plant p$i.xml.gz "jp-$i" $((i % 5 + 1)); done
for rows in sites answers gaps; do
    run rollup . --rows $rows --format csv --jobs 1; cp ../out ../one
    run rollup . --rows $rows --format csv --jobs 4; cmp -s ../one ../out || bad "$rows differ"
done
rm -f ../one

begin model__tells_what_the_others_lack__and_writes_their_first_files
plant model.xml.gz jp-model 4
plant a.xml.gz jp-a 3
plant b.xml.gz jp-b 4
run set a.xml.gz 1-3=4
run rollup model.xml.gz a.xml.gz b.xml.gz --model jp-model --rollout out --format csv; status 0
line_is 1 'site_id,company,site,wave,steps,effort_days,cost_jpy,run_jpy,line_stop'
grep -q '^jp-a,Example,Plant jp-a,all,31,' ../out || bad "$(cat ../out)"
grep -q '^jp-b,Example,Plant jp-b,all,0,0,0,0,0' ../out || bad "$(cat ../out)"
grep -q '^,,,all,31,' ../out || bad "$(cat ../out)"
! grep -q 'in the open' ../err || bad 'warned of what came in the open'
[ "$(ls out)" = "jp-a.xml.gz${LF}jp-b.xml.gz" ] || bad "$(ls out)"
run check out/jp-a.xml.gz; status 0; out_has 'answered 0 of 32'
gunzip -c out/jp-a.xml.gz >out.xml
xmllint --noout --schema "$ROOT/checklists/assessment.xsd" out.xml 2>../xmlerr || bad "$(cat ../xmlerr)"
[ "$(grep -c '<action' out.xml)" -eq 31 ] || bad "$(cat out.xml)"
! grep -q '<answer' out.xml || bad 'an answer went out'
run rollup model.xml.gz a.xml.gz --model jp-model --rows gaps --format csv; status 0
[ "$(wc -l <../out)" -eq 32 ] || bad "$(wc -l <../out) lines"
run rollup model.xml.gz a.xml.gz --model jp-model --rollout out --format csv; status 3; err_has 'exists already'
run rollup model.xml.gz a.xml.gz --model nobody; status 2; err_has 'nobody'
run rollup model.xml.gz --rollout out; status 2; err_one_line

begin outputs__never_replace_what_is_read__not_even_by_force
for i in 1 2 3 4 5; do plant "s$i.xml.gz" "jp-s$i" 3; done
mkdir in && plant in/jp-s6.xml.gz jp-s6 3 && plant in/x.xml.gz jp-x 4
cp s1.xml.gz ../was; ln s1.xml.gz second-name
for o in '-o s1.xml.gz' '-o second-name' '--format csv -o s1.xml.gz' '--format html -o s1.xml.gz' '--outcomes s1.xml.gz' '--benchmark s1.xml.gz'; do
    # shellcheck disable=SC2086
    run rollup s?.xml.gz $o --force; status 2; err_one_line; err_has 'a file that is read'
    cmp -s s1.xml.gz ../was || bad "$o: replaced it"
done
cp in/jp-s6.xml.gz ../was
run rollup in --format csv -o in/jp-s6.xml.gz --force; status 2; err_has 'a file that is read'; cmp -s in/jp-s6.xml.gz ../was || bad 'replaced it'
run rollup in --model jp-x --rollout in --force; status 2; err_has 'holds files that are read'; cmp -s in/jp-s6.xml.gz ../was || bad 'replaced it'
run rollup in --format xml -o in/table.xml; status 0
run rollup in --format xml -o in/table.xml --force; status 1 # an earlier table is no assessment
cp s2.xml.gz ../was
for c in 'gaps s2.xml.gz --format csv' 'show s2.xml.gz' 'report s2.xml.gz' 'export s2.xml.gz' 'print s2.xml.gz' 'report s1.xml.gz --benchmark s2.xml.gz' 'grade s1.xml.gz --checklist s2.xml.gz'; do
    # shellcheck disable=SC2086
    run $c -o s2.xml.gz --force; status 2; err_one_line; cmp -s s2.xml.gz ../was || bad "$c: replaced it"
done
rm -f ../was

begin rollout__counts_what_the_model_plant_has_done
run demo --fleet --into d --lang en; status 0
run rollup d --model jp-nagoya-1 --rows gaps --format csv --rollout out
# The model plant's own file says what is done there; the others get these steps with the date.
for key in 2-6,4 3-7,3; do
    date=$(gunzip -c d/nagoya-1.xml.gz | grep "item=\"${key%,*}\" to=\"${key#*,}\" status=\"done\"" | grep -o 'updated="[0-9-]*' | cut -d'"' -f2)
    [ -n "$date" ] || bad "$key is not done at the model plant"
    grep -c "^cn-suzhou-1,[^,]*,[^,]*,${key%,*},[^,]*,[^,]*,${key#*,},.*,$date" ../out >/dev/null || bad "$key without $date"
done
gunzip -c out/cn-suzhou-1.xml.gz >start.xml
grep -q 'Done there on 20[0-9-]*, 7,400,000 yen' start.xml || bad "the model plant's own figures are not there"
! grep -q '<answer [^>]*level' start.xml || bad 'answers came along'

begin rollout__stays_in_its_folder__whatever_an_id_says
plant model.xml.gz jp-model 4
plant a.xml.gz jp-a 3
gunzip -c a.xml.gz | sed 's,id="jp-a",id="../../x",' >evil.xml; rm a.xml.gz
run rollup . --model jp-model --rollout out; status 0
[ "$(ls out)" = '_.._.._x.xml.gz' ] || [ "$(ls out | wc -l)" -eq 1 ] || bad "$(ls out)"
[ ! -e ../x.xml.gz ] || bad 'outside'

begin benchmark__is_for_five_sites_and_more
for i in 1 2 3 4; do plant p$i.xml.gz "jp-$i" $i; done
run rollup . --benchmark b.xml; status 1; err_has 'not written'; [ ! -e b.xml ] || bad 'b.xml is there'
plant p5.xml.gz jp-5 5
run rollup . --benchmark b.xml; status 0
[ ! -s ../out ] || bad "$(cat ../out)"
xmllint --noout --schema "$ROOT/checklists/benchmark.xsd" b.xml 2>../xmlerr || bad "$(cat ../xmlerr)"
grep -q '<overall n="5" q1="40.0" median="60.0" q3="80.0"/>' b.xml || bad "$(cat b.xml)"
grep -q '<item id="1-1" n="5" q1="2.0" median="3.0" q3="4.0"/>' b.xml || bad "$(cat b.xml)"
! grep -q 'jp-\|Example\|Plant' b.xml || bad 'somebody is named'

begin common_gaps__say_where_to_fix_them
plant a.xml.gz jp-1 5; plant b.xml.gz jp-2 1
run set a.xml.gz 2-6=1
run rollup . --rows common --format csv; status 0
line_is 1 'item,category,key,fix,sites,below,open,mean_level,label'
line_is 2 '2-6,process,yes,plant,2,2,0,1.0,Asset inventory and diagram'
[ "$(wc -l <../out)" -eq 33 ] || bad "$(wc -l <../out) lines"
run rollup . --rows grades --format csv; status 0
line_is 1 'grade,sites'
run rollup . --rows common --lang ja; out_has '本社で一括'

begin usage__is_complained_about
run rollup; status 2; err_one_line
run rollup . --rows people; status 2; err_one_line
run rollup . --jobs 0; status 2; err_one_line
run rollup . --jobs x; status 2; err_one_line
run rollup gone.xml.gz --format csv; status 3; err_has 'monshin: gone.xml.gz: rejected: '
run rollup --help; status 0; out_has 'outcomes'

begin formulas__are_disarmed__in_what_comes_from_files
run new a.xml.gz --site-id jp-1 --company '=cmd()' --site '@evil'
run rollup . --format csv; status 0; out_has "'=cmd()"; out_has "'@evil"


# Looked at while nobody reads what it puts out; what the filter stops: tests/unit/test_sandbox.c.
begin rollup__has_given_up_what_it_does_not_need__while_it_reads
run doctor --lang en
if grep -q '^Sandbox' ../out; then
    echo 'skipped: no sandbox in this build or on this kernel'
else
    i=0
    while [ "$i" -lt 60 ]; do
        i=$((i + 1))
        run new "$i.xml.gz" --company C --site-id "a-plant-in-a-town-with-a-name-that-is-rather-long-$i"
    done
    mkfifo pipe
    exec 9<>pipe
    "$MONSHIN" rollup . --rows answers --format csv >pipe 2>../err &
    pid=$!
    tries=0
    until grep -q '^Seccomp:.*2' "/proc/$pid/status" || [ "$tries" -ge 50 ]; do
        tries=$((tries + 1))
        sleep 0.1
    done
    grep -q '^Seccomp:.*2' "/proc/$pid/status" || bad 'no filter'
    kill "$pid"
    wait "$pid" 2>/dev/null
    exec 9<&-
fi

begin rollup__says_words_in_text__and_ids_in_csv
run demo --fleet --into plants
run rollup plants --rows common --lang ja; status 1
grep -q '^3-7 *技術 *はい *各拠点で ' ../out || bad "text: $(sed -n 2p ../out)"
run rollup plants --rows gaps --lang ja; status 1
grep -q ' 経営企画 ' ../out || bad "text: $(sed -n 2p ../out)"
run rollup plants --rows common --lang ja --format csv; status 1
grep -q '^3-7,technology,yes,plant,' ../out || bad "csv: $(sed -n 2p ../out)"

finish
