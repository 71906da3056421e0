# Completion of monshin @VERSION@ for fish, made from its table of commands: monshin completion fish

function __monshin_words
@FISH_WORDS@
end
__monshin_words

# The command before the cursor: its one or two words, or nothing.
function __monshin_command
    set -l words
    for word in (commandline -opc)[2..-1]
        string match -q -- '-*' $word; or set -a words $word
    end
    if test (count $words) -eq 0; or not contains -- $words[1] $__monshin_first
        echo ''
    else if string match -q -- "$words[1]:*" $__monshin_pairs
        string join ' ' $words[1..2]
    else
        echo $words[1]
    end
end

function __monshin_is
    test (__monshin_command) = $argv[1]
end

function __monshin_a_command
    string join \n $__monshin_first
end

# Folders, and files with one of the endings.
function __monshin_ending
    set -l typed (string replace -r '^--[a-z-]+=' '' -- (commandline -ct))
    set -l found $typed*/
    for ending in $argv
        set -a found $typed*$ending
    end
    string join \n -- $found
end

function __monshin_folder
    __monshin_ending
end

function __monshin_checklist
    set -l program (commandline -opc)[1]
    command $program checklist list --format csv 2>/dev/null | string match -r '^[^,]+' | tail -n +2
    __monshin_ending .xml
end

function __monshin_edition
    set -l program (commandline -opc)[1]
    command $program checklist list --format csv 2>/dev/null | tail -n +2 | cut -d, -f4 | string split ' ' | sort -u
end

# ITEM=VALUE, with the items of the file that stands before; before that, files.
function __monshin_item
    set -l program (commandline -opc)[1]
    set -l file
    for word in (commandline -opc)[3..-1]
        string match -q -- '-*' $word; or set file $word; and break
    end
    if test -z "$file"
        __monshin_ending .xml.gz .xml
        return
    end
    for id in (command $program show $file --format csv 2>/dev/null | tail -n +2 | cut -d, -f1)
        printf '%s=\n' $id
        string match -q -- "$id=*" (commandline -ct); and printf "$id=%s\n" 1 2 3 4 5 unknown na: -
    end
end

complete -c monshin -f
@FISH_COMMANDS@
