# Completion of monshin @VERSION@ for bash, made from its table of commands: monshin completion bash

# The words before the cursor as they were typed: bash breaks them at "=" and ":", we do not.
_monshin_words() {
    words=()
    local i glue='' word
    for ((i = 1; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if [[ ${#words[@]} -gt 0 && (-n $glue || $word == [=:]*) ]]; then
            words[${#words[@]} - 1]+=$word
        else
            words+=("$word")
        fi
        glue=''
        [[ $word == *[=:] ]] && glue=yes
    done
}

# The value of an option or an operand: $1 kind, $2 what is typed of it, $3 values.
_monshin_complete() {
    local IFS=$'\n' ids item
    case $1 in
    values) mapfile -t COMPREPLY < <(compgen -W "${3// /$'\n'}" -- "$2") ;;
    file) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$2") ;;
    folder) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$2") ;;
    ending) # folders, and files with one of the endings
        compopt -o filenames
        mapfile -t COMPREPLY < <(compgen -d -- "$2"; for item in ${3// /$'\n'}; do compgen -f -X "!*$item" -- "$2"; done) ;;
    checklist)
        ids=$("$program" checklist list --format csv 2>/dev/null | sed 1d | cut -d, -f1)
        mapfile -t COMPREPLY < <(compgen -W "$ids" -- "$2"; compgen -f -X '!*.xml' -- "$2") ;;
    edition)
        ids=$("$program" checklist list --format csv 2>/dev/null | sed 1d | cut -d, -f4 | tr ' ' '\n' | sort -u)
        mapfile -t COMPREPLY < <(compgen -W "$ids" -- "$2") ;;
    command) mapfile -t COMPREPLY < <(compgen -W "${first// /$'\n'}" -- "$2") ;;
    item)
        if [[ $2 == *=* ]]; then
            mapfile -t COMPREPLY < <(compgen -W $'1\n2\n3\n4\n5\nunknown\nna:\n-' -- "${2#*=}")
        else
            ids=$("$program" show "$file" --format csv 2>/dev/null | sed 1d | cut -d, -f1 | sed 's/$/=/')
            mapfile -t COMPREPLY < <(compgen -W "$ids" -- "$2")
            compopt -o nospace
        fi ;;
    esac
}

_monshin() {
    local program=${COMP_WORDS[0]} words command='' kind=nothing values='' options='' file='' i n_operands=0
@BASH_WORDS@
    _monshin_words
    local n=$((${#words[@]} - 1))
    local cur=${words[n]} prev=''
    for ((i = 0; i < n; i++)); do
        case ${words[i]} in
        -*) prev=${words[i]}
            [[ ${words[i]} == *=* ]] || { _monshin_value "$command" "${words[i]}" && i=$((i + 1)); } ;;
        *)
            if [[ $n_operands -eq 0 && " $first " == *" ${words[i]} "* ]]; then
                command=${words[i]}
            elif [[ $n_operands -eq 1 && " $pairs" == *" $command:"* ]]; then
                command+=" ${words[i]}"
            elif [[ -z $file ]]; then
                file=${words[i]}
            fi
            n_operands=$((n_operands + 1)) ;;
        esac
    done
    COMPREPLY=()
    if [[ $cur == --*=* ]] && _monshin_value "$command" "${cur%%=*}"; then
        _monshin_complete "$kind" "${cur#*=}" "$values"
    elif [[ $n -gt 0 && ${words[n - 1]} == -* && ${words[n - 1]} != *=* ]] && _monshin_value "$command" "${words[n - 1]}"; then
        _monshin_complete "$kind" "$cur" "$values"
    else
        _monshin_operand
    fi
}

# Of the option $2 of the command $1: which kind of value it takes, into kind and values. False: it takes none.
_monshin_value() {
    kind=nothing values=''
    case "$1 $2" in
@BASH_VALUES@
    *) return 1 ;;
    esac
}

_monshin_operand() {
    kind=nothing values='' options=''
    case $command in
@BASH_COMMANDS@
    *) # the first of two words
        kind=values
        for i in $pairs; do [[ $i == "$command":* ]] && values+="${values:+ }${i#*:}"; done ;;
    esac
    if [[ $cur == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$cur")
        return
    fi
    [[ $kind == item && -z $file ]] && kind=ending values='.xml.gz .xml'
    _monshin_complete "$kind" "$cur" "$values"
    if [[ -z $command && $n_operands -eq 0 ]]; then
        mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "$first" -- "$cur")
    fi
}

complete -F _monshin monshin
