/* The counter, and the sealing of a bundle, under a kill at any moment, and with a queue before it.
 */
#include "shell.h"

static void killed(const char *name, const char *command)
{
	struct arena arena = { 0 };
	char folder[] = "/tmp/nianbao-killed-XXXXXX";
	int status;
	shell_prepare(&arena);
	cr_assert(mkdtemp(folder));
	char *out = shell_run(&arena,
	    arena_printf(
	        &arena, "cd %s && sh \"$TESTS/cli/killed.sh\" %s '%s'", folder, name, command),
	    &status);
	cr_expect(status == 0, "%s", out);
	shell_run(&arena, arena_printf(&arena, "rm -rf %s", folder), &status);
	arena_release(&arena);
}

Test(cli, killed_assembling, .timeout = 120)
{
	struct arena arena = { 0 };
	char folder[] = "/tmp/nianbao-killed-XXXXXX";
	int status;
	shell_prepare(&arena);
	cr_assert(mkdtemp(folder));
	char *out = shell_run(&arena,
	    arena_printf(&arena, "cd %s && sh \"$TESTS/cli/killed_bundle.sh\"", folder), &status);
	cr_expect(status == 0, "%s", out);
	shell_run(&arena, arena_printf(&arena, "rm -rf %s", folder), &status);
	arena_release(&arena);
}

Test(cli, killed_receiving_a_zip, .timeout = 120)
{
	killed("zip", "nianbao receive ../mail/sfj.zip");
}

Test(cli, killed_receiving_a_folder, .timeout = 120)
{
	killed("folder", "nianbao receive ../mail/sfj");
}

Test(cli, killed_receiving_the_first, .timeout = 120)
{
	killed("first", "nianbao receive ../mail/gaj.zip");
}

Test(cli, killed_refusing, .timeout = 120)
{
	killed("refuse", "nianbao receive ../mail/none.zip");
}

Test(cli, killed_returning, .timeout = 120)
{
	killed("return", "nianbao receive --return x sfj");
}
