/* texts.c: narratives hand-in by hand-in, for checking, and chapter by chapter, for composing. */
#include "intake/texts.h"

#include "intake/reader.h"

#include <string.h>

static struct reader reader_for(const struct intake_context *context, struct submission *submission,
    struct arena *arena, struct findings *findings)
{
	return (struct reader){ .context = context,
		.arena = arena,
		.findings = findings,
		.submission = submission,
		.department = submission->department->id };
}

static void drop(struct written *written)
{
	written->opening = "";
	written->points = NULL;
	written->passages = NULL;
	written->point_count = written->passage_count = 0;
}

int texts_read(const struct intake_context *context, struct submission *submission,
    struct arena *arena, struct err *err)
{
	struct reader reader = reader_for(context, submission, arena, context->findings);
	for (size_t i = 0; i < submission->written_count; i++)
		if (narrative_read(&reader, &submission->written[i], err) != 0)
			return -1;
	return 0;
}

void texts_drop(struct submission *submission)
{
	for (size_t i = 0; i < submission->written_count; i++)
		drop(&submission->written[i]);
}

/* The hand-in's part of the chapter, if it counts and has one. */
static struct written *written_of(struct submission *submission, const char *chapter)
{
	for (size_t i = 0; submission->latest && i < submission->written_count; i++)
		if (strcmp(submission->written[i].chapter->id, chapter) == 0)
			return &submission->written[i];
	return NULL;
}

int texts_read_chapter(const struct intake_context *context, struct intake *intake,
    const char *chapter, struct arena *arena, struct err *err)
{
	struct findings known;
	findings_init(&known, arena);
	for (size_t i = 0; i < intake->count; i++) {
		struct submission *submission = &intake->items[i];
		struct written *written = written_of(submission, chapter);
		struct reader reader = reader_for(context, submission, arena, &known);
		if (written && narrative_read_points(&reader, written, err) != 0)
			return -1;
	}
	return 0;
}

void texts_drop_chapter(struct intake *intake, const char *chapter)
{
	for (size_t i = 0; i < intake->count; i++) {
		struct written *written = written_of(&intake->items[i], chapter);
		if (written)
			drop(written);
	}
}
