# shellcheck shell=sh
# The program as it is built by default: what makes a mistake harder to use is on, and there is no way to a network in it.
. tests/cli/lib.sh
command -v readelf >/dev/null 2>&1 || { echo 'skipped: needs readelf'; echo 'ok hardened__is_skipped__without_readelf'; exit 0; }

has() { readelf -W "$1" "$MONSHIN" 2>/dev/null | grep -Eq -- "$2" || bad "$3"; }
lacks() { ! readelf -W "$1" "$MONSHIN" 2>/dev/null | grep -E -- "$2" || bad "$3"; }

case $BUILD in
*release*)
    begin hardened__is_what_is_built_by_default
    has -h 'Type: *DYN' 'not position-independent'
    has -d '(BIND_NOW|FLAGS.*NOW)' 'symbols are bound late'
    has -l 'GNU_RELRO' 'no read-only relocations'
    has -l 'GNU_STACK.* RW ' 'the stack can be executed, or nothing is said of it'
    lacks -l 'LOAD.* RWE ' 'something can be written and executed'
    lacks -d '(TEXTREL|RPATH|RUNPATH)' 'text relocations, or libraries from a folder of somebody'
    has --dyn-syms '__stack_chk_fail' 'no stack protector'
    has --dyn-syms '__(memcpy|snprintf|vsnprintf|strncpy|read|fprintf)_chk' 'not fortified'
    # The note of the linker needs the C library's consent; the landing pads in our code are what we can have.
    case $(uname -m) in x86_64) [ "$(objdump -d "$MONSHIN" | grep -c endbr64)" -gt 500 ] || bad 'no landing pads for indirect calls' ;; esac
    ;;
esac

# What the program itself can call. Libraries of the system may know the network; it has no name of theirs for it either.
begin hardened__has_no_way_to_a_network
readelf --dyn-syms -W "$MONSHIN" | awk '$7 == "UND" { sub(/@.*/, "", $8); print $8 }' >calls
[ "$(wc -l <calls)" -gt 50 ] || bad 'readelf names hardly any calls'
grep -E '^(socket|socketpair|connect|bind|listen|accept4?|send(to|msg)?|recv(from|msg)?|getaddrinfo|gethostby.*|res_.*|xmlNano.*|xmlIO(HTTP|FTP).*)$' calls >net
[ ! -s net ] || bad "it calls $(tr '\n' ' ' <net)"

finish
