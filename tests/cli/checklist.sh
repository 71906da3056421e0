# checklist: list, show, check; checklists of one's own.
. tests/cli/lib.sh
HEAD=item,category,weight,key,text
OWN=$ROOT/tests/data/stage/checklist.xml

begin checklist_list__names_what_is_built_in
run checklist list; status 0; err_none; out_has 'meti-factory'
run checklist list --format csv; line_is 1 'id,version,items,editions,default_edition,name'
grep -q '^meti-factory,[^,]*,32,draft-2022-04 public-2023,draft-2022-04,' ../out || bad "$(cat ../out)"

begin checklist_show__prints_every_item__in_both_editions_and_languages
for edition in draft-2022-04 public-2023; do
    for lang in ja en; do
        run checklist show meti-factory --edition $edition --lang $lang --format csv; status 0; err_none
        line_is 1 "$HEAD"
        [ "$(grep -cE '^[1-4]-[0-9]+,(people|process|technology|scm),[1-4],(yes|no),' ../out)" -eq 32 ] || bad "$(cat ../out)"
    done
done
run checklist show meti-factory --lang ja --format csv
line_is 2 '1-1,people,4,yes,工場システムのセキュリティの必要性について、決裁者（工場長、カンパニー長等）又は経営層が認識を持っており、十分な予算・人員配置などの協力を得られる状態にある。'
[ "$(cut -d, -f4 ../out | grep -c yes)" -eq 9 ] || bad 'not nine key items'
run checklist show meti-factory --format xml; xml_good
run checklist show meti-factory --lang ja; status 0; out_has '重要項目'
run checklist show nope; status 2; err_one_line
run checklist show meti-factory --edition nope; status 2; err_one_line; err_has 'draft-2022-04'

begin checklist_check__says_what_is_wrong
run checklist check "$ROOT/checklists/meti-factory/checklist.xml"; status 0; err_none; out_has '32'
printf '<checklist xmlns="urn:monshin:checklist:1" id="x" version="1"/>' >x.xml
run checklist check x.xml; status 1; err_none
[ "$(wc -l <../out)" -eq 1 ] || bad "$(cat ../out)"
run checklist check x.xml --lang ja; status 1
run checklist check none.xml; status 3; err_one_line
echo junk >junk.xml; run checklist check junk.xml; status 1
run checklist check x.xml --format csv; line_is 1 'file,verdict,id,items,editions,message'; status 1

begin own_checklist__works_everywhere__from_a_path_or_a_folder
run checklist check "$OWN"; status 0
run new a.xml.gz --checklist "$OWN"; status 0; err_none
run show a.xml.gz; status 3; err_one_line; err_has '"stage"'
run show a.xml.gz --checklist "$OWN"; status 0
run set a.xml.gz 1-1=3 --checklist "$OWN"; status 0
mkdir -p own/stage && cp "$OWN" own/stage/ && echo junk >own/junk.xml
export MONSHIN_CHECKLISTS="/nowhere:$PWD/own"
run checklist list; status 0; out_has stage; out_has meti-factory
run checklist show stage --format csv; status 0; line_is 1 "$HEAD"
run grade a.xml.gz --format csv; status 0; out_has overall
run check a.xml.gz; status 0; out_has 'checklist stage'
run new b.xml.gz --checklist stage; status 0
unset MONSHIN_CHECKLISTS
run grade a.xml.gz; status 3; err_one_line
run new c.xml.gz --checklist own/junk.xml; status 3; err_one_line

finish
