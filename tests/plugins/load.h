/*
 * load.h: how the tests of the plugins get at one.
 */
#ifndef TESTS_PLUGINS_LOAD_H
#define TESTS_PLUGINS_LOAD_H

#include <criterion/criterion.h>
#include <dlfcn.h>
#include <nianbao/plugin.h>
#include <stdio.h>
#include <stdlib.h>

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/*
 * The descriptor of a chapter, from $NIANBAO_TEST_PLUGINS or where the Makefile builds it; it stays
 * loaded. Fails the test if there is none.
 */
static inline const struct nb_chapter *load(const char *id)
{
	const char *folder = getenv("NIANBAO_TEST_PLUGINS");
	char path[1024];

	snprintf(path, sizeof path, "%s/%s.so", folder ? folder : "build/lib/nianbao", id);

	void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);

	cr_assert(library, "cannot load '%s': %s", path, dlerror());

	const struct nb_chapter *chapter = dlsym(library, NB_PLUGIN_SYMBOL);

	cr_assert(chapter, "'%s' exports no %s", path, NB_PLUGIN_SYMBOL);
	return chapter;
}

#endif
