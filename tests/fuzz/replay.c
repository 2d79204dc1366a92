/* replay.c: runs a fuzz target over the files named, so that `make test` keeps what fuzzing found.
 */
#include "base/file.h"

#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		struct buf bytes = { 0 };
		struct err err;
		if (file_read(argv[i], 64 << 20, &bytes, &err) != 0) {
			fprintf(stderr, "%s\n", err.text);
			return 1;
		}
		LLVMFuzzerTestOneInput((const uint8_t *)buf_str(&bytes), bytes.len);
		buf_release(&bytes);
	}
	return argc > 1 ? 0 : 1;
}
