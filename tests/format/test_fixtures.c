/* Every sample of fixtures/formats/: recognised as its folder's format with a clear margin, and
 * decoded as its `.entries` says; fixtures/formats/README.md has the form. UPDATE_EXPECTED=1
 * rewrites the `.entries`. The list of tests is made of the files. */

#include "format_test.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "format/reader.h"

#include <dirent.h>

#define FORMATS SOURCE_DIR "/fixtures/formats"

typedef VEC(char *) strings;

static int is_visible(const struct dirent *item)
{
    return item->d_name[0] != '.';
}

static void list_folder(const char *folder, strings *ret)
{
    CLEANUP(buf_done_at) struct buf path = { 0 };
    struct dirent **items;
    int n;

    buf_printf(&path, FORMATS "/%s", folder);
    n = scandir(path.data, &items, is_visible, alphasort);
    for (int i = 0; i < n; i++) {
        CLEANUP(buf_done_at) struct buf name = { 0 };

        buf_printf(&name, "%s%s%s", folder, folder[0] ? "/" : "", items[i]->d_name);
        vec_push(ret, alloc_string(name.data));
        free(items[i]);
    }
    if (n >= 0) {
        free(items);
    }
}

static void strings_free(strings *list)
{
    for (size_t i = 0; i < list->n; i++) {
        free(list->items[i]);
    }
    vec_free(list);
}

/* --- the form of .entries --- */

static void add_text(struct buf *out, struct span text)
{
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];

        if (c == '\\') {
            buf_add_string(out, "\\\\");
        } else if (c == '\n') {
            buf_add_string(out, "\\n");
        } else if (c == '\t') {
            buf_add_string(out, "\\t");
        } else if (c < 0x20 || c == 0x7f || !utf8_valid(text)) {
            buf_printf(out, c < 0x20 || c >= 0x7f ? "\\x%02x" : "%c", c);
        } else {
            buf_add_byte(out, (char)c);
        }
    }
}

static void add_value(struct buf *out, const char *name, struct span value)
{
    if (span_empty(value)) {
        return;
    }
    buf_printf(out, " %s=", name);
    add_text(out, value);
}

static void add_time(struct buf *out, const struct moment *when)
{
    if (when->time_us != TIME_UNKNOWN) {
        buf_add_byte(out, ' ');
        calendar_add_rfc3339(out, when->time_us, when->zone_minutes, when->zone_known);
    }
    if (when->monotonic_us != TIME_UNKNOWN) {
        buf_printf(out, " +%" PRId64 ".%06" PRId64, when->monotonic_us / USEC_PER_SEC,
                   when->monotonic_us % USEC_PER_SEC);
    }
}

/* Fields in capitals are the journal's own, which entries say in other words. */
static bool is_journal_field(struct span name)
{
    for (size_t i = 0; i < name.size; i++) {
        if (name.data[i] >= 'a' && name.data[i] <= 'z') {
            return false;
        }
    }
    return !span_is(name, "MESSAGE_ID");
}

static void add_sender(struct buf *out, const struct entry *entry)
{
    add_value(out, "host", entry->host);
    add_value(out, "transport", entry->transport);
    add_value(out, "identifier", entry->identifier);
    add_value(out, "unit", entry->unit);
    add_value(out, "about", entry->about_unit);
    if (entry->pid >= 0) {
        buf_printf(out, " pid=%" PRId64, entry->pid);
    }
    if (entry->severity != SEVERITY_UNKNOWN) {
        add_value(out, "severity", span_of(severity_name(entry->severity)));
    }
    add_value(out, "klog", entry->klog.file);
    for (size_t i = 0; i < entry->n_fields; i++) {
        CLEANUP(buf_done_at) struct buf name = { 0 };

        if (is_journal_field(entry->fields[i].name)) {
            continue;
        }
        buf_add_byte(&name, '.');
        add_text(&name, entry->fields[i].name);
        add_value(out, name.data, entry->fields[i].value);
    }
}

static void add_entry(struct buf *out, const struct entry *entry)
{
    buf_printf(out, "%d:", (int)entry->origin.line);
    add_time(out, &entry->when);
    add_sender(out, entry);
    if (entry->cut) {
        buf_add_string(out, " cut");
    }
    buf_add_string(out, "\n    ");
    add_text(out, entry->message);
    buf_add_byte(out, '\n');
}

/* --- reading --- */

static int64_t read_span(void *source, char *buffer, size_t size)
{
    struct span *rest = source;
    struct span piece = span_head(*rest, size);

    if (piece.size) {
        memcpy(buffer, piece.data, piece.size);
    }
    *rest = span_skip(*rest, piece.size);
    return (int64_t)piece.size;
}

