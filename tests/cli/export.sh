# export: the file for headquarters, and what is said about it.
. tests/cli/lib.sh

begin export__is_valid_and_says_what_it_is
run new a.xml.gz --company 'Example Seiki' --site Osaka --site-id jp-osaka
# shellcheck disable=SC2046
run set a.xml.gz $(all_at 3)
run export a.xml.gz -o out.xml; status 0; err_none
out_has 'Osaka (Example Seiki)'; out_has 'jp-osaka'; out_has '32 of 32'; out_has 'B 60.0'; out_has 'draft-2022-04'
out_has "$(sha256sum out.xml | cut -d' ' -f1)"
xmllint --noout --schema "$ROOT/checklists/assessment.xsd" out.xml 2>../xmlerr || bad "$(cat ../xmlerr)"
[ "$(xmllint --xpath 'string(//*[local-name()="scope"][@id="overall"]/@grade)' out.xml)" = B ] || bad 'the result does not say B'
run export a.xml.gz -o out.xml.gz; status 0
gzip -dc out.xml.gz | xmllint --noout - || bad 'out.xml.gz'
run check out.xml out.xml.gz; status 0
run export a.xml.gz -o ja.xml.gz --lang ja; status 0; out_has '書き出し'

begin export__warns__when_the_assessment_is_incomplete
run new a.xml.gz; run set a.xml.gz 1-1=3 1-2=unknown
run export a.xml.gz -o out.xml.gz; status 0; err_has '30 of 32'; err_has '1 unknown'; err_has 'provisional'

begin export__names_nobody__when_anonymous
run new a.xml.gz --company 'Example Seiki' --site Osaka --site-id jp-osaka
run set a.xml.gz 1-1=3 --note 'Yamada said so'
run set a.xml.gz '2-7=na:no WLAN in hall 4'
run export a.xml.gz -o out.xml --anonymous; status 0
! grep -qE 'Example|Osaka|osaka|Yamada|WLAN' out.xml || bad "$(cat out.xml)"
xmllint --noout --schema "$ROOT/checklists/assessment.xsd" out.xml 2>../xmlerr || bad "$(cat ../xmlerr)"
out_lacks Osaka

begin export__replaces_nothing_unasked__and_never_what_it_reads
run new a.xml.gz; run export a.xml.gz -o out.xml.gz; status 0
run export a.xml.gz -o out.xml.gz; status 3; err_one_line; err_has '--force'
run export a.xml.gz -o out.xml.gz --force; status 0
ln a.xml.gz b.xml.gz
run export a.xml.gz -o b.xml.gz --force; status 2; err_one_line
run show a.xml.gz -o ./a.xml.gz --force; status 2; err_one_line
run export a.xml.gz; status 2; err_one_line; err_has '-o'
run export a.xml.gz -o no/where.xml; status 3; err_one_line
run export nowhere.xml -o out2.xml; status 3; err_one_line

begin export__is_remembered_in_the_file__but_not_when_anonymous
run new a.xml.gz; run set a.xml.gz 1-1=3
run export a.xml.gz -o x.xml --anonymous; ! gzip -dc a.xml.gz | grep -q exported= || bad 'remembered'
run export a.xml.gz -o y.xml; gzip -dc a.xml.gz | grep -q 'exported="3"' || bad "$(gzip -dc a.xml.gz)"
gzip -dc a.xml.gz | grep -q 'revision="3"' || bad 'not the revision of the mark'

finish
