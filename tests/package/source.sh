# shellcheck shell=sh
# The tarball, install and uninstall: whole, exact, the same bytes twice. Slow: the program is built from the tarball.
. tests/cli/lib.sh
VERSION=$(sed -n 's/^VERSION := //p' Makefile)

begin install__and_uninstall__leave_nothing_behind
make -s -C "$ROOT" install DESTDIR="$PWD/a" PREFIX=/opt/x >../out 2>../err || bad "make install: $(cat ../err)"
for f in bin/monshin share/monshin/assessment.xsd share/monshin/checklist.xsd share/doc/monshin/NOTICE \
    share/man/man1/monshin.1 share/man/man5/monshin.5 share/man/ja/man1/monshin.1 share/man/ja/man5/monshin.5 \
    share/bash-completion/completions/monshin share/zsh/site-functions/_monshin share/fish/vendor_completions.d/monshin.fish; do
    [ -s "a/opt/x/$f" ] || bad "make install: no $f"
done
[ -x a/opt/x/bin/monshin ] || bad "the program cannot be run"
touch a/opt/x/share/doc/monshin/of-somebody-else
make -s -C "$ROOT" uninstall DESTDIR="$PWD/a" PREFIX=/opt/x >../out 2>../err || bad "make uninstall: $(cat ../err)"
[ "$(find a -type f)" = a/opt/x/share/doc/monshin/of-somebody-else ] || bad "left or taken too much: $(find a -type f)"
[ ! -d a/opt/x/share/monshin ] || bad "an empty folder is left"

begin dist__is_the_same__when_made_twice_with_another_umask
dist() { make -s -C "$ROOT" dist >../out 2>../err || bad "make dist: $(cat ../err)"; cp "$ROOT/build/monshin-$VERSION.tar.gz" "$1"; }
(umask 077 && dist a.tar.gz)
(umask 002 && dist b.tar.gz)
cmp a.tar.gz b.tar.gz || bad "two tarballs differ"

begin dist__builds_without_network__and_makes_itself_again
dist a.tar.gz
tar -xzf a.tar.gz
without_network=
unshare --net true 2>/dev/null && without_network='unshare --net'
[ -n "$without_network" ] || echo "skipped: this test cannot switch the network off here"
(cd "monshin-$VERSION" && env -u MAKEFLAGS -u BUILD $without_network make -j2 >../../out 2>../../err) || bad "does not build: $(tail -n 5 ../err)"
"monshin-$VERSION/monshin" --version | sed 1q | grep -qx "monshin $VERSION" || bad "what was built does not run"
(cd "monshin-$VERSION" && env -u MAKEFLAGS -u SOURCE_DATE_EPOCH make -s dist) >../out 2>../err || bad "no tarball of the tarball: $(cat ../err)"
# Made where git is not: the date is that of the unpacked files.
tar -xOzf "monshin-$VERSION/build/monshin-$VERSION.tar.gz" "monshin-$VERSION/Makefile" | cmp - "$ROOT/Makefile" || bad "the second tarball differs"
cmp a.tar.gz "monshin-$VERSION/build/monshin-$VERSION.tar.gz" || bad "the second tarball has other bytes"

finish
