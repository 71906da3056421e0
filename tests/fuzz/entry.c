/* libFuzzer's way in; compiled once for each target with -DTARGET=fuzz_NAME. */
#include "tests/fuzz/fuzz.h"

#include "core/io/xml.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    setenv("TZ", "Asia/Tokyo", 1);
    xml_start();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes)
{
    TARGET(bytes, n_bytes);
    return 0;
}
