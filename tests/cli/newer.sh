# A file of a newer minor version: opened with a warning, worked on, and what this version does not know written back as it was.
. tests/cli/lib.sh
NEWER=$ROOT/tests/data/newer-minor.xml

# What is not ours to know, in canonical form (so: the same in meaning), with all the space that means something.
additions() {
    zcat -f "$1" | xmllint --c14n - >c14n.xml
    for at in "//@*[name()='shifts' or name()='tel' or name()='confidence' or name()='place']" "//@*[local-name()='channel']" \
        "//*[local-name()='weather']" "//*[local-name()='seal']" "//*[local-name()='lines']" \
        "//*[local-name()='check']/*"; do
        xmllint --xpath "$at" c14n.xml
        echo
    done | sed 's/ xmlns:[a-z0-9]*="[^"]*"//g; s/ xmlns="[^"]*"//g; s/\([< /]\)[a-z0-9]*:\(seal\|part\|channel\|witness\)/\1\2/g; s/^ *//' | grep -v '^$'
}

begin newer_minor__is_told__and_is_fine
run check "$NEWER"; status 0; out_has 'written by a newer version: 10 additions are kept'
run grade "$NEWER"; status 0

begin newer_minor__keeps_what_is_not_known__when_it_is_worked_on
gzip -c "$NEWER" >a.xml.gz
additions "$NEWER" >before
[ "$(wc -l <before)" -ge 10 ] || bad "the file has not what the test looks for: $(cat before)"
run set a.xml.gz 1-2=4; status 0
run set a.xml.gz 2-9=2 --note 'new'; status 0
additions a.xml.gz >after
cmp -s before after || bad "$(diff before after)"
run check a.xml.gz; status 0; out_has '10 additions are kept'

begin newer_major__is_refused__with_its_name
sed 's/urn:monshin:assessment:1/urn:monshin:assessment:2/' "$NEWER" >b.xml
run check b.xml; status 1; out_has 'urn:monshin:assessment:2'
finish
