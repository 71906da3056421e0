# Blocks of code in the pages of the project, so that they cannot rot. Sourced by scripts that have sourced tests/cli/lib.sh.
# shellcheck shell=sh

# Is the output $2 what the page shows, $1? A line "..." stands for any lines. Dates are not compared.
same() {
    awk 'function plain(s) { gsub(/[12][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]/, "DATE", s); return s }
        NR == FNR { want[++w] = plain($0); next } { got[++g] = plain($0) }
        END {
            i = 1
            for (k = 1; k <= w; k++) {
                if (want[k] == "...") { if (k == w) exit 0; while (i <= g && got[i] != want[k + 1]) i++; continue }
                if (i > g || got[i++] != want[k]) exit 1
            }
            exit i <= g
        }' "$1" "$2"
}


# Replaces in the files that a diff without line numbers names: the lines it shows must stand there, once.
patch_by() {
    awk '/^--- a\// { file = substr($0, 7); next } /^\+\+\+ / { next }
        /^@@/ { n++; files[n] = file; next }
        n { first = substr($0, 1, 1); rest = substr($0, 2); if (first != "+") old[n] = old[n] rest "\n"; if (first != "-") new[n] = new[n] rest "\n" }
        END { for (i = 1; i <= n; i++) { text = ""; while ((getline line <files[i]) > 0) text = text line "\n"; close(files[i])
                  at = index(text, old[i])
                  if (at == 0 || index(substr(text, at + 1), old[i]) > 0) { print files[i] ": not there, or not once:\n" old[i]; bad = 1; continue }
                  printf "%s", substr(text, 1, at - 1) new[i] substr(text, at + length(old[i])) >files[i]; close(files[i]) } exit bad }' "$1"
}

# Does what the section "## $2" of the page $1 says, in this folder: ```c FILE and ```xml FILE are written, ```diff is applied, ```sh is run,
# ```console is run and compared.
follow() {
    rm -rf "$WORK/blocks" && mkdir "$WORK/blocks"
    awk -v heading="## $2" -v out="$WORK/blocks/" '
        !inside && /^## / { wanted = $0 == heading; next }
        /^ *```/ { if (inside) { inside = 0 } else { inside = 1; indent = index($0, "`"); if (wanted) { n++; sub(/^ *```/, ""); print >sprintf("%s%02d.kind", out, n) } } next }
        inside && wanted { print substr($0, indent) >sprintf("%s%02d.body", out, n) }' "$1"
    [ -e "$WORK/blocks/01.body" ] || bad "$1 has nothing to do under \"$2\""
    for block in "$WORK"/blocks/*.body; do
        read -r kind file <"${block%.body}.kind"
        case $kind in
        diff) patch_by "$block" >"$WORK/said" || bad "$1, $2: $(cat "$WORK/said")" ;;
        sh) sh -e "$block" >"$WORK/said" 2>&1 </dev/null || bad "$1, $2: $(cat "$block")$LF$(tail -n 20 "$WORK/said")" ;;
        console) converse "$block" "$1, $2" ;;
        *) [ -z "$file" ] || { mkdir -p "$(dirname "$file")" && cp "$block" "$file"; } ;;
        esac
    done
}

# Runs each "$ command" of a block and compares what follows it.
converse() {
    rm -rf "$WORK/talk" && mkdir "$WORK/talk"
    awk -v out="$WORK/talk/" '/^\$ / { n++; print substr($0, 3) >sprintf("%s%02d.cmd", out, n); printf "" >sprintf("%s%02d.out", out, n); next }
        { print >sprintf("%s%02d.out", out, n) }' "$1"
    for said in "$WORK"/talk/*.cmd; do
        sh "$said" 2>&1 </dev/null | tr -d '\r' | sed 's/[ \t]*$//' >"$WORK/got"
        same "${said%.cmd}.out" "$WORK/got" || bad "$2: $(cat "$said"): prints:$LF$(cat "$WORK/got")${LF}instead of:$LF$(cat "${said%.cmd}.out")"
    done
}
