# shellcheck shell=sh
# The static binary (make static): one file, in a folder with nothing else in it, as an ordinary user, from a stick that cannot be written.
# With REBUILD=1 the libraries are built again too (minutes).
. tests/cli/lib.sh
PROGRAM=$ROOT/monshin-static
[ -x "$PROGRAM" ] || { echo "skipped: there is no ./monshin-static; make static first"; echo "ok static__is_skipped__where_it_is_not_built"; exit 0; }
VERSION=$(sed -n 's/^VERSION := //p' "$ROOT/Makefile")

begin static__is_one_small_file__that_needs_no_library
file -b "$PROGRAM" >../out; ran='file monshin-static'
out_has 'statically linked'; out_has ' stripped'; out_lacks 'interpreter'
[ "$(stat -c %s "$PROGRAM")" -lt 5000000 ] || bad "5 MB or more: $(stat -c %s "$PROGRAM")"
! strings -a "$PROGRAM" 2>/dev/null | grep -F "$ROOT" || bad "it knows where it was built"

begin static__has_no_way_to_a_network
calls='socket|socketpair|connect|bind|listen|accept4|sendto|sendmsg|recvfrom|recvmsg|getaddrinfo|gethostbyname|res_query|xmlNanoHTTPOpen'
nm "$ROOT/build/static/monshin" >symbols
[ "$(wc -l <symbols)" -gt 1000 ] || bad 'hardly any symbols to look at'
! grep -E " [TtWwiV] ($calls)\$" symbols || bad 'it could reach a network'

begin static__names_all_its_parts_with_their_versions
"$PROGRAM" --version >../out 2>../err || bad "failed: $(cat ../err)"
ran='monshin-static --version'
line_is 1 "monshin $VERSION"
for part in musl gcc ncurses libxml2 zlib libunistring glpk libxlsxwriter; do grep -Eq "^$part [0-9].*-[0-9]" ../out || bad "no version of $part"; done
# Its patches are not needed and not every mirror has them (.ci/static).
grep -Eq '^qrencode [0-9]' ../out || bad "no version of qrencode"
[ "$(sed 1d ../out | sort)" = "$(sort "$ROOT/build/static-deps/parts")" ] || bad "parts and what was built differ"

begin static__has_the_same_bytes__when_built_elsewhere
make -s -C "$ROOT" dist >../out 2>../err || bad "make dist: $(cat ../err)"
tar -xzf "$ROOT/build/monshin-$VERSION.tar.gz"
mkdir -p "monshin-$VERSION/build/static-deps"
if [ -n "${REBUILD:-}" ]; then
    cp -R "$ROOT/build/static-deps/source" "monshin-$VERSION/build/static-deps"
else
    rmdir "monshin-$VERSION/build/static-deps" && ln -s "$ROOT/build/static-deps" "monshin-$VERSION/build/static-deps"
fi
(cd "monshin-$VERSION" && env -u MAKEFLAGS -u BUILD make -s static) >../out 2>../err || bad "does not build: $(tail -n 5 ../err)"
cmp "monshin-$VERSION/monshin-static" "$PROGRAM" || bad "other bytes (is ./monshin-static of this source?)"

# An empty system and an ordinary user in it.
begin static__needs_nothing__in_an_empty_system
if [ "$(id -u)" -eq 0 ]; then
    IN='/usr/sbin/chroot --userspec=65534:65534'
elif unshare -r true 2>/dev/null; then
    IN='unshare -r /usr/sbin/chroot'
else
    echo "skipped: this user may not change the root folder"
    case_name=''
    finish
fi
JAIL=$WORK/jail
mkdir -p "$JAIL/home"
cp "$PROGRAM" "$JAIL/monshin"
chmod 755 "$WORK" "$WORK/.." "$JAIL" "$JAIL/monshin"
chmod 777 "$JAIL/home"
# shellcheck disable=SC2086
jailed() { ran="monshin $* (jailed)"; env -i LANG=ja_JP.UTF-8 $IN "${ROOM:-$JAIL}" /monshin "$@" >../out 2>../err </dev/null; rc=$?; }
jailed new /home/a.xml.gz --site 大阪第二工場; status 0; err_none
jailed set /home/a.xml.gz 1-1=3 --note 議事録あり; status 0; err_none
jailed show /home/a.xml.gz --format csv; status 0; out_has '議事録あり'
jailed plan /home/a.xml.gz --days 60 --format csv; status 0; out_has '1-2'
jailed check /home/a.xml.gz; status 0
jailed doctor; status 0; err_none
out_has '/monshin'; out_has 'HOMEが設定されていません'; out_has 'UTF-8'; out_has 'UTC'
jailed --version; status 0; out_has 'musl '

