# grade: the table of the contract.
. tests/cli/lib.sh
HEAD=scope,score,grade,uncapped,low,high,answered,applicable,total,cap

begin grade__is_empty__when_nothing_is_answered
run new a.xml.gz; run grade a.xml.gz --format csv; status 0; err_none
line_is 1 "$HEAD"
line_is 2 'overall,,,,D,A,0,32,32,'
line_is 3 'people,,,,D,A,0,5,5,'
line_is 4 'process,,,,D,A,0,13,13,'
line_is 5 'technology,,,,D,A,0,8,8,'
line_is 6 'scm,,,,D,A,0,6,6,'
run grade a.xml.gz; status 0

begin grade__follows_the_scale__when_all_items_are_alike
run new a.xml.gz
for pair in 1:20.0:D 2:40.0:C 3:60.0:B 4:80.0:A 5:100.0:A; do
    level=${pair%%:*} rest=${pair#*:}
    # shellcheck disable=SC2046
    run set a.xml.gz $(all_at "$level")
    run grade a.xml.gz --format csv
    letter=${rest#*:}
    line_is 2 "overall,${rest%:*},$letter,$letter,$letter,$letter,32,32,32,"
done

begin cap__is_named__when_a_key_item_holds_the_grade
run new a.xml.gz
# shellcheck disable=SC2046
run set a.xml.gz $(all_at 5)
run set a.xml.gz 1-3=1 2-1=2
run grade a.xml.gz --format csv
grep -q '^overall,[0-9.]*,C,A,C,C,32,32,32,key:1-3 key:2-1' ../out || bad "$(cat ../out)"
run grade a.xml.gz; out_has '1-3'; out_has 'from 1 to 2'
run grade a.xml.gz --lang ja; out_has '重要項目 1-3'; out_has '1 から 2'

begin cap__is_named__when_a_section_lies_far_behind
run new a.xml.gz
# shellcheck disable=SC2046
run set a.xml.gz $(all_at 5)
run set a.xml.gz 4-1=3 4-2=1 4-3=1 4-4=3 4-5=1 4-6=1
run grade a.xml.gz --format csv
grep -q '^overall,.*balance:scm' ../out || bad "$(cat ../out)"

begin grade__leaves_out__what_is_not_applicable
run new a.xml.gz
# shellcheck disable=SC2046
run set a.xml.gz $(all_at 4)
run set a.xml.gz 2-7=na:none 3-6=unknown
run grade a.xml.gz --format csv
line_is 4 'process,80.0,A,A,A,A,12,12,13,'
grep -q '^technology,80.0,A,A,B,A,7,8,8,' ../out || bad "$(cat ../out)"

begin grade__is_well_formed_xml
run new a.xml.gz; run set a.xml.gz 1-1=3
run grade a.xml.gz --format xml; status 0; xml_good; out_has '<grade>'; out_has '<scope>overall</scope>'
run grade a.xml.gz --format xml -o g.xml; status 0
xmllint --noout g.xml || bad 'g.xml'

begin grade__takes_no_lock__and_writes_nothing
run new a.xml.gz
before=$(ls -la --time-style=full-iso)
run grade a.xml.gz; run show a.xml.gz; run check a.xml.gz; status 0
[ "$(ls -la --time-style=full-iso)" = "$before" ] || bad 'the folder changed'

finish
