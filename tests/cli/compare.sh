# compare and merge: two files of one site.
. tests/cli/lib.sh
COMPARE=item,category,difference,distance,a_state,a_level,a_basis,a_note,b_state,b_level,b_basis,b_note
MERGE=item,category,a_state,a_level,a_by,a_at,b_state,b_level,b_by,b_at,taken

# Two files of one site that differ in a level, a state and a basis.
two() {
    run new a.xml.gz --company Seiki --site Osaka --site-id jp-osaka
    cp a.xml.gz b.xml.gz
    run set a.xml.gz 1-1=3 1-2=2 --basis interview --note 'said A'
    run set a.xml.gz 2-1=3
    sleep 1
    run set b.xml.gz 1-1=1 1-2=2 --basis test --note 'seen B'
    run set b.xml.gz 2-1=unknown 2-6=4
}

begin compare__puts_what_differs_first
two
run compare a.xml.gz b.xml.gz --format csv; status 0; err_none
line_is 1 "$COMPARE"
line_is 2 '1-1,people,level,-2,level,3,interview,said A,level,1,test,seen B'
[ "$(wc -l <../out)" -eq 33 ] || bad 'not all items'
[ "$(tail -n +2 ../out | cut -d, -f3 | uniq | tr '\n' ' ')" = 'level state basis same ' ] || bad "$(cut -d, -f1-4 ../out)"
run compare a.xml.gz b.xml.gz; status 0; out_has 'said A'; out_has 'seen B'; out_has '4 of 32 items differ'
run compare a.xml.gz b.xml.gz --lang ja; status 0; out_has '32項目'
run compare a.xml.gz b.xml.gz --format xml; status 0; xml_good; out_has '<compare>'

begin compare__takes_the_last_two_rounds__of_one_file
cp "$ROOT/tests/data/example.xml" a.xml
run compare a.xml --format csv; status 0; line_is 2 '1-1,people,level,1,level,2,interview,,level,3,examine,取締役会議事録（2026年9月）で予算承認を確認。'
run new one.xml.gz
run compare one.xml.gz; status 2; err_one_line; err_has 'one round'

begin merge__takes_the_newer_and_lists_the_conflict
two
run merge a.xml.gz b.xml.gz -o c.xml.gz --format csv; status 0; err_none
line_is 1 "$MERGE"
grep -q '^1-1,people,level,3,.*,level,1,.*,b' ../out || bad "$(cat ../out)"
[ "$(wc -l <../out)" -eq 2 ] || bad "more than one conflict: $(cat ../out)"
run show c.xml.gz --format csv
grep -q '^1-1,people,level,1,' ../out || bad 'not the newer level'
grep -q '^2-1,process,level,3,' ../out || bad 'unknown has overwritten a level'
grep -q '^2-6,process,level,4,' ../out || bad 'an answer of B is lost'
run check c.xml.gz; status 0
run merge a.xml.gz b.xml.gz -o d.xml --prefer a; status 0; out_has '1-1'; out_has 'taken'; out_has '1 conflict'
run show d.xml --format csv; grep -q '^1-1,people,level,3,' ../out || bad 'not the level of A'
xmllint --noout --schema "$ROOT/checklists/assessment.xsd" d.xml 2>../xmlerr || bad "$(cat ../xmlerr)"

begin merge__leaves_its_sources_alone__and_replaces_nothing_unasked
two
sum=$(sha256sum a.xml.gz b.xml.gz)
run merge a.xml.gz b.xml.gz -o c.xml.gz; status 0
run merge a.xml.gz b.xml.gz -o c.xml.gz; status 3; err_one_line
run merge a.xml.gz b.xml.gz -o b.xml.gz --force; status 2; err_one_line
run merge a.xml.gz b.xml.gz; status 2; err_one_line
[ "$(sha256sum a.xml.gz b.xml.gz)" = "$sum" ] || bad 'a source has changed'

begin merge__is_refused_with_a_reason__when_the_files_do_not_belong_together
two
run new other.xml.gz --company Seiki --site Nagoya --site-id jp-nagoya
run merge a.xml.gz other.xml.gz -o c.xml.gz; status 1; err_one_line; err_has 'jp-nagoya'
[ ! -e c.xml.gz ] || bad 'written all the same'
cp "$ROOT/tests/data/example.xml" e.xml
run new r.xml.gz --company 例示精機株式会社 --site 大阪第二工場 --site-id jp-osaka-2
run merge e.xml r.xml.gz -o c.xml.gz; status 1; err_one_line; err_has 'round'
run merge a.xml.gz b.xml.gz -o c.xml.gz --prefer c; status 2; err_one_line

finish
