# shellcheck shell=sh
# The Debian package: the same bytes twice, no complaint of lintian, installs and goes away without a trace in a fresh system (as root, with
# debootstrap and a network or a cache of packages; what is missing is said and skipped).
. tests/cli/lib.sh
VERSION=$(sed -n 's/^VERSION := //p' Makefile)
export LC_ALL=C
# Without the languages of the test run.
unset LANGUAGE

skip() { echo "skipped: $1"; close_case; case_name=''; }
command -v dpkg-deb >/dev/null 2>&1 && command -v dpkg-shlibdeps >/dev/null 2>&1 || { echo "ok deb__is_skipped__where_there_is_no_dpkg"; exit 0; }
DEB=$ROOT/build/monshin_${VERSION}_$(dpkg --print-architecture).deb

begin deb__is_the_same__when_made_twice
make -s -C "$ROOT" deb >../out 2>../err || bad "make deb: $(cat ../err)"
cp "$DEB" a.deb
make -s -C "$ROOT" deb >../out 2>../err
cmp "$DEB" a.deb || bad "two packages differ"
dpkg-deb --contents "$DEB" >list
grep -Eq ' root/root .* \./usr/bin/monshin$' list || bad "no program in it that belongs to root: $(cat list)"
for f in man/man1/monshin.1.gz man/ja/man5/monshin.5.gz bash-completion/completions/monshin zsh/vendor-completions/_monshin fish/vendor_completions.d/monshin.fish; do
    grep -q " ./usr/share/$f$" list || bad "no $f in it"
done
! grep -q debian list || bad "what packs is packed: $(cat list)"
[ ! -e "$ROOT/debian" ] || bad "debian/ in the project"

begin deb__has_no_fault__in_the_eyes_of_lintian
if command -v lintian >/dev/null 2>&1; then
    lintian --allow-root --fail-on error "$DEB" >../out 2>../err || bad "$(cat ../out ../err)"
    ! grep '^E' ../out || bad "lintian: $(cat ../out)"
else
    skip "there is no lintian"
fi

begin deb__installs_and_goes__without_a_trace
cache=$ROOT/build/deb-chroot
suite=$(. /etc/os-release && echo "${VERSION_CODENAME:-stable}")
# From where the machine itself has its packages.
mirror=$(apt-get indextargets --format '$(RELEASE) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null | awk -v suite="$suite" '$1 == suite { print $2; exit }')
if [ "$(id -u)" -ne 0 ] || ! command -v debootstrap >/dev/null 2>&1; then
    skip "needs root and debootstrap"
elif [ ! -e "$cache/base.tar" ] && ! { mkdir -p "$cache" && debootstrap --variant=minbase "$suite" "$cache/root" "$mirror" >"$cache/log" 2>&1 &&
    chroot "$cache/root" apt-get clean && tar -C "$cache/root" -cf "$cache/base.tar" . && rm -rf "$cache/root"; }; then
    skip "debootstrap $suite failed: $(tail -n 1 "$cache/log")"
else
    mkdir root && tar -C root -xf "$cache/base.tar"
    cp "$DEB" root/monshin.deb
    inside() { chroot root env DEBIAN_FRONTEND=noninteractive PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@" >>log 2>&1 </dev/null; }
    traces() { (cd root && find . -xdev \( -path ./proc -o -path ./sys -o -path ./tmp -o -path ./var/log -o -path ./var/cache -o -path ./var/lib/dpkg -o -path ./var/lib/apt \) -prune -o -print | sort); }
    cp /etc/resolv.conf root/etc/resolv.conf
    inside apt-get update -qq
    # What it needs comes first, so that only its own traces are counted.
    deps=$(dpkg-deb -f "$DEB" Depends | sed 's/([^)]*)//g; s/,/ /g')
    # shellcheck disable=SC2086
    if ! inside apt-get install -y -qq --no-install-recommends $deps; then
        skip "the packages it needs cannot be fetched: $(tail -n 1 log)"
    else
        traces >before
        inside dpkg -i /monshin.deb || bad "does not install: $(tail -n 5 log)"
        chroot root monshin --version >../out 2>../err || bad "does not run: $(cat ../err)"
        line_is 1 "monshin $VERSION"
        inside dpkg --verify monshin || bad "not as packed: $(tail -n 5 log)"
        inside dpkg -P monshin || bad "does not go: $(tail -n 5 log)"
        traces >after
        diff before after >../out || bad "leaves traces: $(cat ../out)"
    fi
fi

finish
