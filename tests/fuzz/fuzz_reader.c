/* Any bytes through the reader: every record decoded, every neighbour visited, nothing may break.
 * The first byte says how small the pieces are in which the bytes arrive. */

#include "format/reader.h"

#include <assert.h>

struct input {
    struct span rest;
    size_t piece;
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int64_t read_input(void *source, char *buffer, size_t size)
{
    struct input *input = source;
    struct span piece = span_head(input->rest, input->piece < size ? input->piece : size);

    if (piece.size) {
        memcpy(buffer, piece.data, piece.size);
    }
    input->rest = span_skip(input->rest, piece.size);
    return (int64_t)piece.size;
}

/* Spans must be readable to their last byte. */
static void touch(struct span span)
{
    volatile char c;

    if (span.size) {
        c = span.data[0];
        c = span.data[span.size - 1];
        (void)c;
    }
}

static void visit(const struct batch *batch, position at, struct arena *arena)
{
    struct entry entry;

    arena_clear(arena);
    if (batch_decode(batch, at, arena, &entry) <= 0) {
        return;
    }
    touch(entry.message);
    touch(entry.raw);
    touch(entry.stamp);
    for (size_t i = 0; i < entry.n_fields; i++) {
        touch(entry.fields[i].name);
        touch(entry.fields[i].value);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    CLEANUP(notes_free_at) struct notes *notes = notes_new();
    struct input input = { { (const char *)data, size }, size ? 1u + data[0] * 16u : 1 };
    const struct reader_options options = { .name = "fuzz",
                                            .file_time_us = TIME_UNKNOWN,
                                            .notes = notes,
                                            .read = read_input,
                                            .source = &input };
    CLEANUP(reader_free_at) struct reader *reader = reader_new(&options);
    struct batch batch;

    while (reader_next(reader, &batch) > 0) {
        position at = batch_locate(&batch, 0), back;

        touch(batch.bytes);
        assert(batch.n_records > 0);
        do {
            visit(&batch, at, arena);
            if (batch_step(&batch, at, -1, &back) > 0) {
                assert(back < at);
            }
        } while (batch_step(&batch, at, 1, &at) > 0);
        (void)batch_locate(&batch, batch.bytes.size - 1);
    }
    (void)reader_facts(reader);
    return 0;
}
