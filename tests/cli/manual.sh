# The manual pages: made from the tables, clean in the eyes of the typesetters, 80 columns in both languages.
. tests/cli/lib.sh
MAN="1 5"

# $1 language, $2 section: typeset for a terminal of 80 columns, plain, into ../page; what the typesetter says into ../said.
typeset_page() {
    macros=
    [ "$1" = en ] || macros=-m$1
    # shellcheck disable=SC2086
    groff -Kutf8 -mandoc $macros -Tutf8 -P-c -ww -rLL=78n "$1.$2" 2>../said | sed 's/.\x08//g' >../page
}

# Lines of more than 80 columns: a character of three bytes has two.
too_wide() {
    LC_ALL=C awk '{ bytes = $0; three = gsub(/[\340-\357][\200-\277][\200-\277]/, "", bytes); if (length(bytes) + 2 * three > 80) print }' "$1"
}

begin man__is_source_for_man__in_both_languages
for lang in en ja; do
    for s in $MAN; do
        run man "$s" --lang $lang --format man; status 0; err_none; out_has ".TH MONSHIN $s "
        ! grep '@[A-Z]*@' ../out || bad "$ran: a part was not filled in"
    done
done
run man --format man; status 0; out_has '.TH MONSHIN 1 '
run man --format html; status 2; err_one_line
run man 7; status 2; err_one_line
run man --lang ja --format man -o page.1; status 0; [ -s page.1 ] || bad 'nothing written'

begin man__has_a_name_that_whatis_can_read
for lang in en ja; do
    for s in $MAN; do
        run man "$s" --lang $lang --format man
        grep -q '^monshin \\- [^\]*$' ../out || bad "$lang.$s: $(sed -n 5p ../out)"
    done
done

begin man__is_text__where_there_is_no_man
for lang in en ja; do
    for s in $MAN; do
        run man "$s" --lang $lang; status 0; err_none
        ! grep -n '\\[a-z&:-]\|^\.[A-Za-z]' ../out || bad "$lang.$s: roff is left in it"
        too_wide ../out >../wide
        [ ! -s ../wide ] || bad "$lang.$s: wider than 80 columns: $(cat ../wide)"
        # The same words as man shows, in the same order.
        if command -v groff >/dev/null 2>&1; then
            "$MONSHIN" man "$s" --lang $lang --format man >$lang.$s
            typeset_page $lang $s
            for f in ../page ../out; do sed '1d' $f | grep -v '^MONSHIN(\|^monshin 0\|^ *$' | tr -d ' \n' >$f.words; done
            tail -c +20 ../out.words | cmp -s - /dev/null && bad "$lang.$s: empty"
            LC_ALL=C.UTF-8 sed 's/MONSHIN([15]).*//' ../page.words >../a; sed 's/MONSHIN([15]).*//' ../out.words >../b
            cmp -s ../a ../b || bad "$lang.$s: other words than man shows: $(cmp ../a ../b)"
        fi
    done
done

begin man__is_clean__for_groff_and_mandoc__within_80_columns
if command -v groff >/dev/null 2>&1; then
    for lang in en ja; do
        for s in $MAN; do
            "$MONSHIN" man --format man "$s" --lang $lang >$lang.$s
            typeset_page $lang $s
            [ ! -s ../said ] || bad "$lang.$s: groff: $(head -n 5 ../said)"
            [ "$(wc -l <../page)" -gt 60 ] || bad "$lang.$s: hardly anything came out"
            too_wide ../page >../wide
            [ ! -s ../wide ] || bad "$lang.$s: wider than 80 columns: $(cat ../wide)"
        done
    done
else
    echo 'skipped: there is no groff'
fi
if command -v mandoc >/dev/null 2>&1; then
    for lang in en ja; do
        for s in $MAN; do
            "$MONSHIN" man --format man "$s" --lang $lang | mandoc -T lint -W warning >../said
            # Long lines of the source are its business: Japanese has no blanks to break them at.
            ! grep -v 'STYLE: input text line longer' ../said || bad "$lang.$s: mandoc complains"
        done
    done
else
    echo 'skipped: there is no mandoc'
fi

begin man1__names_every_variable_that_the_program_reads
grep -rhoE --include='*.c' 'getenv\("[A-Z_]+"\)' "$ROOT/core" "$ROOT/tui" "$ROOT/i18n" | grep -oE '[A-Z_]{2,}' | sort -u >../variables
[ "$(wc -l <../variables)" -ge 8 ] || bad "too few: $(cat ../variables)"
for lang in en ja; do
    "$MONSHIN" man --format man --lang $lang >../page
    while read -r v; do grep -qw "$v" ../page || bad "$lang: does not know $v"; done <../variables
done

begin man5__names_every_element_and_attribute_of_the_schema
for lang in en ja; do
    "$MONSHIN" man --format man 5 --lang $lang | sed 's/\\-/-/g; s/\\f[A-Z]/ /g; s/\\:/ /g' | tr -c 'A-Za-z0-9-' '\n' | sort -u >../words
    sed -n 's/.*<xs:\(element\|attribute\) name="\([^"]*\)".*/\2/p' "$ROOT/checklists/assessment.xsd" | sort -u >../names
    missing=$(comm -13 ../words ../names)
    [ -z "$missing" ] || bad "$lang: monshin.5 does not know:" $missing
done

begin man5__has_an_example_that_the_program_reads
for lang in en ja; do
    "$MONSHIN" man --format man 5 --lang $lang | sed -n '/^<?xml/,/^<\/assessment>/p' | sed 's/\\-/-/g' >$lang.xml
    run check $lang.xml; status 0
done

finish
