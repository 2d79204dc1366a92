# nianbao: one Makefile, no lists of sources. `make demo` and `make test` do all the set-up.

PREFIX  ?= /usr/local
DESTDIR ?=
CFLAGS  ?= -O2 -g
SAN     ?=
V       ?= 0
-include config.mk

comma   := ,
VERSION := $(shell sed -n 's/^.define NIANBAO_VERSION "\(.*\)"/\1/p' core/cli/version.h)
# The build folder is laid out like an installation (bin, lib, share), so the
# program finds its plugins, templates and catalogue beside itself in both.
B       := build$(if $(SAN),/$(subst $(comma),-,$(SAN)))
say      = $(if $(filter 1,$(V)),,@printf '  %-4s %s\n' '$(1)' '$(2)';)

PKG     := md4c libzip libdeflate zlib jansson libcrypto libutf8proc libxml-2.0 xlsxwriter \
           cairo-pdf cairo-ft cairo-png freetype2 fontconfig harfbuzz libqpdf lcms2
WARN    := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
           -Wpointer-arith -Wcast-qual -Wwrite-strings -Wundef -Wvla -Wformat=2
ALL_CFLAGS  = -std=c11 -D_POSIX_C_SOURCE=200809L -D_FILE_OFFSET_BITS=64 -Iinclude $(WARN) $(CFLAGS) \
              $(if $(SAN),-fsanitize=$(SAN) -fno-sanitize-recover=all -fno-omit-frame-pointer) \
              $(if $(WERROR),-Werror) -MMD -MP
CORE_CFLAGS = $(ALL_CFLAGS) -Icore -DNIANBAO_PREFIX='"$(PREFIX)"' $(shell pkg-config --cflags $(PKG)) -pthread
LIBS        = $(shell pkg-config --libs $(PKG)) -liniparser -lcsv -lunibreak -ldl -pthread
override LDFLAGS += $(if $(SAN),-fsanitize=$(SAN))

