# check, and how hostile files are met by every command that reads.
. tests/cli/lib.sh

# The file without compression, for spoiling.
plain() { zcat a.xml.gz >a.xml; }
verdict_is() { run check "$1" --format csv; status "${3:-1}"; line_is 2 "$(sed -n 2p ../out | tr -d '\r')"; grep -q "^$1,$2," ../out || bad "$1: $(cat ../out)"; }

begin check__tells_apart__what_can_be_wrong_with_a_file
run new a.xml.gz; run set a.xml.gz 1-1=3; plain
verdict_is a.xml.gz ok 0
verdict_is a.xml ok 0
head -c 200 a.xml.gz >cut.xml.gz; verdict_is cut.xml.gz gzip
echo 'plain text' >text.xml; verdict_is text.xml xml
printf '<a xmlns="urn:x"/>' >other.xml; verdict_is other.xml not-ours
sed 's/urn:monshin:assessment:1/urn:monshin:assessment:2/' a.xml >new.xml; verdict_is new.xml newer
sed 's/item="1-1"/item="7-7"/' a.xml >item.xml; verdict_is item.xml unknown-item
sed 's/edition="draft-2022-04"/edition="nope"/' a.xml >edition.xml; verdict_is edition.xml unknown-edition
sed 's/checklist="meti-factory"/checklist="nope"/' a.xml >ck.xml; verdict_is ck.xml unknown-checklist
sed 's/level="3"/level="7"/' a.xml >level.xml; verdict_is level.xml schema-value
: >empty.xml.gz; verdict_is empty.xml.gz empty
printf '<?xml version="1.0"?><a>\377</a>' >bytes.xml; verdict_is bytes.xml encoding

begin check__prints_one_line_for_each_file__and_is_1_when_one_is_bad
run new a.xml.gz; echo junk >b.xml.gz
run check a.xml.gz b.xml.gz a.xml.gz; status 1; err_none
[ "$(wc -l <../out)" -eq 3 ] || bad "$(cat ../out)"
line_is 1 'a.xml.gz: fine, #1, answered 0 of 32, checklist meti-factory, edition draft-2022-04'
run check a.xml.gz b.xml.gz --lang ja; status 1; out_has 'a.xml.gz: 正常'
run check a.xml.gz b.xml.gz --format xml; status 1; xml_good

begin check__is_3__when_a_file_cannot_be_read
run check none.xml.gz; status 3; err_one_line; err_has 'none.xml.gz: '
mkdir folder; run check folder; status 3; err_one_line
mkfifo pipe; run check pipe; status 3; err_one_line
run check /dev/zero; status 3; err_one_line

begin check__names_the_generation__that_is_still_good
run new a.xml.gz; run set a.xml.gz 1-1=3; run set a.xml.gz 1-2=3
echo junk >a.xml.gz
run check a.xml.gz; status 1; out_has 'a.xml.gz.gen1'
cp a.xml.gz.gen1 a.xml.gz; run check a.xml.gz; status 0

begin hostile_file__is_refused_in_one_line__by_every_command
secret=$PWD/secret; echo top-secret >"$secret"
printf '<!DOCTYPE a [<!ENTITY x SYSTEM "file://%s">]><a>&x;</a>' "$secret" >xxe.xml
printf '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><a>&b;&b;</a>' >laughs.xml
head -c 200000000 /dev/zero | gzip -9 >bomb.xml.gz
{ printf '<a'; awk 'BEGIN { for (i = 0; i < 20000; i++) printf " a%d=\"1\"", i }'; printf '/>'; } >tag.xml
awk 'BEGIN { for (i = 0; i < 5000; i++) printf "<a>" }' >deep.xml
printf '<a>\000</a>' >nul.xml
head -c 3000 /dev/urandom >noise.xml.gz
printf '\037\213\010\000' >stub.xml.gz
for f in xxe.xml laughs.xml bomb.xml.gz tag.xml deep.xml nul.xml noise.xml.gz stub.xml.gz; do
    for command in show grade; do
        run $command $f; status 3; err_one_line
        run $command $f --lang ja; status 3; err_one_line
    done
    cp $f copy; run set $f 1-1=3; status 3; err_one_line
    cmp -s $f copy || bad "$f was changed"
    run check $f; status 1; err_none
    ! grep -q top-secret ../out || bad 'an external entity was read'
done

begin foreign_text__cannot_speak_to_the_terminal
run new a.xml.gz; plain
sed 's/<site id="[^"]*"/& name="a\&#x202E;b\&#x9;c"/' a.xml >b.xml
run show b.xml; status 0
! grep -q "$(printf '\342\200\256')" ../out || bad 'a bidi control came through'

finish
