#compdef monshin
# Completion of monshin @VERSION@ for zsh, made from its table of commands: monshin completion zsh

_monshin_start() {
    _alternative 'commands:command:_monshin_commands' 'files:file:_files -g "*.xml(|.gz)"'
}

# Of commands of two words the first.
_monshin_commands() {
    local -a names
    names=(
@ZSH_NAMES@
    )
    names=(${names/#(#b)([a-z]##) [a-z]##:*/$match[1]})
    _describe -t commands command names
}

_monshin_checklists() {
    local -a ids
    ids=(${(f)"$($program checklist list --format csv 2>/dev/null | sed 1d | cut -d, -f1)"})
    _alternative 'ids:checklist:compadd -a ids' 'files:file:_files -g "*.xml"'
}

_monshin_editions() {
    local -a ids
    ids=(${(f)"$($program checklist list --format csv 2>/dev/null | sed 1d | cut -d, -f4 | tr ' ' '\n' | sort -u)"})
    compadd -a ids
}

# ITEM=VALUE, with the items of the file that stands before.
_monshin_items() {
    local -a ids
    if compset -P '*='; then
        compadd 1 2 3 4 5 unknown na: -
    else
        ids=(${(f)"$($program show ${(Q)words[2]} --format csv 2>/dev/null | sed 1d | cut -d, -f1)"})
        compadd -S = -a ids
    fi
}

_monshin() {
    local program=$words[1] command='' curcontext=$curcontext
    local -a names firsts
    names=(
@ZSH_NAMES@
    )
    firsts=(${names%%:*})
    if (( CURRENT > 3 )) && (( ${firsts[(Ie)$words[2] $words[3]]} )); then
        command="$words[2] $words[3]"
        shift 2 words
        (( CURRENT -= 2 ))
    elif (( CURRENT == 3 )) && [[ -n ${(M)firsts:#$words[2] *} ]]; then
        compadd -- ${${(M)firsts:#$words[2] *}#* }
        return
    elif (( CURRENT > 2 )) && (( ${firsts[(Ie)$words[2]]} )); then
        command=$words[2]
        shift words
        (( CURRENT -= 1 ))
    fi
    case $command in
@ZSH_COMMANDS@
    esac
}

if [[ $funcstack[1] == _monshin ]]; then _monshin "$@"; else compdef _monshin monshin; fi
