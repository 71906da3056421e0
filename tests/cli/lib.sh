# What the scripts of the command line share. A script: . this file; then for each case
#     begin name__does_this__when_that
#     run ARGUMENTS; status 0; out_is TEXT; err_is TEXT; ...
# and `finish` at the end. Each case begins in an empty folder. A failed expectation is said and the case goes on.
# shellcheck shell=sh disable=SC2034
set -u
ROOT=$PWD
case_name=''
case_bad=0
any_bad=0
LF='
'

close_case() {
    [ -n "$case_name" ] || return 0
    if [ "$case_bad" -eq 0 ]; then echo "ok $case_name"; else echo "not ok $case_name"; fi
}

begin() {
    close_case
    case_name=$1
    case_bad=0
    cd "$WORK" && rm -rf case && mkdir case && cd case || exit 2
}

finish() {
    close_case
    cd "$ROOT" || exit 2
    exit "$any_bad"
}

bad() {
    printf '%s: %s\n' "$case_name" "$1"
    case_bad=1
    any_bad=1
}

# Runs the program; its output is in ../out and ../err, its exit status in rc.
run() {
    ran="monshin $*"
    "$MONSHIN" "$@" >../out 2>../err </dev/null
    rc=$?
}

status() { [ "$rc" -eq "$1" ] || bad "$ran: exit status $rc, not $1: $(cat ../err)"; }
out_is() { [ "$(cat ../out)" = "$1" ] || bad "$ran: printed:$LF$(cat ../out)${LF}instead of:$LF$1"; }
out_has() { grep -aqF -- "$1" ../out || bad "$ran: output lacks \"$1\":$LF$(cat ../out)"; }
out_lacks() { ! grep -aqF -- "$1" ../out || bad "$ran: output has \"$1\":$LF$(cat ../out)"; }
err_has() { grep -aqF -- "$1" ../err || bad "$ran: standard error lacks \"$1\": $(cat ../err)"; }
err_none() { [ ! -s ../err ] || bad "$ran: standard error: $(cat ../err)"; }
# The line of the contract: monshin: SUBJECT: what is wrong, what to do.
err_one_line() {
    [ "$(wc -l <../err)" -eq 1 ] || bad "$ran: not one line of error: $(cat ../err)"
    grep -aq '^monshin: ' ../err || bad "$ran: the error does not begin with monshin: $(cat ../err)"
    [ ! -s ../out ] || bad "$ran: printed an answer beside the error: $(cat ../out)"
}
# The n-th line of the output without its CR.
line_is() { [ "$(sed -n "$1p" ../out | tr -d '\r')" = "$2" ] || bad "$ran: line $1 is \"$(sed -n "$1p" ../out)\", not \"$2\""; }
xml_good() { xmllint --noout ../out 2>../xmlerr || bad "$ran: not well-formed: $(cat ../xmlerr)"; }

# All 32 items of the built-in checklist at a level.
all_at() {
    for i in 1 2 3 4 5; do printf ' 1-%s=%s' "$i" "$1"; done
    for i in 1 2 3 4 5 6 7 8 9 10 11 12 13; do printf ' 2-%s=%s' "$i" "$1"; done
    for i in 1 2 3 4 5 6 7 8; do printf ' 3-%s=%s' "$i" "$1"; done
    for i in 1 2 3 4 5 6; do printf ' 4-%s=%s' "$i" "$1"; done
}