static void add_entries(struct buf *out, struct reader *reader)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    struct batch batch;

    while (reader_next(reader, &batch) > 0) {
        position at = 0;
        struct entry entry;

        do {
            if (batch_decode(&batch, at, arena, &entry) > 0) {
                add_entry(out, &entry);
            }
            arena_clear(arena);
        } while (batch_step(&batch, at, 1, &at) > 0);
    }
}

/* What the sample says, read as a file of the first of July 2024. */
static void dump(const char *path, struct span text, struct buf *ret)
{
    CLEANUP(notes_free_at) struct notes *notes = notes_new();
    const struct reader_options options = { .name = path,
                                            .file_time_us = 1719792000 * (int64_t)USEC_PER_SEC,
                                            .notes = notes,
                                            .read = read_span,
                                            .source = &text };
    CLEANUP(reader_free_at) struct reader *reader = reader_new(&options);

    add_entries(ret, reader);
    for (size_t i = 0; i < notes_count(notes); i++) {
        const struct note *note = notes_get(notes, i);

        buf_printf(ret, "note: %s at line %d, %d times\n", note_kind_name(note->kind),
                   (int)note->first_line, (int)note->count);
    }
}

static void compare(const char *path, const struct buf *got)
{
    CLEANUP(buf_done_at) struct buf name = { 0 };
    struct span want;
    FILE *file;

    buf_printf(&name, FORMATS "/%s.entries", path);
    if (getenv("UPDATE_EXPECTED")) {
        file = fopen(name.data, "w");
        assert_non_null(file);
        (void)fwrite(got->data, 1, got->size, file);
        (void)fclose(file);
    }
    name.size = 0;
    buf_printf(&name, "%s.entries", path);
    want = read_fixture(name.data);
    if (!span_equal(want, buf_span(got))) {
        print_error("%s differs from:\n%s\n", name.data, got->data);
    }
    assert_true(span_equal(want, buf_span(got)));
    free((void *)want.data);
}

/* The folder's format bids at least twice as much as any other. */
static void check_bids(const char *path, struct span text)
{
    struct span folder, rest = span_of(path);
    const struct format *own;
    int bid, second = 0;

    (void)span_cut(&rest, '/', &folder);
    own = format_find(folder);
    assert_non_null(own);
    bid = own->bid(text);
    for (const struct format *const *format = formats; *format; format++) {
        if (*format != own && (*format)->bid(text) > second) {
            second = (*format)->bid(text);
        }
    }
    if (bid > 1 ? bid >= 2 * second : bid >= second) {
        return;
    }
    for (const struct format *const *format = formats; *format; format++) {
        print_error("%s: %s bids %d\n", path, (*format)->name, (*format)->bid(text));
    }
    fail();
}

static void run_sample(void **state)
{
    const char *path = *state;
    CLEANUP(buf_done_at) struct buf got = { 0 };
    struct span text = read_fixture(path);

    check_bids(path, text);
    dump(path, text, &got);
    compare(path, &got);
    free((void *)text.data);
}

static void every_format_has_a_sample(void **state)
{
    (void)state;
    for (const struct format *const *format = formats; *format; format++) {
        CLEANUP(buf_done_at) struct buf folder = { 0 };
        strings files = { 0 };

        buf_add_string(&folder, (*format)->name);
        for (size_t i = 0; i < folder.size; i++) {
            folder.data[i] = folder.data[i] == '-' ? '_' : folder.data[i];
        }
        list_folder(folder.data, &files);
        if (files.n < 2) {
            fail_msg("fixtures/formats/%s is empty", folder.data);
        }
        strings_free(&files);
    }
}

int main(void)
{
    strings folders = { 0 }, files = { 0 };
    VEC(struct CMUnitTest) tests = { 0 };
    int r;

    vec_push(&tests, (struct CMUnitTest)cmocka_unit_test(every_format_has_a_sample));
    list_folder("", &folders);
    for (size_t i = 0; i < folders.n; i++) {
        list_folder(folders.items[i], &files);
    }
    for (size_t i = 0; i < files.n; i++) {
        if (!span_ends(span_of(files.items[i]), SPAN(".entries"))) {
            vec_push(&tests, (struct CMUnitTest){ .name = files.items[i],
                                                  .test_func = run_sample,
                                                  .initial_state = files.items[i] });
        }
    }
    r = _cmocka_run_group_tests("fixtures", tests.items, tests.n, NULL, NULL);
    strings_free(&folders);
    strings_free(&files);
    vec_free(&tests);
    return r;
}
