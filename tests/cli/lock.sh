# A passphrase for the working file.
. tests/cli/lib.sh
echo 'correct horse battery' >"$WORK/pass"
pass="--passphrase-file $WORK/pass"
locked() {
    run new a.xml.gz --site Osaka --site-id jp-osaka --company 'Example Seiki'
    run set a.xml.gz 1-1=3 1-2=4 --note 'secret words'
    run set a.xml.gz 1-3=2
    # shellcheck disable=SC2086
    run lock a.xml.gz $pass
}

begin lock__hides_the_file_and_its_generations__and_every_command_asks
locked; status 0; err_none; out_has 'generations'
head -c 21 a.xml.gz | grep -q 'age-encryption.org/v1' || bad 'it is not locked'
ls a.xml.gz.gen* 2>/dev/null && bad 'an older generation is still there'
for c in show grade gaps 'check' 'qr'; do
    # shellcheck disable=SC2086
    run $c a.xml.gz $pass; status 0
    ran="monshin $c a.xml.gz"; setsid "$MONSHIN" $c a.xml.gz >../out 2>../err </dev/null; rc=$?
    [ "$rc" -ne 0 ] || bad "$ran: opened without a passphrase"
done
# shellcheck disable=SC2086
run show a.xml.gz $pass; out_has 'secret words'
echo 'wrong horse battery' >wrong
run show a.xml.gz --passphrase-file wrong; status 3; err_one_line; err_has 'passphrase is wrong'
# shellcheck disable=SC2086
run set a.xml.gz 1-4=5 $pass; status 0
# shellcheck disable=SC2086
run set a.xml.gz 1-5=5 $pass; status 0
for f in a.xml.gz a.xml.gz.gen1; do head -c 21 "$f" | grep -q 'age-encryption.org/v1' || bad "$f is in the open"; done
# shellcheck disable=SC2086
run report a.xml.gz -o a.html $pass; status 0
# shellcheck disable=SC2086
run export a.xml.gz -o b.xml.gz $pass; status 0
run show b.xml.gz; status 0
mkdir fleet; cp a.xml.gz b.xml.gz fleet
run rollup fleet --format csv; status 1; out_has jp-osaka; err_has 'locked by a passphrase'

begin unlock__gives_the_file_back
locked
echo 'wrong horse battery' >wrong
run unlock a.xml.gz --passphrase-file wrong; status 3; err_one_line
# shellcheck disable=SC2086
run unlock a.xml.gz $pass; status 0; err_none
run show a.xml.gz; status 0; out_has 'secret words'
gzip -t a.xml.gz || bad 'no gzip'
run unlock a.xml.gz; status 0; out_has 'no passphrase'

begin merge__of_a_locked_file_is_locked__and_what_is_not_is_said
locked
cp a.xml.gz b.xml.gz
# shellcheck disable=SC2086
run set b.xml.gz 1-5=5 $pass; status 0; rm -f b.xml.gz.gen*
# shellcheck disable=SC2086
run unlock b.xml.gz $pass; rm -f b.xml.gz.gen*
for pair in 'a b' 'b a' 'a a2'; do
    cp a.xml.gz a2.xml.gz
    # shellcheck disable=SC2086
    run merge "${pair% *}.xml.gz" "${pair#* }.xml.gz" -o c.xml.gz $pass --force; status 0; err_has 'c.xml.gz: has the passphrase of a.xml.gz'
    head -c 21 c.xml.gz | grep -q 'age-encryption.org/v1' || bad "$pair: merged in the open"
    # shellcheck disable=SC2086
    run show c.xml.gz $pass; status 0; out_has 'secret words'
    [ "$(sed -n 2p c.xml.gz | tr -d '\0')" != "$(sed -n 2p a.xml.gz | tr -d '\0')" ] || bad "$pair: the salt of another file"
done
# shellcheck disable=SC2086
run merge a.xml.gz b.xml.gz -o d.xml $pass; status 0; head -c 21 d.xml | grep -q 'age-encryption.org/v1' || bad 'merged in the open'
run merge b.xml.gz b.xml.gz -o e.xml.gz; [ "$rc" -ne 0 ] || gzip -t e.xml.gz || bad 'no gzip'
# What is made in the open of a file with a passphrase is said, in one line.
for c in 'export -o x.xml.gz' 'report -o x.html' 'gaps --format csv -o x.csv' 'print -o x.txt'; do
    rm -f x.*
    # shellcheck disable=SC2086
    run ${c%% *} a.xml.gz ${c#* } $pass; status 0; err_has 'warning: this file has no passphrase, unlike a.xml.gz'
    # shellcheck disable=SC2086
    rm -f x.*; run ${c%% *} b.xml.gz ${c#* }; status 0; ! grep -q 'no passphrase' ../err || bad "$c: warned of nothing"
done
rm -f x.* b.xml.gz* c.xml.gz d.xml e.xml.gz
! zgrep -la 'secret words' ./* .[!.]* 2>/dev/null || bad 'in the open beside it'

begin lock__is_opened_by_age
if command -v age >/dev/null && command -v python3 >/dev/null; then
    locked
    # age asks a terminal: python gives it one.
    python3 - "$WORK/pass" >../age 2>&1 <<'PY' || bad "age does not open it: $(cat ../age)"
import os, pty, sys, time
pid, fd = pty.fork()
if pid == 0:
    os.execvp("age", ["age", "-d", "-o", "plain.gz", "a.xml.gz"])
out = b""
while b"assphrase" not in out:
    out += os.read(fd, 1000)
os.write(fd, open(sys.argv[1], "rb").read().strip() + b"\n")
try:
    while os.read(fd, 1000):
        pass
except OSError:
    pass
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
PY
    zcat plain.gz | grep -q 'secret words' || bad 'age gives something else'
else
    echo 'skipped: lock__is_opened_by_age: age or python3 is not installed'
fi

finish
