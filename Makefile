# monshin: build, run, check. `make help` lists the targets.
# Variables: CC, FLAVOUR (release|debug|asan|cov|static), BUILD (where objects go), V=1 (show commands), WERROR=1.

FLAVOUR ?= release
BUILD   ?= build/$(FLAVOUR)
PREFIX  ?= /usr/local

VERSION := 0.1.0

ifeq ($(origin CC),default)
CC := gcc
endif
Q := $(if $(V),,@)
say = $(if $(V),,@printf '  %-7s %s\n' '$(1)' '$(2)')

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Wcast-qual \
        -Wpointer-arith -Wundef -Wvla -Wformat=2 -Wswitch-enum $(if $(WERROR),-Werror)
# What makes a mistake of ours harder to use; what this compiler does not know is left out. tests/cli/hardened.sh looks at the program.
known = $(foreach o,$1,$(shell $(CC) -Werror $(o) -x c -c -o /dev/null /dev/null 2>/dev/null && echo $(o)))
HARD := -fstack-protector-strong $(call known,-fstack-clash-protection -fcf-protection)
OPT_release := -O2 -g -ffile-prefix-map=$(CURDIR)=. -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 $(HARD) -fPIE
LNK_release := -pie -Wl,-z,relro,-z,now -Wl,-z,noexecstack
OPT_debug   := -Og -g3
OPT_asan    := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
LNK_asan    := -fsanitize=address,undefined
OPT_fuzz    := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
LNK_fuzz    := -fsanitize=address,undefined
OPT_fuzzfast := -O2 -g -fno-omit-frame-pointer -fsanitize-coverage=inline-8bit-counters,pc-table
OPT_cov     := -O0 -g --coverage -DNDEBUG -DCOVERAGE -Wno-unused # an assertion has a branch that nobody wants taken
LNK_cov     := --coverage
OPT_static  := -O2 -ffile-prefix-map=$(CURDIR)=. $(HARD) -ffunction-sections -fdata-sections
LNK_static  := -static -Wl,--gc-sections -Wl,-z,relro,-z,now -Wl,-z,noexecstack

PKG := $(shell pkg-config --cflags libxml-2.0 2>/dev/null)
CPPFLAGS += -I. -I$(BUILD)/gen -D_GNU_SOURCE -DMONSHIN_VERSION='"$(VERSION)"'
CFLAGS   += -std=c17 $(WARN) $(OPT_$(FLAVOUR)) -pthread
LDFLAGS  += $(LNK_$(FLAVOUR)) -pthread
CORE_LIBS := -lxml2 -lz -lunistring -lsodium
# Opened when they are needed (core/base/library.h); the static binary links them.
LATE_LIBS := -lxlsxwriter -lglpk -lqrencode
STATIC_LIBS := $(LATE_LIBS) $(CORE_LIBS)
soname     = '"$(or $(shell objdump -p "$$($(CC) -print-file-name=lib$1.so 2>/dev/null)" 2>/dev/null | awk '/SONAME/ { print $$2 }'),lib$1.so)"'
LATE_XLSX := -DXLSX_SONAME=$(call soname,xlsxwriter)
LATE_GLPK := -DGLPK_SONAME=$(call soname,glpk)
LATE_QR   := -DQR_SONAME=$(call soname,qrencode)
TUI_LIBS  := -lncursesw -ltinfo

# One file for machines on which nothing may be installed: musl, and the libraries that .ci/static has built.
ifeq ($(FLAVOUR),static)
STATIC   := build/static-deps$(ARM64:%=/arm64)
CORE_LIBS := $(STATIC_LIBS)
LATE_XLSX :=
LATE_GLPK :=
LATE_QR   :=
PKG      := -isystem $(STATIC)/prefix/include -isystem $(STATIC)/prefix/include/libxml2
LDFLAGS  += -L$(STATIC)/prefix/lib
TUI_LIBS := -lncursesw
PARTS    := $(STATIC)/parts
endif

