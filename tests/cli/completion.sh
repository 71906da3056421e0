# Completion in the shells themselves; zsh and fish where they are installed.
. tests/cli/lib.sh

for shell in bash zsh fish; do "$MONSHIN" completion $shell --lang en >"$WORK/$shell" || exit 2; done
# The program by the name that one types.
mkdir -p "$WORK/bin"
ln -sf "$MONSHIN" "$WORK/bin/monshin"
PATH=$WORK/bin:$PATH

# What bash would offer: $@ the words as bash breaks them, the last one being typed.
in_bash() {
    ran="bash: $*"
    bash --norc -c '. "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE=$*; COMP_POINT=${#COMP_LINE}
        _monshin 2>/dev/null; printf "%s\n" "${COMPREPLY[@]}"' "$WORK/bash" "$@" 2>../err | sort >../out
    [ ! -s ../err ] || bad "$ran: $(cat ../err)"
}
in_fish() {
    ran="fish: $1"
    fish --no-config -c "source $WORK/fish; complete -C '$1'" 2>../err | cut -f1 | sort >../out
    [ ! -s ../err ] || bad "$ran: $(cat ../err)"
}
# Of a zsh at a terminal, in which somebody types $1 and twice the tabulator.
in_zsh() {
    ran="zsh: $1"
    zsh -f -c 'zmodload zsh/zpty; zpty z zsh -f -i
        zpty -w z "PS1=; stty -echo columns 200 rows 60; autoload -Uz compinit && compinit -u -D; source $2; print RE\"\"ADY"
        zpty -r -m z out "*READY*" || exit 1
        zpty -w -n z "$1"$'"'\\t\\t'"'
        sleep 0.7; while zpty -r -t z more; do out+=$more; done; print -r -- ${out##*READY}' zsh "$1" "$WORK/zsh" 2>../err |
        sed 's/\x1b\[[0-9;?]*[a-zA-Z]/ /g' | tr -s ' \r\t\007' '\n' >../out
}

# What every shell must offer: $1 its function (taking one line for fish and zsh).
out_word() { for w in "$@"; do grep -qxF -- "$w" ../out || bad "$ran: does not offer \"$w\":$LF$(cat ../out)"; done; }
out_no_word() { for w in "$@"; do ! grep -qxF -- "$w" ../out || bad "$ran: offers \"$w\""; done; }

begin completion__is_refused__for_other_shells
run completion csh; status 2; err_one_line; err_has csh
run completion; status 2; err_one_line

begin bash__completes_commands_options_and_values
in_bash monshin ''; out_word new grade checklist rollup help; out_no_word list
in_bash monshin gr; out_is grade
in_bash monshin checklist ''; out_is "check${LF}list${LF}show"
in_bash monshin grade --f; out_is "--force${LF}--format"
in_bash monshin grade --format ''; out_is "csv${LF}text${LF}xml"
in_bash monshin gaps --format ''; out_word xlsx
in_bash monshin print --format ''; out_is "html${LF}text"
in_bash monshin grade --lang = j; out_is ja
in_bash monshin new a.xml.gz --importance h; out_is high
in_bash monshin plan --target ''; out_is "A${LF}B${LF}C"
in_bash monshin qr a --c; out_is "--checklist${LF}--code"
in_bash monshin checklist show ''; out_word meti-factory
in_bash monshin new --edition ''; out_word draft-2022-04 public-2023
in_bash monshin help exp; out_is export
in_bash monshin completion ''; out_is "bash${LF}fish${LF}zsh"
in_bash monshin --lang ja gra; out_is grade

begin bash__completes_files_by_their_ending__and_items_of_the_file
run new plant.xml.gz; touch notes.txt small.xml; mkdir dir
in_bash monshin grade ''; out_is "dir${LF}plant.xml.gz${LF}small.xml"
in_bash monshin checklist check ''; out_is "dir${LF}small.xml"
in_bash monshin grade plant.xml.gz -o ''; out_word notes.txt
in_bash monshin rollup x --rollout ''; out_is dir
touch hq.pub hq.key to-hq.age
in_bash monshin seal plant.xml.gz --to ''; out_is "dir${LF}hq.pub"
in_bash monshin open ''; out_is "dir${LF}to-hq.age"
in_bash monshin open to-hq.age --key ''; out_is "dir${LF}hq.key"
rm hq.pub hq.key to-hq.age
in_bash monshin set ''; out_word plant.xml.gz
in_bash monshin set plant.xml.gz 2-1; out_word 2-1= 2-10= 2-13=; out_no_word 2-2=
in_bash monshin set plant.xml.gz 2-6 = ''; out_word 1 5 unknown na:
run new own.xml.gz --checklist "$ROOT/tests/data/tiny/checklist.xml"
in_bash monshin set own.xml.gz ''; out_no_word 2-6=

begin every_command_and_option_of_the_table__is_in_every_script
"$MONSHIN" --help --lang en >../help
# One word or two, then the operands in capitals.
sed -n '/^Commands:/,/^$/s/^  \([a-z][a-z ]*[a-z]\) .*/\1/p' ../help | sed 's/  .*//; s/ bash$//' | sort -u >../names
[ "$(wc -l <../names)" -ge 20 ] || bad "too few commands in the help: $(cat ../names)"
while read -r name; do
    [ "$name" != help ] || continue # its help is that of all
    "$MONSHIN" $name --help --lang en | sed -n '/^Options:/,/^$/s/^  \(-[a-z], \)\{0,1\}--\([a-z-]*\).*/\2/p' >../options
    [ -s ../options ] || bad "$name has no options?"
    grep -q "^    '$name')\$" "$WORK/bash" || bad "bash does not know $name"
    grep -q "^    '$name')\$" "$WORK/zsh" || bad "zsh does not know $name"
    grep -q -- "-a '${name##* }'" "$WORK/fish" || bad "fish does not know $name"
    while read -r option; do
        sed -n "/^    '$name')\$/,/;;/p" "$WORK/bash" | grep -q -- " --$option[ ']" || bad "bash: $name has no --$option"
        sed -n "/^    '$name')\$/,/;;/p" "$WORK/zsh" | grep -q -- "--$option[=['}]" || bad "zsh: $name has no --$option"
        grep -q -- "__monshin_is '$name'\" -l $option " "$WORK/fish" || bad "fish: $name has no --$option"
    done <../options
done <../names

begin scripts__parse__in_their_shells_and_in_both_languages
for lang in en ja; do
    for shell in bash zsh fish; do
        "$MONSHIN" completion $shell --lang $lang >script
        command -v $shell >/dev/null 2>&1 || { echo "skipped: there is no $shell"; continue; }
        $shell -n script 2>../err || bad "$shell, $lang: $(cat ../err)"
    done
done

if command -v fish >/dev/null 2>&1; then
    begin fish__completes_commands_options_values_files_and_items
    run new plant.xml.gz; touch notes.txt
    in_fish 'monshin '; out_word new grade checklist help; out_no_word list
    in_fish 'monshin checklist '; out_is "check${LF}list${LF}show"
    in_fish 'monshin grade --format '; out_is "csv${LF}text${LF}xml"
    in_fish 'monshin grade --lang='; out_word --lang=ja
    in_fish 'monshin grade --fo'; out_is "--force${LF}--format"
    in_fish 'monshin grade '; out_word plant.xml.gz; out_no_word notes.txt
    in_fish 'monshin set pl'; out_is plant.xml.gz
    in_fish 'monshin set plant.xml.gz 2-1'; out_word 2-1= 2-13=
    in_fish 'monshin set plant.xml.gz 2-6='; out_word 2-6=3 2-6=unknown
    in_fish 'monshin checklist show m'; out_is meti-factory
fi

if command -v zsh >/dev/null 2>&1; then
    begin zsh__completes_commands_options_values_files_and_items
    run new plant.xml.gz; touch notes.txt
    in_zsh 'monshin '; out_word new grade checklist rollup plant.xml.gz; out_no_word notes.txt
    in_zsh 'monshin checklist '; out_word list show check
    in_zsh 'monshin grade --format '; out_word text csv xml; out_no_word xlsx
    in_zsh 'monshin gaps --f'; out_word --force --format
    touch plant.pub plant.age; in_zsh 'monshin grade pl'; out_no_word plant.pub
    in_zsh 'monshin set plant.xml.gz 2-1'; out_word 2-1 2-13
    in_zsh 'monshin set plant.xml.gz 2-6='; out_word unknown
    in_zsh 'monshin new x.xml.gz --edition '; out_word draft-2022-04
fi

finish
