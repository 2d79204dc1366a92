/*
 * test_pictures.c: the picture that a text means, and where it may lie: an office's folder with
 * a text in chapters/, pictures beside and above it, and what departments sent in inbox/.
 */
#include "pictures/pictures.h"

#include "../archive/scratch.h"

#define SEEDS "tests/fuzz/seeds/picture"
#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

TestSuite(pictures, SCRATCH);

static struct pictures office(void)
{
	char here[4096];
	cr_assert(getcwd(here, sizeof here));
	sh("mkdir -p o/chapters/图 o/inbox o/图 && cp '%s/" SEEDS "/'* o/chapters && "
	   "cp o/chapters/small.png 'o/图/图 1.png' && cp o/chapters/small.png o/inbox/a.png && "
	   "cp o/chapters/small.png outside.png && mkfifo o/chapters/pipe.png && "
	   "ln -s ../../outside.png o/chapters/link.png && ln -s small.png o/chapters/other.png && "
	   "head -c 21000000 /dev/zero >o/chapters/large.png",
	    here);
	return (
	    struct pictures){ .arena = &scratch_arena, .folder = in("o"), .except = in("o/inbox") };
}

static const struct {
	const char *target, *why; /* NULL: it is set */
} targets[] = {
	{ "small.png", NULL },
	{ "small.jpg", NULL },
	{ "./small.png", NULL },
	{ "other.png", NULL },
	{ "../图/图 1.png", NULL },
	{ "../%E5%9B%BE/%e5%9b%be%201.png", NULL },
	{ "", "no regular file" },
	{ "图", "no regular file" },
	{ "pipe.png", "no regular file" },
	{ "none.png", "no such file" },
	{ "%00small.png", "no such file" },
	{ "%", "no such file" },
	{ "small.png/", "no such file" },
	{ "link.png", "outside" },
	{ "../../outside.png", "outside" },
	{ "/etc/hostname", "outside" },
	{ "../inbox/a.png", "hand-in" },
	{ "https://example.org/a.png", "beside the text" },
	{ "data:image/png;base64,AAAA", "beside the text" },
	{ "cut.png", "cut off" },
	{ "cut.jpg", "cut off" },
	{ "large.png", "20 MB" },
};

Test(pictures, a_target_counts_from_the_text_and_stays_in_the_folder)
{
	struct pictures pictures = office();
	const char *text = in("o/chapters/plan.md"), *why;
	for (size_t i = 0; i < COUNT_OF(targets); i++) {
		const struct picture *picture =
		    pictures_load(&pictures, text, targets[i].target, &why);
		if (targets[i].why)
			cr_expect(!picture && why && strstr(why, targets[i].why), "'%s': %s",
			    targets[i].target, picture ? "set" : why);
		else
			cr_expect(picture && !why, "'%s': %s", targets[i].target, why);
	}
}

Test(pictures, the_same_file_is_read_once)
{
	struct pictures pictures = office();
	const char *text = in("o/chapters/plan.md"), *why;
	const struct picture *one = pictures_load(&pictures, text, "small.png", &why);
	cr_assert_not_null(one);
	cr_expect(one->width == 4 && one->height == 3 && !one->is_jpeg);
	cr_expect_eq(pictures_load(&pictures, text, "../chapters/other.png", &why), one);
	cr_expect_null(pictures_load(&pictures, text, "cut.png", &why));
	cr_expect_null(pictures_load(&pictures, text, "cut.png", &why));
	cr_expect(why && strstr(why, "cut off"));
	cr_expect_eq(pictures.count, 2);
}

Test(pictures, what_is_set_does_not_say_where_it_was_taken)
{
	struct pictures pictures = office();
	const char *why;
	sh("cd o/chapters && { cat small.png; echo 某县某路; } >told.png");
	const struct picture *plain =
	    pictures_load(&pictures, in("o/chapters/plan.md"), "small.png", &why);
	const struct picture *told =
	    pictures_load(&pictures, in("o/chapters/plan.md"), "told.png", &why);
	cr_assert(plain && told);
	cr_expect(told->size == plain->size && memcmp(told->bytes, plain->bytes, plain->size) == 0);
}

Test(pictures, all_together_there_is_an_end_to_them)
{
	struct pictures pictures = office();
	const char *why;
	pictures.bytes = 200 << 20;
	cr_expect_null(pictures_load(&pictures, in("o/chapters/plan.md"), "small.png", &why));
	cr_expect(why && strstr(why, "200 MB"), "%s", why);
}

/* A page with one picture on it a thousand times is as large as one with a thousand of them. */
Test(pictures, a_picture_counts_as_often_as_it_is_named)
{
	struct pictures pictures = office();
	const char *text = in("o/chapters/plan.md"), *why;
	const struct picture *one = pictures_load(&pictures, text, "small.png", &why);
	cr_assert_not_null(one);
	cr_expect_eq(pictures.bytes, one->size);
	cr_expect_eq(pictures_load(&pictures, text, "small.png", &why), one);
	cr_expect_eq(pictures.bytes, 2 * one->size);
	pictures.bytes = (200 << 20) - one->size;
	cr_expect_eq(pictures_load(&pictures, text, "small.png", &why), one);
	cr_expect_null(pictures_load(&pictures, text, "small.png", &why));
	cr_expect(why && strstr(why, "200 MB"), "%s", why);
}
