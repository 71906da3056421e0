# Sealed files: keys, sealing, opening; by hand with age, tar and minisign where these are installed.
. tests/cli/lib.sh

# Once for all cases: the passphrase's protection takes its time.
KEYS=$WORK/keys
rm -rf "$KEYS" && mkdir -p "$KEYS"
export XDG_CONFIG_HOME="$KEYS/config"
echo 'correct horse battery' >"$KEYS/pass"
pass="--passphrase-file $KEYS/pass"
for name in hq third osaka; do
    # shellcheck disable=SC2086
    "$MONSHIN" keygen -o "$KEYS/$name" $pass >"$KEYS/$name.out" || exit 2
done
some_file() {
    run new a.xml.gz --site Osaka --site-id jp-osaka --company 'Example Seiki'
    run set a.xml.gz 1-1=3 --note 'secret words'
}
# shellcheck disable=SC2086
sealed() { some_file; run seal a.xml.gz --to "$KEYS/hq.pub" --key "$KEYS/osaka.key" $pass -o a.age; }

begin keygen__makes_a_pair__and_never_replaces_one
# shellcheck disable=SC2086
run keygen -o mine $pass; status 0; err_none; out_has 'mine.key'; out_has 'Fingerprint'
[ "$(stat -c %a mine.key)" = 600 ] || bad "the secret key has mode $(stat -c %a mine.key)"
! grep -q AGE-SECRET mine.key || bad 'the secret stands in the open'
grep -qE '^age1[0-9a-z]{58}$' mine.pub || bad 'no age1 line'
grep -qE '^RW[0-9A-Za-z+/]{54}$' mine.pub || bad 'no RW line'
fingerprint=$(sed -n 's/^# fingerprint: //p' mine.pub)
echo "$fingerprint" | grep -qE '^[0-9]{4}( [0-9]{4}){7}$' || bad "fingerprint: $fingerprint"
run key mine.pub; status 0; out_has "$fingerprint"
run key mine.key; status 0; out_has "$fingerprint"; out_lacks AGE-SECRET
# shellcheck disable=SC2086
run keygen -o mine $pass; status 3; err_one_line; err_has 'never replaced'
# shellcheck disable=SC2086
run keygen $pass; status 0; [ -e "$XDG_CONFIG_HOME/monshin/monshin.key" ] || bad 'no key of this person'
[ "$(stat -c %a "$XDG_CONFIG_HOME/monshin")" = 700 ] || bad 'others may look into the folder'
run key; status 0; out_has RW
# shellcheck disable=SC2086
run key --lang ja; status 0; out_has '指紋'
rm -rf "$XDG_CONFIG_HOME"

begin keygen__wants_a_passphrase_that_is_one
echo short >p; run keygen -o k --passphrase-file p; status 2; err_one_line; err_has '10'
: >p; run keygen -o k --passphrase-file p; status 3; err_one_line
run keygen -o k --passphrase-file nowhere; status 3; err_one_line
echo 'ただしいうまでんち' >p; run keygen -o k --passphrase-file p; status 2
echo 'ただしい馬の電池と針' >p; run keygen -o k --passphrase-file p; status 0
# From a descriptor, as an ordinary user too.
"$MONSHIN" keygen -o m --passphrase-file /dev/fd/3 3<"$KEYS/pass" >../out 2>../err </dev/null; rc=$?; ran='keygen, /dev/fd/3'; status 0
"$MONSHIN" keygen -o n --passphrase-file /dev/stdin <"$KEYS/pass" >../out 2>../err; rc=$?; ran='keygen, /dev/stdin'; status 0
run keygen -o l --passphrase-file /dev/fd/9; status 3; err_one_line
mkdir free && chmod 777 free && cp "$MONSHIN" free/monshin
if [ "$(id -u)" -eq 0 ] && setpriv --reuid=65534 --clear-groups test -w "$PWD/free" 2>/dev/null; then
    (cd free && setpriv --reuid=65534 --clear-groups ./monshin keygen -o o --passphrase-file /dev/fd/3 3<"$KEYS/pass") >../out 2>../err </dev/null
    rc=$?; ran='keygen, /dev/fd/3, as nobody'; status 0
