/* The parts of a ZIP archive, unpacked: only so much of the format as libxlsxwriter writes. */
#ifndef TESTS_FUZZ_UNZIP_H
#define TESTS_FUZZ_UNZIP_H

#include <stddef.h>

void unzip_each(const char *zip, size_t n_bytes, void (*fn)(const char *name, const char *bytes, size_t n_bytes));

#endif