# Sorted: the order in which they are linked is in the bytes of the program.
CORE_SRC := $(sort $(wildcard core/*/*.c i18n/*.c))
TUI_SRC  := $(sort $(wildcard tui/*.c tui/*/*.c))
CORE_OBJ := $(CORE_SRC:%.c=$(BUILD)/%.o) $(BUILD)/core/base/embed.o
TUI_OBJ  := $(TUI_SRC:%.c=$(BUILD)/%.o) $(BUILD)/tui/template/templates.o
GEN_OBJ  := $(BUILD)/gen/builtin.o
UNIT_SRC := $(wildcard tests/unit/test_*.c)
SCREEN_SRC := $(wildcard tests/screen/test_*.c)
E2E_SRC  := $(wildcard tests/e2e/test_*.c)
HOSTILE_SRC := $(wildcard tests/hostile/test_*.c)
LANGS    := ja
MO       := $(LANGS:%=$(BUILD)/gen/%.mo)

.DELETE_ON_ERROR:
.SECONDARY:
.DEFAULT_GOAL := all

all: monshin ## build ./monshin (what is missing: make deps)

monshin: $(BUILD)/monshin
	$(Q)cp $< $@.new && mv -f $@.new $@

run: deps ## install what is missing, build, and open the kit
	$(Q)$(MAKE) --no-print-directory monshin
	$(Q)./monshin $(ARGS)

deps: ## install what building needs from the distribution
	$(Q).ci/deps run

$(BUILD)/monshin: $(TUI_OBJ) $(BUILD)/libcore.a $(GEN_OBJ)
	$(call say,LD,$@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $(TUI_OBJ) $(GEN_OBJ) $(BUILD)/libcore.a $(CORE_LIBS) $(TUI_LIBS)

$(BUILD)/libcore.a: $(CORE_OBJ)
	$(call say,AR,$@)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(BUILD)/core/out/xlsx.o: CPPFLAGS += $(LATE_XLSX)
$(BUILD)/core/method/ip.o: CPPFLAGS += $(LATE_GLPK)
$(BUILD)/core/out/qr.o: CPPFLAGS += $(LATE_QR)

# zlib, libxml2 and ncurses have headers of their own rules; ours are held to all of the warnings.
$(BUILD)/%.o: %.c $(BUILD)/flags
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D) && $(CC) $(CPPFLAGS) $(PKG) $(CFLAGS) -MMD -MP -c -o $@ $<

# Written when the compiler or its flags are others than last time: then everything is compiled again, not half of it.
$(BUILD)/flags: always
	$(Q)mkdir -p $(@D) && echo '$(subst ','\'',$(CC) $(filter-out -Werror,$(CFLAGS)))' >$@.new && { cmp -s $@.new $@ && rm -f $@.new || mv $@.new $@; }
always:

# The tables and the embedded files

$(BUILD)/core/base/embed.o: core/base/embed.S $(MO) $(BUILD)/gen/demo.gz $(wildcard checklists/*.xsd) checklists/references.xml
	$(call say,EMBED,$<)
	$(Q)mkdir -p $(@D) && $(CC) -I. -I$(BUILD)/gen -Wa,-I$(BUILD)/gen -c -o $@ $<

# The example: core/model/demo.c takes it apart.
DEMO := $(sort $(wildcard checklists/*/demo/*.xml))
$(BUILD)/gen/demo.gz: $(DEMO)
	$(call say,PACK,$@)
	$(Q)mkdir -p $(@D) && for f in $(DEMO); do echo "$$(basename $$f .xml) $$(wc -c <$$f)"; cat $$f; done | gzip -n9 >$@

$(BUILD)/tui/template/templates.o: tui/template/templates.S $(wildcard tui/template/monshin.* tui/template/*/*)
	$(call say,EMBED,$<)
	$(Q)mkdir -p $(@D) && $(CC) -c -o $@ $<

