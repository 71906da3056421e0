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
