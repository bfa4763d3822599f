/* Compressed logs of strangers: no harm, an end, and no more than memory for their windows. */

#include "source/inflate.h"

#include <stdint.h>
#include <string.h>

enum {
    OUTPUT_BYTES = 1024 * 1024 /* a bomb is stopped by a limit too large to wait for */
};

static int64_t read_memory(void *source, char *buffer, size_t size)
{
    struct span *rest = source;
    struct span piece = span_head(*rest, size < 100 ? size : 100);

    if (piece.size) {
        memcpy(buffer, piece.data, piece.size);
    }
    *rest = span_skip(*rest, piece.size);
    return (int64_t)piece.size;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span rest = { (const char *)data, size };
    struct inflate *inflate = inflate_new(read_memory, &rest, "fuzz", NULL);
    char buffer[4096];
    int64_t n = 1;

    if (inflate_open(inflate, NULL) >= 0) {
        for (int64_t sum = 0; n > 0 && sum < OUTPUT_BYTES; sum += n) {
            n = inflate_read(inflate, buffer, sizeof(buffer));
        }
    }
    inflate_free(inflate);
    return 0;
}