core_src  := $(sort $(wildcard core/*/*.c))
core_obj  := $(core_src:%.c=$(B)/obj/%.o)
# Tests link everything but main().
lib_obj   := $(filter-out $(B)/obj/core/cli/main.o,$(core_obj))
plugin_so := $(patsubst plugins/%.c,$(B)/lib/nianbao/%.so,$(sort $(wildcard plugins/*.c)))
test_src  := $(sort $(wildcard tests/*/test_*.c))
test_obj  := $(test_src:%.c=$(B)/obj/%.o)
fuzz_name := $(patsubst tests/fuzz/fuzz_%.c,%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
replay    := $(fuzz_name:%=$(B)/replay/%)
share     := $(B)/share/nianbao
mo        := $(B)/share/locale/zh_CN/LC_MESSAGES/nianbao.mo

all: $(B)/bin/nianbao $(plugin_so) $(mo) $(share)/.stamp
.PHONY: all setup setup-test demo test run-tests run-seeds run-docs run-kits test-office test-web asan bench fuzz fuzz-lib tidy format messages install uninstall clean fonts run-pages run-faults faults bench-heavy
.DELETE_ON_ERROR:
.SUFFIXES:
.SECONDARY:

$(B)/obj/%.o: %.c
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(CORE_CFLAGS) -c -o $@ $<

$(B)/bin/nianbao: $(core_obj)
	@mkdir -p $(@D)
	$(call say,LD,$@)$(CC) $(LDFLAGS) -o $@ $^ $(LIBS)

# Sanitizers leave their runtime's symbols open until load time; else -z defs proves
# that a plugin needs nothing of the program.
$(B)/lib/nianbao/%.so: plugins/%.c
	@mkdir -p $(@D) $(B)/obj/plugins
	$(call say,SO,$@)$(CC) $(ALL_CFLAGS) -MF $(B)/obj/plugins/$*.d -fPIC -fvisibility=hidden -shared \
	    $(LDFLAGS) $(if $(SAN),,-Wl$(comma)-z$(comma)defs) -o $@ $<

$(mo): core/locale/zh_CN.po
	@mkdir -p $(@D)
	$(call say,MO,$@)msgfmt --check -o $@ $<

$(share)/.stamp: $(wildcard templates/*) $(wildcard config/workspace/*)
	@mkdir -p $(share)
	$(call say,DATA,$(share))rm -rf $(share)/templates $(share)/workspace && cp -R templates $(share)/templates && \
	    cp -R config/workspace $(share)/workspace && touch $@

$(B)/tests: $(test_obj) $(lib_obj)
	$(call say,LD,$@)$(CC) $(LDFLAGS) -o $@ $^ $(LIBS) -lcriterion

$(B)/replay/%: $(B)/obj/tests/fuzz/fuzz_%.o $(B)/obj/tests/fuzz/replay.o $(lib_obj)
	@mkdir -p $(@D)
	$(call say,LD,$@)$(CC) $(LDFLAGS) -o $@ $^ $(LIBS)

-include $(core_obj:.o=.d) $(test_obj:.o=.d) $(wildcard $(B)/obj/plugins/*.d $(B)/obj/tests/fuzz/*.d $(B)/obj/tests/bench/*.d)

# ---- for people ---------------------------------------------------------------

# kind:what:package. A tool on the PATH, a pkg-config module, a header.
build_needs := tool:$(CC):gcc tool:pkg-config:pkg-config tool:msgfmt:gettext pc:md4c:libmd4c-dev \
    pc:libzip:libzip-dev pc:libdeflate:libdeflate-dev pc:zlib:zlib1g-dev pc:jansson:libjansson-dev \
    pc:libcrypto:libssl-dev pc:libutf8proc:libutf8proc-dev \
    pc:libxml-2.0:libxml2-dev pc:xlsxwriter:libxlsxwriter-dev \
    pc:cairo-ft:libcairo2-dev pc:freetype2:libfreetype-dev pc:fontconfig:libfontconfig-dev pc:harfbuzz:libharfbuzz-dev \
    pc:libqpdf:libqpdf-dev pc:lcms2:liblcms2-dev header:linebreak.h:libunibreak-dev \
    header:iniparser/iniparser.h:libiniparser-dev header:csv.h:libcsv-dev
demo_needs  := tool:unzip:unzip file:/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc:fonts-noto-cjk
test_needs  := $(demo_needs) pc:criterion:libcriterion-dev tool:zip:zip tool:bsdtar:libarchive-tools \
    tool:xmllint:libxml2-utils tool:mandoc:mandoc tool:openssl:openssl tool:7z:p7zip-full \
    tool:pdftotext:poppler-utils tool:qpdf:qpdf tool:python3:python3 \
    file:/usr/lib/python3/dist-packages/docx/__init__.py:python3-docx \
    file:/usr/lib/python3/dist-packages/openpyxl/__init__.py:python3-openpyxl
office_needs := file:/usr/lib/libreoffice/program/libswlo.so:libreoffice-writer-nogui \
    file:/usr/lib/libreoffice/program/libsclo.so:libreoffice-calc-nogui \
    tool:java:default-jre-headless file:/usr/share/java/preflight.jar:libpdfbox2-java \
    file:/usr/share/java/javax.activation.jar:libactivation-java \
    file:/usr/share/java/jaxb-api.jar:libjaxb-api-java \
    tool:pandoc:pandoc tool:pdftotext:poppler-utils tool:node:nodejs tool:npm:npm
# A letter for each character must be there, or lines on paper cannot be counted.
web_needs  := tool:node:nodejs tool:npm:npm tool:chromium:chromium tool:pdfinfo:poppler-utils \
    file:/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf:fonts-droid-fallback
web_npm    := playwright-core@1.56.0 axe-core@4.11.0

# Installs what is missing, as root or through sudo; otherwise says how.
define install_needs
	@missing=; for need in $(1); do \
	    kind=$${need%%:*}; rest=$${need#*:}; what=$${rest%:*}; package=$${rest##*:}; \
	    case $$kind in \
	    tool) command -v $$what >/dev/null 2>&1 ;; \
	    pc) pkg-config --exists $$what 2>/dev/null ;; \
	    header) test -e /usr/include/$$what -o -e /usr/local/include/$$what ;; \
	    file) test -e $$what ;; \
	    esac || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	    echo "installing:$$missing"; \
	    if [ "$$(id -u)" = 0 ]; then as=; \
	    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then as="sudo"; \
	    else echo "no rights to do that; run:  sudo apt-get install$$missing" >&2; exit 1; fi; \
	    $$as env DEBIAN_FRONTEND=noninteractive sh -c "apt-get update -qq && \
	        apt-get install -y -qq --no-install-recommends $$missing >/dev/null"; \
	fi
endef

setup:
	$(call install_needs,$(build_needs) $(demo_needs))
	@$(MAKE) --no-print-directory -s fonts

setup-test:
	$(call install_needs,$(build_needs) $(test_needs))
	@$(MAKE) --no-print-directory -s fonts

# Not of `all`: who packs the program has fonts of his own.
fonts:
	@sh core/page/fetch-fonts.sh build/fonts $(share)/fonts

# The sample county, from its hand-ins to a bundle.
demo: setup
	@$(MAKE) --no-print-directory all
	@sh tests/demo.sh $(B) $(B)/demo

leak_log := $(abspath $(B))/sanitizer
test_env  = NIANBAO_TEST_BIN=$(abspath $(B)/bin/nianbao) NIANBAO_TEST_PLUGINS=$(abspath $(B)/lib/nianbao) \
    ASAN_OPTIONS=detect_leaks=1:log_path=$(leak_log):strip_path_prefix=$(CURDIR)/ \
    LSAN_OPTIONS=suppressions=$(CURDIR)/tests/leaks.supp:print_suppressions=0 \
    UBSAN_OPTIONS=print_stacktrace=1:log_path=$(leak_log)

test: setup-test
	@$(MAKE) --no-print-directory all $(B)/tests $(replay)
	@$(MAKE) --no-print-directory run-tests run-seeds run-docs run-kits run-pages $(if $(SAN),,run-faults)

# Criterion does not fail a run for a leak, or for running nothing: both are looked for here.
run-tests:
	@rm -f $(leak_log).*
	@$(test_env) $(B)/tests --short-filename $(if $(ROOM),--filter '$(ROOM)/*') 2>&1 | tee $(B)/tests.log; \
	    grep -q 'Tested: .*[1-9]' $(B)/tests.log || { echo 'no test was run' >&2; exit 1; }; \
	    grep -Eq 'Failing: [^0-9]*0 .*Crashing: [^0-9]*0' $(B)/tests.log || exit 1
	@if ls $(leak_log).* >/dev/null 2>&1; then cat $(leak_log).*; echo 'the sanitizers have found something' >&2; exit 1; fi

# What fuzzing has found, and where it starts from.
run-seeds:
	@for target in $(fuzz_name); do \
	    $(test_env) $(B)/replay/$$target tests/fuzz/seeds/$$target/* || { echo "fuzz seeds: $$target fails" >&2; exit 1; }; \
	done; echo 'fuzz seeds: passed'

# One call failing at a time, one from each place in the program; `make faults` takes each and every
# one of all commands, for half an hour, or of those with COMMAND=receive in their names. Not with
# sanitizers, which have their own malloc.
run-faults:
	@bash tests/faults/run.sh $(B) places '$(COMMAND)'

faults: setup-test all
	@bash tests/faults/run.sh $(B) all '$(COMMAND)'

# Documents are tested against an installation, for what they say of building plugins.
run-docs:
	@rm -rf $(B)/stage && $(MAKE) --no-print-directory -s install DESTDIR= PREFIX=$(abspath $(B))/stage >/dev/null
	@$(test_env) bash tests/docs/run.sh $(abspath $(B))/stage $(abspath $(B))/stage

# The sample county on the office's forms.
run-kits:
	@$(test_env) bash tests/kits/run.sh $(B)

# The sample county's report on pages.
run-pages:
	@$(test_env) bash tests/page/run.sh $(B)

# The forms after LibreOffice has saved them, the pages as an archive checks them, and report.docx as
# others read it. Apart from `test` for its weight: 95 MB to load, Java, and packages of npm, which
# land in build/npm.
test-office: setup-test
	$(call install_needs,$(office_needs))
	@$(MAKE) --no-print-directory all
	@$(test_env) bash tests/kits/run.sh $(B) office
	@$(test_env) bash tests/page/run.sh $(B) archive
	@$(test_env) bash tests/report/run.sh $(B)

# The web pages in a browser. Apart from `test` for its weight.
test-web: setup-test
	$(call install_needs,$(web_needs))
	@$(MAKE) --no-print-directory all
	@for want in $(web_npm); do \
	    grep -qs "\"version\": \"$${want#*@}\"" build/web/node_modules/$${want%@*}/package.json && continue; \
	    mkdir -p build/web && npm install --prefix build/web --ignore-scripts --no-save --no-package-lock \
	        --no-audit --no-fund --silent $(web_npm) && break || exit 1; \
	done
	@$(test_env) bash tests/web/run.sh $(B) build/web/node_modules

# One room's suite, while working on it: make check-intake
check-%: all
	@$(MAKE) --no-print-directory $(B)/tests
	@$(MAKE) --no-print-directory run-tests ROOM=$*

asan:
	@$(MAKE) --no-print-directory test SAN=address,undefined CFLAGS='-O1 -g'

$(B)/bench/pack: $(B)/obj/tests/bench/pack.o $(lib_obj)
	@mkdir -p $(@D)
	$(call say,LD,$@)$(CC) $(LDFLAGS) -o $@ $^ $(LIBS)

bench_needs := tool:/usr/bin/time:time tool:unzip:unzip tool:zip:zip tool:bsdtar:libarchive-tools tool:7z:p7zip-full \
    tool:python3:python3
bench: all $(B)/bench/pack
	$(call install_needs,$(bench_needs))
	@sh tests/bench/run.sh $(B)
	@sh tests/bench/bundle.sh $(B) $(B)/bench/pack

# A county of 1 GB, 200,000 files, a file of 20 GB: an hour, and 10 GB of disk in $TMPDIR.
bench-heavy: all $(B)/bench/pack
	$(call install_needs,$(bench_needs))
	@sh tests/bench/bundle.sh $(B) $(B)/bench/pack 1024 heavy

# FUZZ=zip for one target; FUZZ_SECONDS for each. What libFuzzer finds lands in build/fuzz/.
FUZZ         ?= $(fuzz_name)
FUZZ_SECONDS ?= 60
fuzz_flags   := -g -O1 -fsanitize=address,undefined,fuzzer -fno-sanitize-recover=all
fuzz:
	$(call install_needs,$(build_needs) tool:clang:clang file:/usr/lib/llvm-14/lib/clang/14.0.6/lib/linux/libclang_rt.fuzzer-x86_64.a:libclang-rt-14-dev)
	@mkdir -p build/fuzz/obj
	@$(MAKE) --no-print-directory SAN=address,undefined,fuzzer-no-link CC=clang CFLAGS='-g -O1' fuzz-lib
	@set -e; for target in $(FUZZ); do \
	    clang $(fuzz_flags) -std=c11 -D_POSIX_C_SOURCE=200809L -Iinclude -Icore -Itests/fuzz $(shell pkg-config --cflags $(PKG)) \
	        -o build/fuzz/$$target tests/fuzz/fuzz_$$target.c build/fuzz/lib.a $(LIBS); \
	    mkdir -p build/fuzz/corpus-$$target; \
	    echo "fuzz: $$target"; \
	    build/fuzz/$$target -max_total_time=$(FUZZ_SECONDS) -timeout=5 -rss_limit_mb=1500 -print_final_stats=1 \
	        -artifact_prefix=build/fuzz/$$target- build/fuzz/corpus-$$target $$(ls -d tests/fuzz/seeds/$$target 2>/dev/null) \
	        >build/fuzz/$$target.log 2>&1 || { tail -40 build/fuzz/$$target.log; exit 1; }; \
	    grep -E 'cov:' build/fuzz/$$target.log | tail -1; \
	done

fuzz-lib: $(lib_obj)
	@rm -f build/fuzz/lib.a && ar rcs build/fuzz/lib.a $^

tidy:
	clang-tidy --quiet $(core_src) $(wildcard plugins/*.c) -- -std=c11 -D_POSIX_C_SOURCE=200809L -Iinclude -Icore \
	    $(shell pkg-config --cflags $(PKG))

format:
	clang-format -i $(wildcard core/*/*.[ch] plugins/*.c include/nianbao/*.h tests/*/*.[ch])

# All findings, out of the tables that the program uses.
docs/findings.md: $(B)/bin/nianbao $(plugin_so)
	LC_ALL=C.UTF-8 LANGUAGE=en $(B)/bin/nianbao check --codes > $@

# Messages marked with _(), N_() and NB_N(), merged into the Chinese catalogue.
messages:
	@mkdir -p $(B)
	xgettext --from-code=UTF-8 --add-comments=TRANSLATORS -k_ -kN_ -kNB_N -kngettext:1,2 --sort-by-file \
	    --package-name=nianbao -o $(B)/nianbao.pot $(core_src) $(wildcard core/*/*.h plugins/*.c)
	msgmerge --update --backup=none --no-fuzzy-matching core/locale/zh_CN.po $(B)/nianbao.pot
	msgattrib --no-obsolete -o core/locale/zh_CN.po core/locale/zh_CN.po
	msgfmt --check --statistics -o /dev/null core/locale/zh_CN.po

to := $(DESTDIR)$(PREFIX)

install: all
	install -d '$(to)/bin' '$(to)/lib/nianbao' '$(to)/lib/pkgconfig' '$(to)/include/nianbao' \
	    '$(to)/share/nianbao' '$(to)/share/man/man1' '$(to)/share/locale/zh_CN/LC_MESSAGES'
	install -m 755 $(B)/bin/nianbao '$(to)/bin'
	install -m 755 $(plugin_so) '$(to)/lib/nianbao'
	install -m 644 include/nianbao/plugin.h '$(to)/include/nianbao'
	install -m 644 docs/nianbao.1 '$(to)/share/man/man1'
	install -m 644 $(mo) '$(to)/share/locale/zh_CN/LC_MESSAGES'
	rm -rf '$(to)/share/nianbao/templates' '$(to)/share/nianbao/workspace' '$(to)/share/nianbao/sample'
	cp -R templates '$(to)/share/nianbao/templates'
	cp -R config/workspace '$(to)/share/nianbao/workspace'
	cp -R config/sample '$(to)/share/nianbao/sample'
	rm -rf '$(to)/share/nianbao/fonts'
	[ ! -e $(share)/fonts ] || cp -R $(share)/fonts '$(to)/share/nianbao/fonts'
	printf 'prefix=$${pcfiledir}/../..\n\nName: nianbao\nDescription: chapter plugins for nianbao\nVersion: %s\nCflags: -I$${prefix}/include\n' \
	    '$(VERSION)' > '$(to)/lib/pkgconfig/nianbao.pc'

uninstall:
	rm -f '$(to)/bin/nianbao' '$(to)/include/nianbao/plugin.h' '$(to)/share/man/man1/nianbao.1' \
	    '$(to)/share/locale/zh_CN/LC_MESSAGES/nianbao.mo' '$(to)/lib/pkgconfig/nianbao.pc' \
	    $(patsubst $(B)/lib/nianbao/%,'$(to)/lib/nianbao/%',$(plugin_so))
	rm -rf '$(to)/share/nianbao'
	-rmdir '$(to)/lib/nianbao' '$(to)/include/nianbao' 2>/dev/null

clean:
	rm -rf build
