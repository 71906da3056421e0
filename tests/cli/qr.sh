# Answers across the air gap: the short code, the QR code, and back.
. tests/cli/lib.sh

rows() { "$MONSHIN" show "$1" --format csv | tr -d '\r'; }
# The same answers; notes and reasons are not expected to come along.
same_answers() {
    rows "$1" | cut -d, -f1-5 >left
    rows "$2" | cut -d, -f1-5 >right
    cmp -s left right || bad "$ran: other answers: $(diff left right | head -n 6)"
}
some_file() {
    run new a.xml.gz --site 'Osaka No.2' --company 'Example Seiki' --importance high --edition public-2023
    run set a.xml.gz 1-1=3 1-2=5 1-3=unknown '2-7=na:no wireless' --basis examine --note 'secret words'
    run set a.xml.gz 4-6=1 4-5=2 --basis test
}

begin code__brings_the_answers_back__in_a_new_file
some_file
run qr a.xml.gz --code; status 0; err_none
! LC_ALL=C grep -Evq '^([0-9A-HJKMNP-TV-Z]{5} )*[0-9A-HJKMNP-TV-Z]{5}$' ../out || bad 'not a code'
cp ../out code
run import --code "$(cat code)" -o b.xml.gz; status 0; err_none
out_has '6 of 32 answers of site jp-osaka-no-2, round 1, saved as #3'; out_has 'Notes, evidence, reasons, names, checks'
same_answers a.xml.gz b.xml.gz
run show b.xml.gz; out_lacks 'secret'; out_lacks 'no wireless'; out_has 'Reason: The reason is in the original file.'
run check b.xml.gz; status 0; out_has '#3'; out_has 'edition public-2023'
zcat b.xml.gz | grep -q 'importance="high"' || bad 'the importance is lost'
run grade a.xml.gz --format csv; cp ../out left; run grade b.xml.gz --format csv; cmp -s left ../out || bad 'another grade'
# From the copy comes the same code.
run qr b.xml.gz --code; cmp -s ../out code || bad 'the copy has another code'

begin code__is_read_as_people_type_it
some_file
"$MONSHIN" qr a.xml.gz --code >code
tr 'A-Z01 ' 'a-zol-' <code | "$MONSHIN" import --code - -o b.xml.gz >../out 2>../err || bad "refused: $(cat ../err)"
same_answers a.xml.gz b.xml.gz
tr -d ' \n' <code | sed 's/A/Ａ/g; s/3/３/g; s/7/　７/g' | "$MONSHIN" import --code - -o c.xml.gz --lang ja --company 見本精機 --site 大阪 >../out 2>../err || bad "refused: $(cat ../err)"
same_answers a.xml.gz c.xml.gz
run show c.xml.gz; out_has '大阪 (見本精機)'; out_has '元のファイル'

begin code__is_refused__when_something_is_wrong
some_file
"$MONSHIN" qr a.xml.gz --code | tr '\n' ' ' >code
word() { cut -d' ' -f"$1" code; }
refused() { run import --code "$1" -o b.xml.gz; status 1; err_one_line; err_has "$2"; [ ! -e b.xml.gz ] || bad "$ran: made a file"; }
refused "$(word 1) $(word 3) $(word 2)" "group 2 is wrong: $(word 3)"
refused "$(word 1-3) $(word 5-)" 'group 4 is wrong'
refused "$(word 1-4)" 'do not belong together'
refused "$(word 1)" 'missing at the end'
refused "$(word 1-4) ABC" 'missing at the end'
refused "$(word 1-2) ABCU$(word 3-)" 'there is no "U"'
refused '' 'is empty'
refused "$(printf 'AB\033[31m')" 'there is no'
run import -o b.xml.gz; status 2; err_one_line
run import --code 00000; status 2; err_one_line; err_has '-o'
run import --code "$(cat code)" -o a.xml.gz; status 3; err_one_line
run qr nowhere.xml.gz; status 3; err_one_line

begin code__needs_its_checklist
ck="$ROOT/tests/data/tiny/checklist.xml"
run new a.xml.gz --checklist "$ck" --site Shed
run set a.xml.gz --checklist "$ck" tools=3 guards=5
run qr a.xml.gz --code --checklist "$ck"; status 0; cp ../out code
run import --code "$(cat code)" -o b.xml.gz; status 1; err_one_line; err_has '--checklist'
run import --code "$(cat code)" -o b.xml.gz --checklist "$ck"; status 0
run show b.xml.gz --checklist "$ck" --format csv; out_has 'guards,safe,level,5'
sed 's/id="workshop-hygiene" version="2"/id="workshop-hygiene" version="3"/' "$ck" >newer.xml
run import --code "$(cat code)" -o c.xml.gz --checklist ./newer.xml; status 0; out_has 'version 2 of the checklist; here it is version 3'

begin qr__is_a_square_with_a_light_border__in_each_drawing
some_file
run qr a.xml.gz; status 0; err_none
width=$(LC_ALL=C.UTF-8 wc -L <../out)
[ "$(wc -l <../out)" -eq $(((width + 1) / 2)) ] || bad 'not a square'
[ "$(wc -l <../out)" -le 23 ] && [ "$width" -le 79 ] || bad 'does not fit a terminal of 80 x 24'
head -n 2 ../out | grep -Eqv '^█+$' && bad 'no border of light'
run qr a.xml.gz --light; head -n 2 ../out | grep -q '[^ ]' && bad 'ink in the border'
LANG=C run qr a.xml.gz; ! LC_ALL=C grep -q '[^# ]' ../out || bad 'not only ASCII'
[ "$(wc -L <../out)" -eq $((2 * width)) ] && [ "$(wc -l <../out)" -eq "$width" ] || bad 'not a square of two characters'
head -n 4 ../out | grep -Eqv '^#+$' && bad 'no border of light'
run qr a.xml.gz -o qr.txt; status 0; grep -q '█' qr.txt || bad 'no picture in the file'
! LC_ALL=C grep -q "$(printf '\033')" qr.txt || bad 'colours in a file'

begin qr__says_the_code__to_any_reader
some_file
# As a picture: each square four dots.
picture() {
    "$MONSHIN" qr a.xml.gz "$@" --ascii | awk '
        { line = ""; for (i = 1; i < length($0); i += 2) { d = substr($0, i, 1) == "#" ? "1" : "0"; line = line d " " d " " d " " d " " }
          row[NR] = line; w = length(line) / 2 }
        END { print "P1"; print w, 4 * NR; for (r = 1; r <= NR; r++) for (k = 0; k < 4; k++) print row[r] }'
}
if command -v zbarimg >/dev/null; then
    "$MONSHIN" qr a.xml.gz --code | tr -d ' \n' >want
    picture --light >qr.pbm
    zbarimg --raw -q qr.pbm 2>/dev/null | tr -d '\n' >got
    cmp -s want got || bad "it reads: $(cat got)"
    # What is drawn on a dark ground is the same with light and dark changed.
    picture | awk 'NR > 2 { gsub("0", "x"); gsub("1", "0"); gsub("x", "1") } 1' >dark.pbm
    cmp -s qr.pbm dark.pbm || bad 'dark and light differ in more than that'
    "$MONSHIN" import --code "$(cat got)" -o b.xml.gz >../out 2>../err || bad "refused: $(cat ../err)"
    same_answers a.xml.gz b.xml.gz
else
    echo 'skipped: zbarimg (zbar-tools) is not here to read it'
fi

finish
