# new, set, show: what goes in comes out.
. tests/cli/lib.sh
HEAD=item,category,state,level,basis,note

begin new__makes_a_sound_file__with_all_that_was_said
run new a.xml.gz --company '例示精機株式会社' --site 'Osaka No.2' --country jp --importance high --employees 320 --industry machinery
status 0; err_none
zcat a.xml.gz >a.xml || bad 'not gzip'
xmllint --noout --schema "$ROOT/checklists/assessment.xsd" a.xml 2>../xmlerr || bad "$(cat ../xmlerr)"
for want in 'id="jp-osaka-no-2"' 'company="例示精機株式会社"' 'name="Osaka No.2"' 'country="JP"' 'importance="high"' 'employees="320"' \
    'industry="machinery"' 'edition="draft-2022-04"' 'checklist="meti-factory"' 'revision="1"'; do
    grep -qF -- "$want" a.xml || bad "the file lacks $want"
done
[ "$(ls)" = "a.xml${LF}a.xml.gz" ] || bad "left behind: $(ls)"

begin new__gives_each_site_its_own_id__when_the_name_has_no_letters
run new a.xml.gz --site 大阪; run new b.xml.gz --site 大阪
a=$(zcat a.xml.gz | grep -o '<site id="[^"]*"') b=$(zcat b.xml.gz | grep -o '<site id="[^"]*"')
[ "$a" != "$b" ] || bad "both are $a"
case $a in '<site id="jp-'*) ;; *) bad "id $a" ;; esac

begin new__never_replaces__a_file_that_is_there
echo precious >a.xml.gz
run new a.xml.gz; status 3; err_one_line; err_has 'a.xml.gz: '
[ "$(cat a.xml.gz)" = precious ] || bad 'replaced'
run new nowhere/a.xml.gz; status 3; err_one_line

begin new__refuses__what_a_site_cannot_have
for wrong in --country=JPN --country=J1 --country=日 --importance=urgent --employees=many --employees=-1 --employees=12345678 '--site-id=a b' \
    '--site-id=../x' --site-id= --edition=nope --checklist=nope; do
    run new a.xml.gz "$wrong"; status 2; err_one_line
    [ ! -e a.xml.gz ] || bad "made in spite of $wrong"
done
run new a.xml.gz --site "$(printf '%0300d' 1)"; status 2; err_one_line
run new a.xml.gz --edition public-2023; status 0

begin set__is_shown__in_all_four_states
run new a.xml.gz
run set a.xml.gz 1-1=3 1-2=5 --basis examine --note 'seen, "really"'; status 0; err_none; out_is ''
run set a.xml.gz 2-6=unknown '2-7=na:no wireless'; status 0
run show a.xml.gz --format csv; status 0; err_none
line_is 1 "$HEAD"
line_is 2 '1-1,people,level,3,examine,"seen, ""really"""'
line_is 3 '1-2,people,level,5,examine,"seen, ""really"""'
line_is 4 '1-3,people,unanswered,,,'
line_is 12 '2-6,process,unknown,,,'
line_is 13 '2-7,process,na,,,'
line_is 33 '4-6,scm,unanswered,,,'
[ "$(wc -l <../out)" -eq 33 ] || bad 'not 32 items'
[ "$(grep -c "$(printf '\r')\$" ../out)" -eq 33 ] || bad 'lines do not end in CR LF'
zcat a.xml.gz | grep -q '<reason>no wireless</reason>' || bad 'the reason is not in the file'
run set a.xml.gz 1-1=-; run show a.xml.gz --format csv
line_is 2 '1-1,people,unanswered,,,"seen, ""really"""'
run set a.xml.gz 1-1=2 --note ''; run show a.xml.gz --format csv
line_is 2 '1-1,people,level,2,,'

begin set__changes_nothing__when_one_pair_is_wrong
run new a.xml.gz; run set a.xml.gz 1-1=3; cp a.xml.gz before
for wrong in 1-2=6 1-2=0 1-2= 1-2=33 1-2=level 9-9=3 1-2 =3 1-2=na 1-2=na: '1-2=na:  ' 1-1=4; do
    run set a.xml.gz 1-1=1 "$wrong"; status 2; err_one_line
    cmp -s a.xml.gz before || bad "changed in spite of $wrong"
done
run set a.xml.gz 1-1=1 --basis hearsay; status 2; err_one_line
run set a.xml.gz 1-1=1 --basis ''; status 2; err_one_line
run set a.xml.gz 1-1=- --basis test; status 2; err_one_line
run set a.xml.gz 1-1=1 --note "$(printf '%09000d' 1)"; status 2; err_one_line
cmp -s a.xml.gz before || bad changed

begin set__counts_one_save__for_many_answers
run new a.xml.gz
# shellcheck disable=SC2046
run set a.xml.gz $(all_at 3); status 0
zcat a.xml.gz | grep -q 'revision="2"' || bad 'not revision 2'
run check a.xml.gz; out_has '32 of 32'

begin set__says_who__when_the_file_cannot_be_had
run set a.xml.gz 1-1=3; status 3; err_one_line; err_has 'a.xml.gz: '
echo junk >a.xml.gz; run set a.xml.gz 1-1=3; status 3; err_one_line

begin note__is_disarmed_and_quoted__when_it_would_be_a_formula
run new a.xml.gz
for start in = + - @; do
    run set a.xml.gz 1-1=1 --note "${start}cmd|'/c calc'!A1"
    run show a.xml.gz --format csv
    line_is 2 "1-1,people,level,1,,'${start}cmd|'/c calc'!A1"
done
run set a.xml.gz 1-1=1 --note "one${LF}two"
run show a.xml.gz --format csv
out_has '1-1,people,level,1,,"one'
run show a.xml.gz --format csv --bom
[ "$(head -c 3 ../out | od -An -tx1 | tr -d ' ')" = efbbbf ] || bad 'no byte order mark'

begin show__speaks_the_language__that_is_asked_for
run new a.xml.gz --site '大阪第二工場'
run set a.xml.gz 1-1=3 '2-7=na:無線LANなし' --basis interview
run show a.xml.gz --lang ja; status 0; out_has '大阪第二工場'; out_has '聞き取り'; out_has '理由：無線LANなし'; out_lacks 'interview'
run show a.xml.gz --lang en; out_has 'interview'; out_has 'Reason: 無線LANなし'
run show a.xml.gz --format xml; xml_good; out_has '<item>1-1</item><category>people</category><state>level</state><level>3</level>'

begin set__leaves_xml_xml
cp "$ROOT/tests/data/example.xml" a.xml
run set a.xml 1-1=3; status 0; err_none
head -c 5 a.xml | grep -q '<?xml' || bad 'a file called .xml is not XML any more'
xmllint --noout a.xml 2>../xmlerr || bad "not well-formed: $(cat ../xmlerr)"
run new b.xml --site Osaka; status 0; head -c 5 b.xml | grep -q '<?xml' || bad 'new made something else'
echo 'correct horse battery' >../pass
run lock b.xml --passphrase-file ../pass; status 0; run unlock b.xml --passphrase-file ../pass; status 0
head -c 5 b.xml | grep -q '<?xml' || bad 'lock and unlock made something else of it'
cp a.xml c.dat; run set c.dat 1-1=2; status 0; gzip -t <c.dat || bad 'another name is not compressed'

finish
