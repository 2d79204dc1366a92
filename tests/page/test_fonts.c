/* test_fonts.c: which fonts are taken, and that they are given back. */
#include "page/fonts.h"
#include "page/pdf.h"

#include <cairo.h>
#include <criterion/criterion.h>
#include <string.h>

/* Chinese characters, letters and marks all have a glyph in each font of the standard. */
Test(page, every_role_has_chinese)
{
	static const uint32_t codes[] = { 0x5E74, 0x6CD5, 0x3002, 0xFF0C, 0x201C, '1', 'a',
		0x2014 };
	struct err err = { 0 };
	struct fonts *fonts = fonts_new(&err);
	size_t missing;
	cr_assert(fonts, "%s", err.text);
	for (int role = 0; role < FONT_ROLES; role++)
		for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
			cr_expect(font_glyph(fonts, (enum font_role)role, codes[i])->index != 0,
			    "U+%04X in %s", (unsigned)codes[i],
			    font_official((enum font_role)role));
	fonts_missing(fonts, &missing);
	cr_expect_eq(missing, 0);
	fonts_free(fonts);
}

/* What the font of the text does not have comes from another, the rest stays its own. */
Test(page, rare_characters_come_from_other_fonts)
{
	struct err err = { 0 };
	struct fonts *fonts = fonts_new(&err);
	cr_assert(fonts, "%s", err.text);
	const struct glyph *plain = font_glyph(fonts, FONT_FANG, 0x5E74);
	unsigned face = plain->face;
	const struct glyph *rare = font_glyph(fonts, FONT_FANG, 0x20BB7); /* 𠮷 */
	cr_expect(rare->index != 0);
	cr_expect_eq(font_glyph(fonts, FONT_FANG, 0x6CD5)->face, face);
	fonts_free(fonts);
}

/* cairo ends the program when it is asked to forget what somebody still holds. */
Test(page, fonts_and_pictures_are_given_back)
{
	static const struct about about = { "", "", "", "", "1980-01-01" };
	struct arena arena = { 0 };
	struct err err = { 0 };
	struct draft draft = { 0 };
	struct buf out = { 0 };
	struct paper paper = { .fonts = fonts_new(&err), .arena = &arena };
	cr_assert(paper.fonts, "%s", err.text);
	draft_add(&draft, "法治abc", strlen("法治abc"),
	    (struct style){ .role = FONT_FANG, .size = SIZE_TEXT });
	paper_set(&paper, &draft, &(struct block){ 0 });
	cr_assert_eq(paper_pdf(&paper, &about, &out, &err), 0, "%s", err.text);
	cr_expect(out.len > 1000);
	fonts_free(paper.fonts);
	arena_release(&arena);
	buf_release(&out);
	cairo_debug_reset_static_data();
}