fi
setsid "$MONSHIN" keygen -o l >../out 2>../err </dev/null; rc=$?; ran=keygen; status 2; err_one_line; err_has '--passphrase-file'
[ ! -e l.key ] && [ ! -e l.pub ] || bad 'made keys all the same'

begin seal__is_opened_by_the_recipient_only
sealed; status 0; err_none; out_has 'jp-osaka'; out_has "$(sed -n 's/^# fingerprint: //p' "$KEYS/hq.pub")"; out_has 'This machine cannot'
[ "$(stat -c %a a.age)" = 600 ] || bad 'others may read it'
! grep -aq 'osaka' a.age || bad 'the site can be read'
# shellcheck disable=SC2086
run open a.age --key "$KEYS/hq.key" --from "$KEYS/osaka.pub" $pass -o b.xml.gz; status 0; err_none; out_has 'osaka.pub'
cmp -s a.xml.gz b.xml.gz || bad 'other bytes came out'
# shellcheck disable=SC2086
run open a.age --key "$KEYS/hq.key" $pass -o c.xml.gz; status 0; err_has 'telephone'; err_has "$(sed -n 's/^# fingerprint: //p' "$KEYS/osaka.pub")"
for who in third osaka; do
    # shellcheck disable=SC2086
    run open a.age --key "$KEYS/$who.key" --from "$KEYS/osaka.pub" $pass -o d.xml.gz; status 1; err_one_line; err_has 'not sealed for this key'
done
# shellcheck disable=SC2086
run open a.age --key "$KEYS/hq.key" --from "$KEYS/third.pub" $pass -o d.xml.gz; status 1; err_one_line; err_has 'another key'
echo 'wrong horse battery' >p; run open a.age --key "$KEYS/hq.key" --passphrase-file p -o d.xml.gz; status 3; err_one_line; err_has 'passphrase'
[ ! -e d.xml.gz ] || bad 'wrote what it refused'
# shellcheck disable=SC2086
run open a.xml.gz --key "$KEYS/hq.key" $pass -o d.xml.gz; status 1; err_one_line

begin key__that_others_may_read__is_warned_of
some_file
cp "$KEYS/osaka.key" open.key; chmod 640 open.key
# shellcheck disable=SC2086
run seal a.xml.gz --to "$KEYS/hq.pub" --key open.key $pass -o a.age; status 0; err_has 'open.key: warning'
chmod 600 open.key
# shellcheck disable=SC2086
run seal a.xml.gz --to "$KEYS/hq.pub" --key open.key $pass -o b.age; status 0; err_none

begin open__takes_the_text_of_a_mail
sealed; status 0
armor() { echo '-----BEGIN AGE ENCRYPTED FILE-----'; base64 -w64 "$1"; echo '-----END AGE ENCRYPTED FILE-----'; }
armor a.age >b.age
# shellcheck disable=SC2086
run open b.age --key "$KEYS/hq.key" --from "$KEYS/osaka.pub" $pass -o b.xml.gz; status 0; err_none
cmp -s a.xml.gz b.xml.gz || bad 'other bytes came out'
mkdir in; sed 's/$/\r/' b.age >in/mail.txt; mv in/mail.txt in/mail.age
# shellcheck disable=SC2086
run rollup in --format csv --key "$KEYS/hq.key" $pass; status 0; out_has jp-osaka
{ echo 'Please find enclosed'; cat b.age; } >c.age
# shellcheck disable=SC2086
run open c.age --key "$KEYS/hq.key" $pass -o c.xml.gz; status 1; err_one_line; err_has 'from -----BEGIN to -----END'
run lock a.xml.gz --passphrase-file "$KEYS/pass"; armor a.xml.gz >d.xml.gz
# shellcheck disable=SC2086
run show d.xml.gz $pass; status 0; out_has 'secret words'
# shellcheck disable=SC2086
run set d.xml.gz 1-2=2 $pass; status 0; head -c 30 d.xml.gz | grep -q '^age-encryption.org/v1' || bad 'not saved as the locked file that it is'
if command -v age >/dev/null; then
    age -a -r "$(grep ^age1 "$KEYS/hq.pub")" -o e.age <a.xml.gz
    # shellcheck disable=SC2086
    run open e.age --key "$KEYS/hq.key" $pass -o e.xml.gz; status 1; err_one_line; err_has '(tar)'