begin static__draws_japanese__on_every_terminal_without_a_database
# $1 TERM, $2 what must be drawn. Waits for it, then leaves with q.
draws() {
    rm -f keys typescript
    mkfifo keys
    # shellcheck disable=SC2086
    timeout 30 script -qefc "stty rows 24 cols 80; exec env -i TERM=$1 LANG=ja_JP.UTF-8 $IN $JAIL /monshin /home/a.xml.gz" typescript \
        <keys >../out 2>&1 &
    pid=$!
    exec 3>keys
    i=0
    until grep -aqs -- "$2" typescript || [ $i -ge 100 ]; do sleep 0.1; i=$((i + 1)); done
    [ $i -lt 100 ] || bad "TERM=$1: no $2 on the screen: $(tr -d '\033' <typescript)"
    printf q >&3
    wait $pid || bad "TERM=$1: ended with $?"
    exec 3>&-
}
for term in xterm-256color xterm screen tmux tmux-256color vt100 vt220 putty mintty kterm; do draws $term 組織; done
draws no-such-terminal 組織
draws '' 組織
draws linux People

begin static__speaks_the_terminals_characters_line_by_line
jailed new /home/e.xml.gz; status 0
for charset in EUC-JP SHIFT_JIS; do
    # shellcheck disable=SC2086
    printf '3 鍵は班長\nq\n' | iconv -f UTF-8 -t $charset | env -i LANG=ja_JP.$charset $IN $JAIL /monshin ask /home/e.xml.gz 2>../err | iconv -f $charset -t UTF-8 >../out ||
        bad "$charset: no Japanese: $(cat ../err)"
    ran="ask in $charset"; out_has '実施済み。保存済'
done
jailed show /home/e.xml.gz; [ "$(grep -c '鍵は班長' ../out)" -eq 2 ] || bad 'the notes are not what was typed'

begin static__runs_from_a_stick__that_cannot_be_written
cat >stick.sh <<'STICK'
set -eu
mount -t tmpfs none "$2" && cp "$1/monshin" "$1/home/a.xml.gz" "$2" && chmod 644 "$2/a.xml.gz" && mount -o remount,ro "$2"
shift
room=$1
shift
exec "$@" "$room" /monshin doctor
STICK
mkdir stick
# shellcheck disable=SC2086
if unshare -m true 2>/dev/null && unshare -m sh stick.sh "$JAIL" "$PWD/stick" env -i $IN >../out 2>../err; then
    ran='doctor on a read-only stick'
    out_has 'write-protected'
    sed -i 's/doctor$/set \/a.xml.gz 1-1=2/' stick.sh
    unshare -m sh stick.sh "$JAIL" "$PWD/stick" env -i $IN >../out 2>../err && bad 'it says it has written there'
    ran='set on a read-only stick'; err_one_line
    sed -i 's/set .*$/show \/a.xml.gz/' stick.sh
    unshare -m sh stick.sh "$JAIL" "$PWD/stick" env -i $IN >../out 2>../err || bad "what is there cannot be read: $(cat ../err)"
    ran='show on a read-only stick'; out_has '1-1'
else
    echo "skipped: this test cannot mount here: $(cat ../err)"
    case_name=''
fi

begin static_arm64__answers_like_the_other
ARM=$ROOT/monshin-static-arm64
if [ -x "$ARM" ] && command -v qemu-aarch64-static >/dev/null 2>&1; then
    file -b "$ARM" >../out; ran='file monshin-static-arm64'
    out_has 'ARM aarch64'; out_has 'statically linked'
    on_arm() { ran="monshin-static-arm64 $*"; qemu-aarch64-static "$ARM" "$@" >../out 2>../err </dev/null; rc=$?; }
    on_arm new a.xml.gz; status 0; err_none
    on_arm set a.xml.gz 1-1=3 1-2=4 2-7=na:無線なし; status 0; err_none
    for question in 'show a.xml.gz' 'grade a.xml.gz' 'gaps a.xml.gz' 'plan a.xml.gz --budget 3000000' 'checklist show meti-factory'; do
        # shellcheck disable=SC2086
        on_arm $question --format csv; status 0
        # shellcheck disable=SC2086
        "$PROGRAM" $question --format csv >there 2>../err || bad "$question: failed here"
        cmp -s ../out there || bad "$question: other answers on ARM"
    done
else
    echo "skipped: needs ./monshin-static-arm64 (make static-arm64) and qemu-aarch64-static"
    case_name=''
fi

finish