$(BUILD)/gen/%.mo: i18n/%.po
	$(call say,MSGFMT,$<)
	$(Q)mkdir -p $(@D) && msgfmt --check --no-hash --endianness=little -o $@ $<

# Of what it is made, version by version: told by --version. Empty where the libraries are the system's; they are asked when it runs.
$(BUILD)/gen/parts.h: $(PARTS)
	$(Q)mkdir -p $(@D) && { echo '#define MONSHIN_PARTS \'; sed 's/.*/    "&\\n" \\/' /dev/null $(PARTS); echo '    ""'; } >$@

$(BUILD)/tui/cmd/version.o: $(BUILD)/gen/parts.h

# The checklist compiler is core's own loader with an emitter; it runs on the machine that builds.
CKC := $(or $(HOST_CKC),$(BUILD)/ckc)
CK_DATA := $(wildcard checklists/*/*.xml checklists/*/*/*.xml) checklists/checklist.xsd checklists/references.xml

$(BUILD)/ckc: $(BUILD)/checklists/compile.o $(BUILD)/libcore.a
	$(call say,LD,$@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $< $(BUILD)/libcore.a $(CORE_LIBS)

$(BUILD)/gen/builtin.c: $(CKC) $(CK_DATA)
	$(call say,CKC,checklists)
	$(Q)$(CKC) $@ checklists/meti-factory/checklist.xml

$(BUILD)/gen/builtin.o: $(BUILD)/gen/builtin.c
	$(call say,CC,$<)
	$(Q)$(CC) $(CPPFLAGS) -std=c17 $(OPT_$(FLAVOUR)) -c -o $@ $<

# Tests

UNIT := $(UNIT_SRC:%.c=$(BUILD)/%)
SCREEN := $(SCREEN_SRC:%.c=$(BUILD)/%)
E2E := $(E2E_SRC:%.c=$(BUILD)/%)
HOSTILE := $(HOSTILE_SRC:%.c=$(BUILD)/%)
# The pty harness wants libvterm; the screens do without.
PTY_OBJ := $(BUILD)/tests/support/pty.o $(BUILD)/tests/support/pty_term.o
HOSTILE_OBJ := $(patsubst %.c,$(BUILD)/%.o,$(filter-out $(HOSTILE_SRC),$(wildcard tests/hostile/*.c)))
E2E_OBJ := $(patsubst %.c,$(BUILD)/%.o,$(filter-out $(E2E_SRC),$(wildcard tests/e2e/*.c)))
TEST_SUPPORT := $(filter-out $(PTY_OBJ),$(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/support/*.c)))
BENCH := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/bench/bench_*.c))
BARE  := $(BUILD)/tests/bench/bare
SHIM  := $(BUILD)/tests/shim/disk.so

# Linked without curses, so that the layers cannot rot.
$(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o $(BUILD)/libcore.a $(GEN_OBJ)
	$(call say,LD,$@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $(filter %.o,$^) $(BUILD)/libcore.a $(CORE_LIBS) -lcmocka
$(BUILD)/tests/unit/test_rollup $(BUILD)/tests/unit/test_rollout $(BUILD)/tests/unit/test_board: $(BUILD)/tests/bench/fleet.o

# Screens draw into cells: everything of tui but main and the one file that knows curses.
SCREEN_OBJ := $(filter-out $(BUILD)/tui/main.o $(BUILD)/tui/term/term.o,$(TUI_OBJ))
$(BUILD)/tests/screen/%: $(BUILD)/tests/screen/%.o $(SCREEN_OBJ) $(TEST_SUPPORT) $(BUILD)/libcore.a $(GEN_OBJ)
	$(call say,LD,$@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $(filter %.o,$^) $(BUILD)/libcore.a $(CORE_LIBS) -lcmocka
$(BUILD)/tests/screen/test_sites: $(BUILD)/tests/bench/fleet.o

$(BUILD)/tests/e2e/%: $(BUILD)/tests/e2e/%.o $(E2E_OBJ) $(PTY_OBJ) $(BUILD)/libcore.a $(GEN_OBJ) | $(BARE) $(SHIM)
	$(call say,LD,$@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $< $(E2E_OBJ) $(PTY_OBJ) $(GEN_OBJ) $(BUILD)/libcore.a $(CORE_LIBS) -lcmocka -lvterm -lutil

$(BUILD)/tests/recipe/look: $(BUILD)/tests/recipe/look.o $(PTY_OBJ) $(BUILD)/libcore.a $(GEN_OBJ)
	$(call say,LD,$@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $< $(PTY_OBJ) $(GEN_OBJ) $(BUILD)/libcore.a $(CORE_LIBS) -lvterm -lutil

$(BUILD)/tests/hostile/%: $(BUILD)/tests/hostile/%.o $(HOSTILE_OBJ) $(BUILD)/tests/e2e/expect.o $(PTY_OBJ) $(BUILD)/libcore.a $(GEN_OBJ)
	$(call say,LD,$@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $(filter %.o,$^) $(BUILD)/libcore.a $(CORE_LIBS) -lcmocka -lvterm -lutil

$(BUILD)/tests/bench/bench_%: $(BUILD)/tests/bench/bench_%.o $(PTY_OBJ) $(BUILD)/libcore.a $(GEN_OBJ)
	$(call say,LD,$@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $< $(PTY_OBJ) $(GEN_OBJ) $(BUILD)/libcore.a $(CORE_LIBS) -lvterm -lutil

# Fleets: the files of many plants.
FLEET_OBJ := $(BUILD)/tests/bench/fleet.o
$(BUILD)/tests/bench/bench_rollup $(BUILD)/tests/bench/bench_save $(BUILD)/tests/bench/bench_report $(BUILD)/tests/bench/make_fleet: \
        $(BUILD)/tests/bench/%: $(BUILD)/tests/bench/%.o $(FLEET_OBJ) $(BUILD)/libcore.a $(GEN_OBJ)
	$(call say,LD,$@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $< $(FLEET_OBJ) $(GEN_OBJ) $(BUILD)/libcore.a $(CORE_LIBS)

# What a bare curses program costs; and the same with the libraries of monshin loaded and not used.
$(BUILD)/tests/bench/bare: $(BUILD)/tests/bench/bare.o
	$(call say,LD,$@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $< $(TUI_LIBS)

$(BUILD)/tests/bench/bare-libs: $(BUILD)/tests/bench/bare.o
	$(call say,LD,$@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $< $(TUI_LIBS) -Wl,--no-as-needed $(CORE_LIBS)

# Fuzz targets, as a test over their corpus (any compiler) and each as a program of libFuzzer (FLAVOUR=fuzz, clang). From an archive, so that a
# target's coverage is counted over what it can reach. The plan is not solved in a thread here.
FUZZ := $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ_OBJ := $(FUZZ:%=$(BUILD)/tests/fuzz/fuzz_%.o)
FUZZ_LIB := $(BUILD)/tests/fuzz/support.a
FUZZ_TEST := $(BUILD)/tests/fuzz/test_corpus
$(FUZZ_LIB): $(addprefix $(BUILD)/tests/fuzz/,fuzz.o unzip.o no_solver.o) $(filter-out %/solver.o,$(SCREEN_OBJ)) $(TEST_SUPPORT)
	$(call say,AR,$@)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(FUZZ_TEST): $(BUILD)/tests/fuzz/test_corpus.o $(FUZZ_OBJ) $(FUZZ_LIB) $(BUILD)/libcore.a $(GEN_OBJ)
	$(call say,LD,$@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $(filter %.o,$^) $(FUZZ_LIB) $(BUILD)/libcore.a $(CORE_LIBS) -lcmocka

$(FUZZ:%=$(BUILD)/tests/fuzz/entry_%.o): $(BUILD)/tests/fuzz/entry_%.o: tests/fuzz/entry.c
	$(Q)mkdir -p $(@D) && $(CC) $(CPPFLAGS) $(CFLAGS) -DTARGET=fuzz_$* -MMD -MP -c -o $@ $<

$(FUZZ:%=$(BUILD)/fuzz-%): $(BUILD)/fuzz-%: $(BUILD)/tests/fuzz/entry_%.o $(BUILD)/tests/fuzz/fuzz_%.o $(FUZZ_LIB) $(BUILD)/libcore.a $(GEN_OBJ)
	$(call say,LD,$@)
	$(Q)$(CC) -fsanitize=fuzzer $(LDFLAGS) -o $@ $(filter %.o,$^) $(FUZZ_LIB) $(BUILD)/libcore.a $(CORE_LIBS) -lcmocka

# Preloaded into a program whose disk is to misbehave; never with a sanitizer of its own.
$(BUILD)/tests/shim/%.so: tests/shim/%.c tests/shim/%.h
	$(call say,LD,$@)
	$(Q)mkdir -p $(@D) && $(CC) $(CPPFLAGS) -std=c17 $(WARN) -O1 -shared -fPIC -o $@ $<

check: check-deps ## install what the tests need, and run them all
	$(Q)$(MAKE) --no-print-directory -j2 $(BUILD)/monshin tests
	$(Q)tests/run $(BUILD)

check-deps:
	$(Q).ci/deps check

tests: $(UNIT) $(SCREEN) $(E2E) $(FUZZ_TEST) $(HOSTILE)

check-unit: $(UNIT) ## the unit tests of core only
	$(Q)tests/run $(BUILD) unit

check-screens: $(SCREEN) ## the golden screens only (UPDATE=1 rewrites them)
	$(Q)tests/run $(BUILD) screen

check-e2e: $(BUILD)/monshin $(E2E) ## the runs on a real pty only
	$(Q)tests/run $(BUILD) e2e

check-cli: $(BUILD)/monshin ## the command line only
	$(Q)tests/run $(BUILD) cli

check-fuzz: $(FUZZ_TEST) ## the fuzz targets over their corpus only
	$(Q)tests/run $(BUILD) fuzz

check-hostile: $(BUILD)/monshin $(HOSTILE) ## hostile files and planted links only
	$(Q)tests/run $(BUILD) hostile

check-i18n: $(BUILD)/tests/unit/test_messages ## the translations only: complete, right formats, not too wide
	$(Q)i18n/check && $<

po: ## take new and changed messages from the source into i18n/ja.po
	$(Q)mkdir -p $(BUILD)/gen && i18n/extract $(BUILD)/gen/messages.pot
	$(Q)for l in $(LANGS); do msgmerge --quiet --no-wrap --no-fuzzy-matching --sort-by-file --update --backup=none i18n/$$l.po $(BUILD)/gen/messages.pot && \
	    sed -i '/^"POT-Creation-Date:/d; /^"Report-Msgid-Bugs-To:/d' i18n/$$l.po && msgfmt --statistics -o /dev/null i18n/$$l.po; done

bench: monshin $(BENCH) $(BARE) $(BARE)-libs ## start, key, memory, save, report, plan, roll-up, beside their floors and peers; LARGE=1: 100,000 files too
	$(Q)for b in $(BENCH); do $$b || exit 1; done
	$(Q)[ -z "$(LARGE)" ] || $(BUILD)/tests/bench/bench_rollup 100000

torture: monshin $(BUILD)/tests/e2e/test_kill $(BUILD)/tests/e2e/test_power $(BUILD)/tests/unit/test_replay $(BUILD)/tests/unit/test_memory ## N=1000 kills, CUTS=200 power cuts, more disks replayed, every allocation failed
	$(Q)MONSHIN_KILLS=$(or $(N),1000) $(BUILD)/tests/e2e/test_kill
	$(Q)MONSHIN_CUTS=$(or $(CUTS),200) $(BUILD)/tests/e2e/test_power
	$(Q)MONSHIN_REPLAY_SAVES=40 $(BUILD)/tests/unit/test_replay
	$(Q)MONSHIN_MEMORY_STEP=1 $(BUILD)/tests/unit/test_memory

fuzz: $(BUILD)/ckc ## T=60 seconds of libFuzzer for each target (TARGETS="open keys": only these; FAST=1: without sanitizers, for speed)
	$(Q)$(MAKE) --no-print-directory FLAVOUR=fuzz$(FAST:%=fast) CC=clang BUILD=build/fuzz$(FAST:%=fast) HOST_CKC=$(BUILD)/ckc fuzz-programs
	$(Q)tests/fuzz/run build/fuzz$(FAST:%=fast) $(or $(T),60) $(or $(TARGETS),$(FUZZ))

fuzz-programs: $(FUZZ:%=$(BUILD)/fuzz-%)

# Carrying it: into a system, into a package, as source

INSTALL_BIN := $(DESTDIR)$(PREFIX)/bin
INSTALL_SHARE := $(DESTDIR)$(PREFIX)/share/monshin
INSTALL_DOC := $(DESTDIR)$(PREFIX)/share/doc/monshin
SCHEMAS := $(wildcard checklists/*.xsd)
DOCS := LICENSE NOTICE $(wildcard README.md README.*.md) $(wildcard checklists/LICENSE-*.txt checklists/*/LICENSE-*.txt)

# What the program tells about itself, as files: manual pages, and what shells need to complete its command line.
INSTALL_MAN := $(DESTDIR)$(PREFIX)/share/man
MAN  := $(foreach s,1 5,man$(s)/monshin.$(s) $(LANGS:%=%/man$(s)/monshin.$(s)))
COMPLETION := bash-completion/completions/monshin zsh/site-functions/_monshin fish/vendor_completions.d/monshin.fish
SHELLS := bash zsh fish

$(BUILD)/gen/man/man%: $(BUILD)/monshin
	$(Q)mkdir -p $(@D) && $< man $(subst .,,$(suffix $@)) --lang en --format man >$@
$(foreach l,$(LANGS),$(BUILD)/gen/man/$(l)/man%): $(BUILD)/monshin
	$(Q)mkdir -p $(@D) && $< man $(subst .,,$(suffix $@)) --lang $(patsubst $(BUILD)/gen/man/%/,%,$(dir $(patsubst %/,%,$(dir $@)))) --format man >$@
$(BUILD)/gen/completion.%: $(BUILD)/monshin
	$(Q)mkdir -p $(@D) && $< completion $* --lang en >$@

install: monshin $(MAN:%=$(BUILD)/gen/man/%) $(SHELLS:%=$(BUILD)/gen/completion.%) ## into DESTDIR (none), under PREFIX (/usr/local): the program, the schemas, what is to be read
	$(Q)install -d $(INSTALL_BIN) $(INSTALL_SHARE) $(INSTALL_DOC)
	$(Q)install -m 755 monshin $(INSTALL_BIN)/monshin
	$(Q)install -m 644 $(SCHEMAS) $(INSTALL_SHARE)
	$(Q)install -m 644 $(DOCS) $(INSTALL_DOC)
	$(Q)for f in $(MAN); do install -D -m 644 $(BUILD)/gen/man/$$f $(INSTALL_MAN)/$$f; done
	$(Q)set -- $(COMPLETION); for s in $(SHELLS); do install -D -m 644 $(BUILD)/gen/completion.$$s $(DESTDIR)$(PREFIX)/share/$$1; shift; done

uninstall: ## remove what install put there, and nothing else
	$(Q)rm -f $(INSTALL_BIN)/monshin $(addprefix $(INSTALL_SHARE)/,$(notdir $(SCHEMAS))) $(addprefix $(INSTALL_DOC)/,$(notdir $(DOCS))) \
	    $(MAN:%=$(INSTALL_MAN)/%) $(COMPLETION:%=$(DESTDIR)$(PREFIX)/share/%)
	$(Q)for d in $(INSTALL_SHARE) $(INSTALL_DOC); do [ ! -d $$d ] || rmdir --ignore-fail-on-non-empty $$d; done

# The same source gives the same bytes: the date in archives is that of the commit, or of this file where there is no history.
ifndef SOURCE_DATE_EPOCH
SOURCE_DATE_EPOCH := $(shell { [ -e .git ] && git log -1 --format=%ct 2>/dev/null; } || stat -c %Y Makefile)
endif
export SOURCE_DATE_EPOCH

dist: ## the source as build/monshin-VERSION.tar.gz; what is built from it needs no network
	$(Q).ci/dist $(VERSION) build/monshin-$(VERSION).tar.gz
	$(call say,DIST,build/monshin-$(VERSION).tar.gz)

static: ## ./monshin-static: one file that needs nothing of the machine (the first time about five minutes, with network)
	$(Q).ci/deps static
	$(Q).ci/static $(patsubst -l%,%,$(STATIC_LIBS)) ncursesw
	$(Q)$(MAKE) --no-print-directory FLAVOUR=static CC=musl-gcc BUILD=build/static build/static/monshin
	$(Q)strip --strip-all --remove-section=.comment --remove-section=.note -o build/static/stripped build/static/monshin
	$(Q)mv -f build/static/stripped monshin-static
	$(call say,STATIC,monshin-static)

static-arm64: static ## the same for 64-bit ARM, with the cross compiler: ./monshin-static-arm64
	$(Q).ci/deps static-arm64
	$(Q).ci/static --arm64 $(patsubst -l%,%,$(STATIC_LIBS)) ncursesw
	$(Q)$(MAKE) --no-print-directory FLAVOUR=static ARM64=yes CC=build/static-deps/arm64/musl-gcc AR=aarch64-linux-gnu-ar \
	    BUILD=build/static-arm64 HOST_CKC=build/static/ckc build/static-arm64/monshin
	$(Q)aarch64-linux-gnu-strip --strip-all --remove-section=.comment --remove-section=.note -o build/static-arm64/stripped build/static-arm64/monshin
	$(Q)mv -f build/static-arm64/stripped monshin-$@
	$(call say,STATIC,monshin-$@)

deb: monshin ## a package for this distribution: build/monshin_VERSION_ARCH.deb
	$(Q)rm -rf build/deb && $(MAKE) --no-print-directory install DESTDIR=$(CURDIR)/build/deb/root PREFIX=/usr
	$(Q).ci/deb $(VERSION) build/deb

check-package: ## the tarball, the package and, when it is built, the static binary: slow, needs root for some; see tests/README.md
	$(Q)tests/run $(BUILD) package

asan: ## all tests under the address and undefined-behaviour sanitizers
	$(Q)$(MAKE) --no-print-directory FLAVOUR=asan check

coverage: ## the branches of core/ that the tests take, by room (list of the others: build/cov/coverage.txt)
	$(Q)$(MAKE) --no-print-directory -j2 FLAVOUR=cov build/cov/monshin tests
	$(Q)find build/cov -name '*.gcda' -delete
	$(Q)tests/run build/cov
	$(Q)tests/coverage build/cov

clean: ## remove what was built, but for the libraries of the static binary
	$(Q)rm -rf $(filter-out build/static-deps,$(wildcard build/*)) monshin monshin-static monshin-static-arm64

distclean: clean ## remove them too
	$(Q)rm -rf build

help: ## this list
	$(Q)grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

.PHONY: always all run deps check check-deps tests check-unit check-screens check-e2e check-cli check-fuzz check-hostile check-i18n po bench torture fuzz \
        fuzz-programs coverage asan \
        install uninstall dist static static-arm64 deb check-package clean distclean help

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