fi

begin seal__says_what_is_missing
some_file
run seal a.xml.gz -o a.age; status 2; err_one_line; err_has '--to'
run seal a.xml.gz --to "$KEYS/hq.pub"; status 2; err_one_line; err_has '-o'
run seal a.xml.gz --to "$KEYS/hq.pub" -o a.age; status 3; err_one_line; err_has 'monshin keygen'
# shellcheck disable=SC2086
run seal a.xml.gz --to nobody.pub --key "$KEYS/osaka.key" $pass -o a.age; status 3; err_one_line
# shellcheck disable=SC2086
run seal a.xml.gz --to "$KEYS/hq.key" --key "$KEYS/osaka.key" $pass -o a.age; status 3; err_one_line
# shellcheck disable=SC2086
run seal "$KEYS/pass" --to "$KEYS/hq.pub" --key "$KEYS/osaka.key" $pass -o a.age; status 3; err_one_line
[ ! -e a.age ] || bad 'wrote something'
touch a.age
# shellcheck disable=SC2086
run seal a.xml.gz --to "$KEYS/hq.pub" --key "$KEYS/osaka.key" $pass -o a.age; status 3; err_has '--force'
# shellcheck disable=SC2086
run seal a.xml.gz --to "$KEYS/hq.pub" --key "$KEYS/osaka.key" $pass -o a.age --force; status 0

begin seal__takes_several_recipients
some_file
# shellcheck disable=SC2086
run seal a.xml.gz --to "$KEYS/hq.pub" --to "$(grep ^age1 "$KEYS/third.pub")" --to "$KEYS/osaka.pub" --key "$KEYS/osaka.key" $pass -o a.age
status 0; out_has 'yourself'
for who in hq third osaka; do
    # shellcheck disable=SC2086
    run open a.age --key "$KEYS/$who.key" --from "$KEYS/osaka.pub" $pass -o "$who.xml.gz"; status 0
done

begin export__seals_at_once
some_file
# shellcheck disable=SC2086
run export a.xml.gz --to "$KEYS/hq.pub" --key "$KEYS/osaka.key" $pass -o a.age; status 0; out_has 'Sealed into a.age'; err_has 'incomplete'
# shellcheck disable=SC2086
run open a.age --key "$KEYS/hq.key" --from "$KEYS/osaka.pub" $pass -o b.xml.gz; status 0
zcat b.xml.gz | grep -q '<result' || bad 'it has no result in it'
zcat a.xml.gz | grep -q 'exported=' || bad 'the file does not remember it'
# shellcheck disable=SC2086
run export a.xml.gz --anonymous --to "$KEYS/hq.pub" --key "$KEYS/osaka.key" $pass -o c.age; status 0; out_lacks jp-osaka
# shellcheck disable=SC2086
run open c.age --key "$KEYS/hq.key" --from "$KEYS/osaka.pub" $pass -o c.xml.gz; status 0; out_lacks jp-osaka

