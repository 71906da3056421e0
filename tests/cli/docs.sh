# What is written about the program, held against it: README in both languages, manual pages, help, completion.
. tests/cli/lib.sh
. tests/support/blocks.sh
mkdir -p "$WORK/bin"
ln -sf "$MONSHIN" "$WORK/bin/monshin"
PATH=$WORK/bin:$PATH

# The commands of the table, one a line, as the help lists them: "checklist show".
commands() {
    "$MONSHIN" completion fish --lang en |
        sed -n "s/^complete -c monshin -n \"__monshin_is '\([^']*\)'\" -a '\([a-z]*\)' -d .*/\1 \2/p" | sed 's/^ //' | sort -u
}
options_of() { "$MONSHIN" $1 --help --lang en | sed -n '/^Options:/,/^$/s/^  \(-[a-z], \)\{0,1\}\(--[a-z-]*\).*/\2/p'; }

commands >"$WORK/commands"
: >"$WORK/options"
while read -r c; do options_of "$c"; done <"$WORK/commands" | sort -u >"$WORK/options"

# Runs the blocks ```console of a page: "$ " begins a command, what follows is its output, "..." stands for any lines. Dates are not compared.
# $1 the page. Says what differs; with UPDATE=1 it writes it into the page: look at it before you commit.
tour() {
    awk '/^```/ { if (inside) { inside = 0 } else if ($0 == "```console") { inside = 1 } next } inside' "$1" >../blocks
    rm -rf ../wanted && mkdir ../wanted
    awk '/^\$ / { n++; file = sprintf("../wanted/%03d", n); print substr($0, 3) >(file ".cmd"); printf "" >(file ".out"); next } { print >(file ".out") }' ../blocks
    for command in ../wanted/*.cmd; do
        ran="$1: $(cat "$command")"
        sh "$command" 2>&1 </dev/null | tr -d '\r' | sed 's/[ \t]*$//' >../got
        same "${command%.cmd}.out" ../got && continue
        [ -z "${UPDATE:-}" ] || { shown "${command%.cmd}.out" ../got >../new; mv ../new "${command%.cmd}.out"; continue; }
        bad "$ran: prints:$LF$(cat ../got)${LF}instead of:$LF$(cat "${command%.cmd}.out")"
    done
    [ -z "${UPDATE:-}" ] || { rewrite "$1" >../new && cat ../new >"$1"; }
    [ "$(ls ../wanted/*.cmd | wc -l)" -ge 12 ] || bad "$1: hardly any commands"
}
# As much of the new output as was shown of the old.
shown() {
    if [ "$(tail -n 1 "$1")" = ... ]; then head -n $(($(wc -l <"$1") - 1)) "$2"; echo ...; else cat "$2"; fi
}
rewrite() {
    awk '/^```/ { inside = !inside && $0 == "```console"; quiet = 0 }
        inside && /^\$ / { n++; print; file = sprintf("../wanted/%03d.out", n); while ((getline line <file) > 0) print line; quiet = 1; next }
        !(inside && quiet)' "$1"
}
for page in README.md README.ja.md; do
    case $page in *.ja.md) lang=ja_JP.UTF-8 ;; *) lang=en_GB.UTF-8 ;; esac
    begin "tour__prints_what_${page%.md}_shows"
    ln -s "$MONSHIN" monshin
    ln -s "$ROOT/checklists" checklists
    LANG=$lang
    export LANG
    tour "$ROOT/$page"
done
LANG=C.UTF-8

begin readme__has_every_command__and_no_other
for page in README.md README.ja.md; do
    # The table: | `monshin grade FILE` | ... |
    sed -n 's/^| `monshin \([^`]*\)` |.*/\1/p' "$ROOT/$page" | sed 's/\\|/|/g' >../table
    while read -r c; do
        grep -q "^$c\( \|$\)" ../table || bad "$page: no line for $c in its table of commands"
    done <"$WORK/commands"
    while read -r line; do
        case $line in '[FILE]') continue ;; esac
        c=$(echo "$line" | sed 's/ *[[A-Z].*//; s/ bash|.*//')
        grep -qx "$c" "$WORK/commands" || bad "$page: there is no command $c"
    done <../table
    # Wherever a command is mentioned in code.
    grep -o '`[^`]*`\|^\$ .*\|^\./monshin.*' "$ROOT/$page" | grep -o 'monshin [a-z][a-z.]*\( [a-z][a-z]*\)\{0,1\}' | grep -v '\.' | sort -u | while read -r _ first second; do
        grep -qx "$first" "$WORK/commands" || grep -qx "$first $second" "$WORK/commands" || echo "$page: there is no command $first $second"
    done >../unknown
    [ ! -s ../unknown ] || bad "$(cat ../unknown)"
