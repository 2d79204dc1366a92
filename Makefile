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

PKG     := md4c libzip libdeflate jansson libcrypto libutf8proc
WARN    := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
           -Wpointer-arith -Wcast-qual -Wwrite-strings -Wundef -Wvla -Wformat=2
ALL_CFLAGS  = -std=c11 -D_POSIX_C_SOURCE=200809L -D_FILE_OFFSET_BITS=64 -Iinclude $(WARN) $(CFLAGS) \
              $(if $(SAN),-fsanitize=$(SAN) -fno-sanitize-recover=all -fno-omit-frame-pointer) \
              $(if $(WERROR),-Werror) -MMD -MP
CORE_CFLAGS = $(ALL_CFLAGS) -Icore -DNIANBAO_PREFIX='"$(PREFIX)"' $(shell pkg-config --cflags $(PKG)) -pthread
LIBS        = $(shell pkg-config --libs $(PKG)) -liniparser -lcsv -ldl -pthread
override LDFLAGS += $(if $(SAN),-fsanitize=$(SAN))

core_src  := $(sort $(wildcard core/*/*.c))
core_obj  := $(core_src:%.c=$(B)/obj/%.o)
# Tests link everything but main().
lib_obj   := $(filter-out $(B)/obj/core/cli/main.o,$(core_obj))
plugin_so := $(patsubst plugins/%.c,$(B)/lib/nianbao/%.so,$(sort $(wildcard plugins/*.c)))
test_src  := $(sort $(wildcard tests/*/test_*.c))
test_obj  := $(test_src:%.c=$(B)/obj/%.o)
share     := $(B)/share/nianbao
mo        := $(B)/share/locale/zh_CN/LC_MESSAGES/nianbao.mo

all: $(B)/bin/nianbao $(plugin_so) $(mo) $(share)/.stamp
.PHONY: all demo test asan bench tidy format install uninstall clean setup
.DELETE_ON_ERROR:
.SUFFIXES:

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

-include $(core_obj:.o=.d) $(test_obj:.o=.d) $(wildcard $(B)/obj/plugins/*.d)