begin export__of_a_locked_file_leaves_nothing_in_the_open
some_file
run lock a.xml.gz --passphrase-file "$KEYS/pass"; status 0
# shellcheck disable=SC2086
run export a.xml.gz --to "$KEYS/hq.pub" --key "$KEYS/osaka.key" $pass -o a.age; status 0
! grep -q 'no passphrase' ../err || bad 'warned of a sealed file'
# Two passphrases, of the file and of the key: line by line out of one descriptor.
echo 'another passphrase' >../two; cat "$KEYS/pass" >>../two
cp ../two ../lines; sed -n 1p ../two >../first
run unlock a.xml.gz --passphrase-file "$KEYS/pass"; run lock a.xml.gz --passphrase-file ../first; status 0
"$MONSHIN" export a.xml.gz --to "$KEYS/hq.pub" --key "$KEYS/osaka.key" --passphrase-file /dev/fd/3 -o b.age 3<../lines >../out 2>../err </dev/null
rc=$?; ran='export, two passphrases'; status 0
# shellcheck disable=SC2086
run export a.xml.gz --to "$KEYS/hq.pub" --key "$KEYS/osaka.key" $pass -o c.age; status 3; err_one_line; err_has 'passphrase'
[ ! -e c.age ] || bad 'wrote something'
rm ../two ../lines ../first
for f in ./* .[!.]*; do [ ! -f "$f" ] || head -c 19 "$f" | grep -q 'age-encryption.org/' || bad "$f is in the open"; done

begin rollup__reads_sealed_files_among_others__and_says_who_signed
mkdir in trusted && cp "$KEYS/osaka.pub" trusted
"$MONSHIN" new in/plain.xml.gz --site Nara --site-id jp-nara --company 'Example Seiki' >/dev/null
some_file
seal_to() { "$MONSHIN" seal a.xml.gz --to "$KEYS/$1.pub" --key "$KEYS/$2.key" --passphrase-file "$KEYS/pass" -o "in/$3.age" >/dev/null || bad "not sealed"; }
seal_to hq osaka old
"$MONSHIN" set a.xml.gz 1-1=4 >/dev/null
seal_to hq osaka new
seal_to third osaka elsewhere
seal_to hq third stranger
{ head -c 700 in/new.age; printf x; tail -c +702 in/new.age; } >in/changed.age
# shellcheck disable=SC2086
run rollup in --format csv --key "$KEYS/hq.key" --trust trusted $pass --outcomes ../outcomes.csv; status 1
[ "$(cut -d, -f1 ../out | tr -d '\r' | tr '\n' ' ')" = 'site_id jp-nara jp-osaka ' ] || bad "other sites: $(cat ../out)"
err_has 'in/new.age: sealed, number 3, signed by osaka'; err_has 'in/old.age: older'
err_has 'in/stranger.age: rejected: is signed by a key that nobody here has vouched for'
err_has "$(sed -n 's/^# fingerprint: //p' "$KEYS/third.pub")"
err_has 'in/elsewhere.age: rejected: is not sealed for this key'; err_has 'in/changed.age: rejected: was changed'
[ "$(grep -c seal-signer ../outcomes.csv)" -eq 1 ] || bad "$(cat ../outcomes.csv)"
grep -q 'in/new.age,taken.*,osaka' ../outcomes.csv || bad "$(cat ../outcomes.csv)"
rm -f ../outcomes.csv in/changed.age in/elsewhere.age
# What goes back to the plants is in the open, and it is said; nobody else looks into the folder.
# shellcheck disable=SC2086
run rollup in --format csv --key "$KEYS/hq.key" --trust trusted $pass --model jp-osaka --rollout back; err_has 'back: warning: the files in it are in the open'
[ -e back/jp-nara.xml.gz ] && [ "$(stat -c %a back)" = 700 ] || bad "$(ls -ld back back/*)"
rm -rf back
# A file in the open that says it is newer does not take the place of the signed one.
cp a.xml.gz in/forged.xml.gz; "$MONSHIN" set in/forged.xml.gz 1-1=1 >/dev/null; rm -f in/forged.xml.gz.*
# shellcheck disable=SC2086
run rollup in --format csv --key "$KEYS/hq.key" --trust trusted $pass --outcomes ../outcomes.csv; status 1
err_has 'in/forged.xml.gz: rejected: is refused: it is not sealed'; err_has 'in/new.age: sealed, number 3, signed by osaka'
grep -q 'in/forged.xml.gz,rejected.*seal-unsigned' ../outcomes.csv || bad "$(cat ../outcomes.csv)"
rm -f ../outcomes.csv in/forged.xml.gz
# Without --trust anybody's is taken, and it is said; without a key none.
# shellcheck disable=SC2086
run rollup in --format csv --key "$KEYS/hq.key" $pass; status 0; err_has 'nobody here has vouched for'
run rollup in --format csv; status 1; out_has jp-nara; out_lacks jp-osaka; err_has '--key'
# An old one in the place of the new one.
rm in/stranger.age
# shellcheck disable=SC2086
run rollup in --format csv --key "$KEYS/hq.key" --trust trusted --seen seen $pass; status 0; out_has jp-osaka
# shellcheck disable=SC2086
run rollup in --format csv --key "$KEYS/hq.key" --trust trusted --seen seen $pass; status 0; out_has jp-osaka
rm in/new.age
# shellcheck disable=SC2086
run rollup in --format csv --key "$KEYS/hq.key" --trust trusted --seen seen $pass; status 1; out_lacks jp-osaka; err_has 'number 3'
# shellcheck disable=SC2086
run rollup in --format csv --key "$KEYS/hq.key" --trust trusted $pass; status 0; out_has jp-osaka
echo 'nonsense' >seen
# shellcheck disable=SC2086
run rollup in --format csv --key "$KEYS/hq.key" --trust trusted --seen seen $pass; status 3
cp "$KEYS/pass" trusted/bad.pub
# shellcheck disable=SC2086
run rollup in --format csv --key "$KEYS/hq.key" --trust trusted $pass; status 3; err_has 'trusted/bad.pub'

begin by_hand__with_age_tar_minisign_and_sha256sum
if command -v age >/dev/null && command -v minisign >/dev/null; then
    sealed
    # shellcheck disable=SC2086
    "$MONSHIN" key "$KEYS/hq.key" --reveal $pass >id || bad 'no secret revealed'
    mkdir x
    age -d -i id a.age | tar -x -C x || bad 'age and tar do not open it'
    minisign -V -q -m x/manifest -P "$(grep ^RW "$KEYS/osaka.pub")" >../out 2>&1 || bad "minisign: $(cat ../out)"
    (cd x && sed -n 's/^sha256: //p' manifest | sha256sum -c --status) || bad 'not the sum of the manifest'
    cmp -s x/export.xml.gz a.xml.gz || bad 'another payload'
    grep -qF "to: $(grep ^age1 "$KEYS/hq.pub")" x/manifest || bad 'the manifest does not name the recipient'
    # What somebody puts together by hand with the same programs is opened by us.
    tar -c --format=ustar -C x manifest manifest.minisig export.xml.gz | age -r "$(grep ^age1 "$KEYS/hq.pub")" >b.age
    # shellcheck disable=SC2086
    run open b.age --key "$KEYS/hq.key" --from "$KEYS/osaka.pub" $pass -o b.xml.gz; status 0
    tar -c -C x manifest manifest.minisig export.xml.gz | age -r "$(grep ^age1 "$KEYS/hq.pub")" >g.age
    # shellcheck disable=SC2086
    run open g.age --key "$KEYS/hq.key" --from "$KEYS/osaka.pub" $pass -o g.xml.gz; status 0
    # Headquarters passes it on; somebody adds a file; somebody puts another inside.
    age -d -i id a.age | age -r "$(grep ^age1 "$KEYS/third.pub")" >c.age
    # shellcheck disable=SC2086
    run open c.age --key "$KEYS/third.key" --from "$KEYS/osaka.pub" $pass -o d.xml.gz; status 1; err_one_line; err_has 'passed it on'
    echo evil >x/evil
    tar -c -C x manifest manifest.minisig export.xml.gz evil | age -r "$(grep ^age1 "$KEYS/hq.pub")" >e.age
    # shellcheck disable=SC2086
    run open e.age --key "$KEYS/hq.key" --from "$KEYS/osaka.pub" $pass -o d.xml.gz; status 1; err_one_line
    "$MONSHIN" set a.xml.gz 1-1=5 >/dev/null && cp a.xml.gz x/export.xml.gz
    tar -c -C x manifest manifest.minisig export.xml.gz | age -r "$(grep ^age1 "$KEYS/hq.pub")" >f.age
    # shellcheck disable=SC2086
    run open f.age --key "$KEYS/hq.key" --from "$KEYS/osaka.pub" $pass -o d.xml.gz; status 1; err_one_line
    [ ! -e d.xml.gz ] || bad 'wrote what it refused'
    # A key of age-keygen, which has no passphrase, opens too.
    age-keygen -o plain.key 2>../err
    # shellcheck disable=SC2086
    run seal a.xml.gz --to "$(age-keygen -y plain.key)" --key "$KEYS/osaka.key" $pass -o p.age; status 0
    run open p.age --key plain.key --from "$KEYS/osaka.pub" -o p.xml.gz; status 0
else
    echo 'skipped: by hand: age and minisign are not installed'
fi

# Where no child can be had, nothing is read: so it is a child that reads it.
begin keys__are_never_replaced__by_what_they_open_or_seal
sealed; cp "$KEYS/hq.key" "$KEYS/hq.pub" "$KEYS/osaka.key" "$KEYS/osaka.pub" "$KEYS/pass" .
for f in hq.key pass osaka.pub; do
    run open a.age --key hq.key --from osaka.pub --passphrase-file pass -o "$f" --force; status 2; err_one_line; cmp -s "$f" "$KEYS/$f" || bad "$f: replaced"
done
for f in osaka.key hq.pub; do
    run seal a.xml.gz --to hq.pub --key osaka.key --passphrase-file pass -o "$f" --force; status 2; err_one_line; cmp -s "$f" "$KEYS/$f" || bad "$f: replaced"
done

begin open__reads_what_is_inside_in_a_child
sealed; mkdir room && cp "$MONSHIN" a.age a.xml.gz "$KEYS/hq.key" "$KEYS/osaka.key" "$KEYS/hq.pub" "$KEYS/pass" room
alone() { # LIMIT ARGUMENTS...
    limit=$1; shift; ran="$limit monshin $*"
    as=; [ "$(id -u)" -ne 0 ] || as='setpriv --reuid=65534 --clear-groups'
    # shellcheck disable=SC2086
    (cd room && $as $limit ./monshin "$@") >../out 2>../err </dev/null; rc=$?
}
[ "$(id -u)" -ne 0 ] || chown -R 65534 room
if command -v prlimit >/dev/null && command -v setpriv >/dev/null && [ "$(id -u)" -eq 0 ]; then
    alone 'prlimit --nproc=0' open a.age --key hq.key --passphrase-file pass -o b.xml.gz; [ "$rc" -ne 0 ] && [ ! -e room/b.xml.gz ] || bad "$ran: read it itself"
    alone 'prlimit --nproc=0' seal a.xml.gz --to hq.pub --key osaka.key --passphrase-file pass -o b.age; [ "$rc" -ne 0 ] && [ ! -e room/b.age ] || bad "$ran: read it itself"
    alone '' open a.age --key hq.key --passphrase-file pass -o b.xml.gz; status 0
    alone '' seal a.xml.gz --to hq.pub --key osaka.key --passphrase-file pass -o b.age; status 0
else
    echo 'skipped: open__reads_what_is_inside_in_a_child: wants root, setpriv and prlimit'
fi

# tests/data/sealed: a file, the keys and a locked file as each version made them.
begin sealed_files_and_keys__of_every_version__open_for_ever
OLD=$ROOT/tests/data/sealed
cp "$OLD/hq.key" . && chmod 600 hq.key
for f in "$OLD"/*.age; do
    run open "$f" --key hq.key --passphrase-file "$OLD/pass" --from "$OLD/osaka.pub" -o got.xml.gz; status 0; err_none
    cmp -s got.xml.gz "$ROOT/tests/data/$(basename "$f" .age)-export.xml.gz" || bad "$f: not what was sealed"
    rm -f got.xml.gz
done
for f in "$OLD"/*-locked.xml.gz; do
    run show "$f" --passphrase-file "$OLD/pass"; status 0; out_has '取締役会議事録'
done
run key "$OLD/osaka.pub"; status 0; out_has "$(sed -n 's/^# fingerprint: //p' "$OLD/osaka.pub")"
run key hq.key; status 0; out_has "$(sed -n 's/^# fingerprint: //p' "$OLD/hq.pub")"

finish