done

begin readme_and_man__mention_only_options_that_exist
for lang in en ja; do for s in 1 5; do "$MONSHIN" man --format man $s --lang $lang | sed 's/\\-/-/g; s/\\f[BIR]//g; s/\\://g' >man.$lang.$s; done; done
for page in "$ROOT/README.md" "$ROOT/README.ja.md" man.en.1 man.en.5 man.ja.1 man.ja.5; do
    grep -o -e '--[a-z][a-z-]*' "$page" | sort -u | while read -r o; do
        # Those of xmllint.
        case $o in --noout | --schema) continue ;; esac
        grep -qx -e "$o" "$WORK/options" || echo "$page: there is no option $o"
    done >../unknown
    [ ! -s ../unknown ] || bad "$(cat ../unknown)"
done

begin man__has_every_command_and_option__in_both_languages
for lang in en ja; do
    while read -r c; do
        grep -qx ".SS \"$c\"" man.$lang.1 2>/dev/null || "$MONSHIN" man --format man --lang $lang | sed 's/\\-/-/g' | grep -qx ".SS \"$c\"" || bad "$lang: no $c"
    done <"$WORK/commands"
    "$MONSHIN" man --format man --lang $lang | sed 's/\\-/-/g; s/\\f[BIR]//g' | sed -n '/^.TP$/{n;p}' >tags
    while read -r o; do grep -q -e "^\(-[a-z], \)\{0,1\}$o\( \|$\)" tags || bad "$lang: no option $o"; done <"$WORK/options"
done

# The examples of the help and of the man page are the same table; each runs on files of the names that it uses.
begin examples__run
"$MONSHIN" demo --fleet --into plants --lang en >/dev/null
cp plants/osaka-2.xml.gz osaka.xml.gz
cp plants/osaka-2.xml.gz self.xml.gz
cp plants/osaka-2.xml.gz assessor.xml.gz
cp plants/osaka-2.xml.gz office.xml.gz
cp plants/osaka-2.xml.gz floor.xml.gz
cp "$ROOT/tests/data/tiny/checklist.xml" my-checklist.xml
"$MONSHIN" rollup plants --benchmark benchmark.xml >/dev/null 2>&1
rm plants/nagano-1.xml.gz
"$MONSHIN" man --format man --lang en | sed 's/\\-/-/g' | sed -n '/^.SH EXAMPLES/,/^.SH NOTES/s/^\\fBmonshin \(.*\)\\fR$/\1/p' >../examples
[ "$(wc -l <../examples)" -ge 20 ] || bad "hardly any examples"
# One pair of keys for everybody, and its passphrase from a file instead of a person.
echo 'correct horse battery' >pass
"$MONSHIN" keygen -o pair --passphrase-file pass >/dev/null || bad 'no keys'
keys() {
    rm -rf .config headquarters.* osaka.pub
    case $1 in keygen*) return ;; esac
    mkdir -p .config/monshin && cp pair.key .config/monshin/monshin.key && cp pair.pub headquarters.pub && cp pair.pub osaka.pub
    case $1 in open*) ;; *) rm -f to-hq.age ;; esac
}
unset XDG_CONFIG_HOME
while IFS= read -r line; do
    # What asks somebody, or wants a reader at the other end.
    case $line in osaka.xml.gz | demo | man\ \|* | enter\ * | ask\ * | import\ * ) continue ;; esac
    rm -f osaka.xml.gz osaka.html
    case $line in rollup\ *--benchmark*) rm -f benchmark.xml ;; esac
    case $line in new\ * | merge\ * | open\ *) ;; *) cp self.xml.gz osaka.xml.gz ;; esac
    keys "$line"
    case $line in keygen* | lock* | seal* | open* | *--to\ *) line="$line --passphrase-file pass" ;; esac
    (HOME=$PWD; mkdir -p .local/share/bash-completion/completions; rm -rf plants-new; echo "monshin $(echo "$line" | sed 's/--into plants/--into plants-new/')" >example.sh; sh -e ./example.sh) >../out 2>../err </dev/null
    rc=$?
    [ "$rc" -eq 0 ] || bad "monshin $line: exit status $rc: $(cat ../err)"
done <../examples

finish
