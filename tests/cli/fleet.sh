# A fleet of hundreds of files in one folder, good and bad ones: every file has one line, and every form says the same numbers.
. tests/cli/lib.sh
SITES=220

# $1 how many: plants at dice levels, Japanese and English, from the example; two in three with an earlier round of their own.
make_fleet() {
    run demo --into seed --lang en
    gunzip -c seed/osaka-2.xml.gz | sed 's/ example="true"//' >seed.xml
    mkdir -p fleet/jp fleet/en/deep
    awk -v n="$1" '
        { line[NR] = $0 }
        END {
            srand(7)
            split("JP TH US DE VN MX", country, " ")
            for (i = 1; i <= n; i++) {
                jp = i % 2
                file = sprintf(jp ? "fleet/jp/%03d.xml" : "fleet/en/deep/%03d.xml", i)
                mean = rand() * 4
                for (k = 1; k <= NR; k++) {
                    s = line[k]
                    if (s ~ /<site /)
                        s = sprintf("  <site id=\"gen-%03d\" company=\"%s\" name=\"%s %d\" country=\"%s\" employees=\"%d\" importance=\"%s\"/>", i,
                            jp ? "例示製造" : "Example Works", jp ? "第工場" : "Plant", i, country[i % 6 + 1], 50 + i, i % 3 ? "high" : "low")
                    if (s ~ /level="[1-5]"/ && s ~ /<answer /) {
                        level = int(mean + rand() * 2) + 1
                        if (rand() < 0.04 && s ~ /\/>$/) { sub(/ level="[1-5]"/, " state=\"unknown\"", s); sub(/ basis="[a-z]*"/, "", s) }
                        else sub(/ level="[1-5]"/, " level=\"" (level > 5 ? 5 : level) "\"", s)
                    }
                    print s > file
                }
                close(file)
            }
        }' seed.xml
}
# Tab-separated lines out of each form of a table, without the head.
of_csv() { tr -d '\r' <"$1" | tail -n +2 | tr , '\t'; }
of_xml() { grep '^  <row>' "$1" | sed 's|^  <row><[a-z_]*>||; s|</[a-z_]*></row>$||; s|</[a-z_]*><[a-z_]*>|\t|g'; }
of_book() {
    rm -rf parts && unzip -q "$1" -d parts
    sed 's/<si>/\n<si>/g' parts/xl/sharedStrings.xml | sed -n 's|^<si><t[^>]*>\(.*\)</t></si>.*|\1|p' >strings
    sed 's/<row /\n<row /g' parts/xl/worksheets/sheet1.xml | grep '^<row' | tail -n +2 | awk -v columns="$2" '
        FILENAME == "strings" { text[n++] = $0; next }
        {
            for (c = 1; c <= columns; c++) cell[c] = ""
            m = split($0, part, "<c r=\"")
            for (i = 2; i <= m; i++) {
                c = index("ABCDEFGHIJKLMNOPQRSTUVWXYZ", substr(part[i], 1, 1))
                if (match(part[i], /<v>[^<]*/)) {
                    value = substr(part[i], RSTART + 3, RLENGTH - 3)
                    cell[c] = part[i] ~ / t="s"/ ? text[value] : value
                }
            }
            line = cell[1]
            for (c = 2; c <= columns; c++) line = line "\t" cell[c]
            print line
        }' strings -
}
# A workbook holds numbers: 40.0 is 40, and 72.4 what is nearest to it.
plain() { awk -F'\t' -v OFS='\t' '{ for (i = 1; i <= NF; i++) if ($i ~ /^[0-9]+(\.[0-9]+)?$/) $i = sprintf("%.10g", $i); print }'; }
# The rows of the table of the page whose caption begins so.
of_page() { xmllint --xpath "//table[starts-with(caption, '$2')]/tbody/tr" "$1" | tr -d '\n' | sed 's|</tr>|\n|g' | sed 's|<td[^>]*/>|\t|g; s|</t[dh]>|\t|g; s|<[^>]*>||g'; }
same() { cmp -s "$1" "$2" || bad "$3: $(diff "$1" "$2" | head -n 6)"; }

begin numbers__are_the_same__in_every_form
make_fleet $SITES
run rollup fleet --format csv -o sites.csv --lang en; status 0; err_has "files $SITES: taken $SITES,"
run rollup fleet --format xml -o sites.xml; run rollup fleet --format xlsx -o sites.xlsx; run rollup fleet --format html -o b.html --lang en; status 0
of_csv sites.csv >csv.tsv; of_xml sites.xml >xml.tsv
[ "$(wc -l <csv.tsv)" -eq $SITES ] || bad "$(wc -l <csv.tsv) sites"
same csv.tsv xml.tsv 'the XML is not the CSV'
if command -v unzip >/dev/null 2>&1; then
    plain <csv.tsv >csv-plain.tsv; of_book sites.xlsx 15 | plain >xlsx.tsv
    same csv-plain.tsv xlsx.tsv 'the workbook is not the CSV'
else
    echo 'notice: no unzip here: workbooks were not compared'
