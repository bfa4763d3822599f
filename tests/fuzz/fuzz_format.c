/* Feeds bytes to every format: the bid, the cutting of records by frame or begins, and the decoding
 * of each, then the layers.
 *
 *   clang -fsanitize=fuzzer,address,undefined -Idiag tests/fuzz/fuzz_format.c ... -o fuzz_format
 *   ./fuzz_format CORPUS, with fixtures/formats/ as seeds
 */

#include "base/arena.h"
#include "format/layer.h"

#include <assert.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Touches every byte that the entry claims, so that one that is not there is seen. */
static uint64_t touch(struct span span)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < span.size; i++)
        sum += (unsigned char)span.data[i];
    return sum;
}

static void check_entry(const struct entry *entry)
{
    volatile uint64_t sum = touch(entry->message) + touch(entry->stamp) + touch(entry->host) +
                            touch(entry->identifier) + touch(entry->unit) +
                            touch(entry->about_unit) + touch(entry->origin.cursor);

    for (size_t i = 0; i < entry->n_fields; i++)
        sum += touch(entry->fields[i].name) + touch(entry->fields[i].value);
    (void)sum;
    assert(entry->severity <= SEVERITY_UNKNOWN);
}

/* The record at the start of the text, by the format's own rules. */
static size_t record_size(const struct format *format, struct span text)
{
    size_t size = 0;

    if (format->frame) {
        size = format->frame(text, false);
        assert(size <= text.size);
        size = size ? size : format->frame(text, true);
        assert(size > 0 && size <= text.size);
        return size;
    }
    do {
        struct span left = span_skip(text, size);
        ptrdiff_t end = span_find_byte(left, '\n');

        size += end < 0 ? left.size : (size_t)end + 1;
    } while (size < text.size && format->begins &&
             !format->begins(span_head(span_skip(text, size), 4096)));
    return size;
}

static void feed(const struct format *format, struct span text)
{
    struct arena *arena = arena_new();
    struct format_context context = { .year = 2024, .year_month = 6, .arena = arena };

    assert(format->bid(text) >= 0);
    while (text.size) {
        size_t size = record_size(format, text);
        struct entry entry = entry_empty();

        if (format->decode(&context, span_head(text, size), &entry) == 1) {
            check_entry(&entry);
            layer_refine(&context, &entry);
            check_entry(&entry);
        }
        text = span_skip(text, size);
    }
    arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    for (const struct format *const *format = formats; *format; format++)
        feed(*format, (struct span){ (const char *)data, size });
    return 0;
}
