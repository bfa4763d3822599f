/* Feeds bytes to one format: its bid, the cutting of records by frame or begins, unescaping and
 * decoding each, then the layers. tests/CMakeLists.txt makes a program of it for every
 * diag/format/format_<name>.c, `-DFORMAT=format_<name>`.
 *
 *   ./fuzz_format_klog CORPUS, with fixtures/formats/ as seeds
 */

#include "base/arena.h"
#include "format/layer.h"

#include <assert.h>

extern const struct format FORMAT;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Touches every byte that the entry claims, so that one that is not there is seen. */
static uint64_t touch(struct span span)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < span.size; i++) {
        sum += (unsigned char)span.data[i];
    }
    return sum;
}

static void check_entry(const struct entry *entry)
{
    volatile uint64_t sum = touch(entry->message) + touch(entry->stamp) + touch(entry->host) +
                            touch(entry->identifier) + touch(entry->unit) +
                            touch(entry->about_unit) + touch(entry->origin.cursor);

    for (size_t i = 0; i < entry->n_fields; i++) {
        sum += touch(entry->fields[i].name) + touch(entry->fields[i].value);
    }
    (void)sum;
    assert(entry->severity <= SEVERITY_UNKNOWN);
}

/* The record at the start of the text, by the format's own rules. */
static size_t record_size(struct span text)
{
    size_t size = 0;

    if (FORMAT.frame) {
        size = FORMAT.frame(text, false);
        assert(size <= text.size);
        size = size ? size : FORMAT.frame(text, true);
        assert(size > 0 && size <= text.size);
        return size;
    }
    do {
        struct span left = span_skip(text, size);
        ptrdiff_t end = span_find_byte(left, '\n');

        size += end < 0 ? left.size : (size_t)end + 1;
    } while (size < text.size && FORMAT.begins &&
             !FORMAT.begins(span_head(span_skip(text, size), 4096)));
    return size;
}

static size_t count_lines(struct span text)
{
    size_t n = 0;

    for (size_t i = 0; i < text.size; i++) {
        n += text.data[i] == '\n';
    }
    return n;
}

/* A record that was unescaped has as many bytes and lines as before; the entry borrows from it. */
static struct span unescape(struct arena *arena, struct span record)
{
    struct span copy = arena_copy(arena, record);

    if (!FORMAT.unescape) {
        return record;
    }
    (void)FORMAT.unescape((char *)copy.data, copy.size);
    assert(count_lines(copy) == count_lines(record));
    return copy;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    struct format_context context = { .year = 2024, .year_month = 6, .arena = arena };
    struct span text = { (const char *)data, size };

    assert(FORMAT.bid(text) >= 0);
    while (text.size) {
        size_t n = record_size(text);
        struct entry entry = entry_empty();

        if (FORMAT.decode(&context, unescape(arena, span_head(text, n)), &entry) == 1) {
            check_entry(&entry);
            layer_refine(&context, &entry);
            check_entry(&entry);
        }
        arena_clear(arena);
        text = span_skip(text, n);
    }
    return 0;
}