fi
# Answered, score with grade, sections: of the page without the letters of the sections, and its order is that of the scores.
awk -F'\t' '{ print $1 "\t" $7 " / " $8 "\t" $10 " " $9 "\t" $11 "\t" $12 "\t" $13 "\t" $14 }' csv.tsv | sort >want
of_page b.html 'Grades and scores' | sed 's/~//' | awk -F'\t' '{ match($1, /gen-[0-9]*/); id = substr($1, RSTART, RLENGTH); line = id "\t" $4 "\t" $5
    for (i = 6; i <= 9; i++) { sub(/^[^ ]* /, "", $i); line = line "\t" $i }
    print line }' | sort >got
same want got 'the page is not the CSV'
of_page b.html 'Grades and scores' | sed 's/~//' | cut -f5 | sed 's/^. //' >order
sort -rn order | cmp -s - order || bad 'the best does not stand first'
# The spread: counted from the rows, as a table, on the page.
run rollup fleet --rows grades --format csv; of_csv ../out | awk -F'\t' '$2 > 0' >want
awk -F'\t' '{ n[$10]++ } END { for (g in n) print g "\t" n[g] }' csv.tsv | sort >got
sort want >want.sorted
same want.sorted got 'the grades are not those of the sites'
of_page b.html 'Sites by grade' | cut -f1,2 | awk -F'\t' '$2 > 0' | sort >got
same want.sorted got 'the page shows other grades'
# Every answer, and the common gaps out of them.
run rollup fleet --rows answers --format csv -o answers.csv
of_csv answers.csv | awk -F'\t' '{ mark = $4 == "level" ? $5 : $4 == "unknown" ? "?" : $4 == "na" ? "x" : "."; row[$1] = row[$1] mark } END { for (s in row) print s "\t" row[s] }' | sort >want
of_page b.html 'Level of each item' | awk -F'\t' '{ match($1, /gen-[0-9]*/); line = substr($1, RSTART, RLENGTH) "\t"; for (i = 2; i <= 33; i++) line = line $i; print line }' | sort >got
same want got 'the heat map is not the answers'
run rollup fleet --rows common --format csv --lang en
of_csv ../out | awk -F'\t' '{ print $1 "\t" ($4 == "hq" ? "once at headquarters" : "at each plant") "\t" $5 "\t" $6 "\t" $7 "\t" $8 }' >want
of_page b.html 'All items, those with' | awk -F'\t' '{ print $1 "\t" $4 "\t" $5 "\t" $6 "\t" $7 "\t" ($8 == "–" ? "" : $8) }' >got
same want got 'the page has other common gaps'
of_csv answers.csv | awk -F'\t' '$4 == "level" { n[$3]++; sum[$3] += $5 } END { for (i in n) printf "%s\t%d.%d\n", i, int(sum[i] * 10 / n[i]) / 10, int(sum[i] * 10 / n[i]) % 10 }' | sort >got
cut -f1,6 want | awk -F'\t' '$2 != ""' | sort >means
same means got 'the means are not those of the answers'

begin files__good_and_bad_by_the_hundred__have_one_outcome_each
make_fleet $SITES
mkdir fleet/bad
for i in 002 004 006; do cp fleet/en/deep/$i.xml fleet/bad/copy-$i.xml; done
for i in 008 010; do sed '0,/<note>/s/<note>/<note>Other. /' fleet/en/deep/$i.xml >fleet/bad/conflict-$i.xml; done
for i in 001 003 005 007; do sed 's/ revision="57"/ revision="9"/; s/第工場/旧工場/' fleet/jp/$i.xml >fleet/bad/old-$i.xml; done
gzip -c fleet/jp/009.xml | head -c 900 >fleet/bad/cut.xml.gz
echo '<invoice/>' >fleet/bad/invoice.xml
: >fleet/bad/empty.xml
sed 's/urn:monshin:assessment:1/urn:monshin:assessment:2/' fleet/jp/011.xml >fleet/bad/newer.xml
sed 's/checklist="meti-factory"/checklist="nobody-has-it"/' fleet/jp/013.xml >fleet/bad/unknown.xml
cp "$ROOT/tests/data/v1-0.1.0.xml.gz" "$ROOT/tests/data/newer-minor.xml" fleet/bad # one site, as an older and a newer version say it
n=$(find fleet -type f | wc -l)
for lang in en ja; do
    run rollup fleet --format html --outcomes $lang.csv -o $lang.html --lang $lang; status 1
    [ "$(($(wc -l <$lang.csv) - 1))" -eq "$n" ] || bad "$lang: $(wc -l <$lang.csv) lines for $n files"
    xmllint --noout $lang.html 2>../xmlerr || bad "$lang: $(cat ../xmlerr)"
    [ "$(xmllint --xpath 'count((//table)[last()]/tbody/tr)' $lang.html)" = "$n" ] || bad "$lang: not a line a file on the page"
done
tr -d '\r' <en.csv | cut -d, -f2 | tail -n +2 | sort | uniq -c | sed 's/^ *//' >counts
for want in '5 rejected' '3 duplicate' '3 conflict' '4 older'; do grep -qx "$want" counts || bad "not $want: $(cat counts)"; done
grep -q 'it calls the site 旧工場' en.html || bad 'another name with the same id is not said'

finish
