#ifndef NODECAUSE_TESTS_FORMAT_TEST_H
#define NODECAUSE_TESTS_FORMAT_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "format/format.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* One record, and what its entry must say: `name=value`, the names those of entry_field() and
 * about_unit, boot, machine, invocation, severity, cursor, stamp, time_us, monotonic_us, cut. */
struct format_row {
    struct span record;
    const char *want[16];
};

/* Initialisers; records may hold NUL bytes. */
/* clang-format off */
#define RECORD(text)   { (text), sizeof(text) - 1 }
#define ROW(text, ...) { RECORD(text), { __VA_ARGS__ } }
/* clang-format on */

static inline struct span entry_value(const struct entry *entry, struct span name,
                                      struct arena *arena)
{
    if (span_is(name, "about_unit")) {
        return entry->about_unit;
    }
    if (span_is(name, "boot")) {
        return entry->boot;
    }
    if (span_is(name, "machine")) {
        return entry->machine;
    }
    if (span_is(name, "invocation")) {
        return entry->invocation;
    }
    if (span_is(name, "severity")) {
        return span_of(severity_name(entry->severity));
    }
    if (span_is(name, "cursor")) {
        return entry->origin.cursor;
    }
    if (span_is(name, "stamp")) {
        return entry->stamp;
    }
    if (span_is(name, "time_us")) {
        return span_of(arena_printf(arena, "%" PRId64, entry->when.time_us));
    }
    if (span_is(name, "monotonic_us")) {
        return span_of(arena_printf(arena, "%" PRId64, entry->when.monotonic_us));
    }
    if (span_is(name, "cut")) {
        return entry->cut ? SPAN("true") : SPAN("false");
    }
    return entry_field(entry, name, arena);
}

static inline void check_entry(const struct entry *entry, const char *const *want,
                               struct arena *arena)
{
    for (; *want; want++) {
        struct span name, value, rest = span_of(*want);

        (void)span_cut(&rest, '=', &name);
        value = entry_value(entry, name, arena);
        if (!span_equal(value, rest)) {
            fail_msg("want %s, got `%.*s`", *want, (int)value.size, value.data ? value.data : "");
        }
    }
}

/* Decodes the record in memory of its own, so that the sanitizer sees every byte read too far. */
static inline int decode_alone(const struct format *format, struct span record, struct arena *arena,
                               struct entry *ret)
{
    struct format_context context = { .year = 2024, .year_month = 12, .arena = arena };
    char *bytes = malloc(record.size ? record.size : 1);
    int r;

    assert_non_null(bytes);
    if (record.size) {
        memcpy(bytes, record.data, record.size);
    }
    *ret = entry_empty();
    r = format->decode(&context, (struct span){ bytes, record.size }, ret);
    /* What the entry borrows from the record is compared with the row's own bytes. */
    *ret = entry_empty();
    assert_int_equal(r, format->decode(&context, record, ret));
    free(bytes);
    return r;
}

/* Every row must be an entry that says what it wants. */
static inline void check_rows(const struct format *format, const struct format_row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        CLEANUP(arena_free_at) struct arena *arena = arena_new();
        struct entry entry;

        if (decode_alone(format, rows[i].record, arena, &entry) != 1) {
            fail_msg("not decoded: %.*s", (int)rows[i].record.size, rows[i].record.data);
        }
        check_entry(&entry, rows[i].want, arena);
    }
}

/* None of them may be an entry. */
static inline void check_none(const struct format *format, const struct span *records, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        CLEANUP(arena_free_at) struct arena *arena = arena_new();
        struct entry entry;

        if (decode_alone(format, records[i], arena, &entry) == 1) {
            fail_msg("decoded: %.*s", (int)records[i].size, records[i].data);
        }
    }
}

/* Cuts the text by the format's frame(), given `step` more bytes each time, and counts the records
 * that are entries. */
static inline size_t count_framed(const struct format *format, struct span text, size_t step)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    struct format_context context = { .arena = arena };
    size_t n = 0, given = 0;

    while (text.size) {
        size_t size = format->frame(span_head(text, given), given >= text.size);
        struct entry entry = entry_empty();

        assert_true(size <= given || size <= text.size);
        if (size == 0) {
            assert_true(given < text.size);
            given += step;
            continue;
        }
        n += format->decode(&context, span_head(text, size), &entry) == 1;
        text = span_skip(text, size);
        given = given > size ? given - size : 0;
    }
    return n;
}

/* The whole file, NUL behind it. The caller frees ret.data. */
static inline struct span read_fixture(const char *path)
{
    char name[1024];
    FILE *file;
    char *bytes = malloc(1024 * 1024);
    size_t size;

    (void)snprintf(name, sizeof(name), "%s/fixtures/formats/%s", SOURCE_DIR, path);
    file = fopen(name, "rb");
    if (!file || !bytes) {
        fail_msg("cannot read %s", name);
    }
    size = fread(bytes, 1, 1024 * 1024, file);
    (void)fclose(file);
    return (struct span){ bytes, size };
}

#endif
