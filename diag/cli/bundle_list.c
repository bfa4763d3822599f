/* nodecause inputs sos.tar.xz:
 *
 *   sos.tar.xz
 *     kind         sos: sos report of one node
 *     root         sosreport-n1/
 *     nodes        n1
 *     read         1 log, 2 state files
 *       etc/
 *         fstab             fstab, 3 rows, 120 bytes
 *     not read     1204 files
 *       sys/kernel/         900 files: the layout does not name it */

#include "cli/bundle_list.h"

#include "base/buf.h"
#include "base/map.h"
#include "base/vec.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    FILES_TOLD = 8,  /* of a directory or archive of no known kind: more is said of each */
    ALIKE_SHOWN = 8, /* files of one folder and format, or folders of one folder and reason */
    NODES_SHOWN = 8,
    NAME_COLUMNS = 48
};

struct bundle_row {
    const struct report_bundle *bundle;
    struct span path;   /* seen from the root of the bundle */
    struct span folder; /* of the path, with `/` at the end */
    struct span format, host, times, error;
    bool is_state, is_empty;
    uint64_t bytes, n; /* entries or rows */
};

struct bundle_list {
    struct arena *arena;
    VEC(struct bundle_row) rows;
};

struct bundle_list *bundle_list_new(void)
{
    struct bundle_list *list = ALLOC(struct bundle_list);

    list->arena = arena_new();
    return list;
}

void bundle_list_free(struct bundle_list *list)
{
    if (!list) {
        return;
    }
    vec_free(&list->rows);
    arena_free(list->arena);
    free(list);
}

bool bundle_list_takes(const struct report_input *input)
{
    return input->bundle && (input->bundle->kind || input->bundle->n_files > FILES_TOLD);
}

/* --- rows --- */

/* Of `sos.tar.xz!./n1/etc/fstab` in the bundle with the root `n1/`: `etc/fstab`. */
static struct span path_below(const struct report_bundle *bundle, struct span name,
                              struct arena *arena)
{
    CLEANUP(buf_done_at) struct buf path = { 0 };
    struct span rest = span_skip(name, bundle->name.size);

    for (size_t i = 0; i < rest.size; i++) {
        buf_add_byte(&path, (char)(rest.data[i] == '!' ? '/' : rest.data[i]));
    }
    rest = arena_copy(arena, buf_span(&path));
    while (span_starts(rest, SPAN("/")) || span_starts(rest, SPAN("./"))) {
        rest = span_skip(rest, 1);
    }
    return span_starts(rest, bundle->root) ? span_skip(rest, bundle->root.size) : rest;
}

static struct span folder_of(struct span path)
{
    while (path.size && path.data[path.size - 1] != '/') {
        path.size--;
    }
    return path;
}

void bundle_list_add(struct bundle_list *list, const struct survey *survey)
{
    const struct report_input *input = &survey->input;
    struct bundle_row row = { .bundle = input->bundle };
    CLEANUP(buf_done_at) struct buf times = { 0 };

    survey_add_times(input, &times);
    row.path = path_below(input->bundle, input->name, list->arena);
    row.folder = folder_of(row.path);
    row.format = arena_copy(list->arena, survey->format);
    row.host = arena_copy(list->arena, input->host);
    row.times = arena_copy(list->arena, buf_span(&times));
    row.error = arena_copy(list->arena, span_of(input->error));
    row.is_state = input->is_state;
    row.is_empty = input->empty;
    row.bytes = input->bytes;
    row.n = input->is_state ? survey->n_rows : input->entries;
    vec_push(&list->rows, row);
}

static int by_text(struct span a, struct span b)
{
    int order =
        memcmp(a.data ? a.data : "", b.data ? b.data : "", a.size < b.size ? a.size : b.size);

    return order ? order : (a.size > b.size) - (a.size < b.size);
}

/* Bundles as their inputs were read, then by folder, format and path: what is alike follows each other. */
static int by_place(const void *a, const void *b)
{
    const struct bundle_row *one = a, *other = b;
    int order = (one->bundle > other->bundle) - (one->bundle < other->bundle);

    order = order ? order : by_text(one->folder, other->folder);
    order = order ? order : by_text(one->format, other->format);
    order = order ? order : by_text(one->error, other->error);
    return order ? order : by_text(one->path, other->path);
}

/* --- lines --- */

/* Names in a bundle may hold anything. */
static void print_safely(struct span text, int columns)
{
    for (size_t i = 0; i < text.size; i++) {
        (void)putchar((unsigned char)text.data[i] < ' ' || text.data[i] == 0x7f ? '?'
                                                                                : text.data[i]);
    }
    printf("%*s", (int)text.size < columns ? columns - (int)text.size : 0, "");
}

static void add_count(struct buf *out, uint64_t n, const char *one, const char *many)
{
    buf_printf(out, "%s%" PRIu64 " %s", out->size ? ", " : "", n, n == 1 ? one : many);
}

/* Of the rows, which are alike: one, or so many that they are one line. */
static void print_rows(const struct bundle_row *rows, size_t n, bool with_host)
{
    CLEANUP(buf_done_at) struct buf line = { 0 };
    CLEANUP(buf_done_at) struct buf name = { 0 };
    uint64_t sum = 0, bytes = 0;

    for (size_t i = 0; i < n; i++) {
        sum += rows[i].n;
        bytes += rows[i].bytes;
    }
    if (n > 1) {
        buf_printf(&name, "%zu files", n);
    } else {
        buf_add(&name, span_skip(rows->path, rows->folder.size));
    }
    buf_add(&line, rows->error.size ? rows->error : rows->format);
    if (!rows->error.size) {
        add_count(&line, sum, rows->is_state ? "row" : "entry",
                  rows->is_state ? "rows" : "entries");
        add_count(&line, bytes, "byte", "bytes");
    }
    if (n == 1 && rows->times.size) {
        buf_printf(&line, ", %.*s", (int)rows->times.size, rows->times.data);
    }
    if (n == 1 && with_host && rows->host.size) {
        buf_printf(&line, ", of %.*s", (int)rows->host.size, rows->host.data);
    }
    printf("      ");
    print_safely(buf_span(&name), NAME_COLUMNS);
    printf(" ");
    print_safely(buf_span(&line), 0);
    printf("\n");
}

static size_t count_alike(const struct bundle_row *rows, size_t n)
{
    size_t i = 1;

    while (i < n && span_equal(rows[i].folder, rows->folder) &&
           span_equal(rows[i].format, rows->format) && span_equal(rows[i].error, rows->error)) {
        i++;
    }
    return i;
}

static void print_folders(const struct bundle_row *rows, size_t n, bool with_host)
{
    for (size_t i = 0; i < n;) {
        size_t alike = count_alike(rows + i, n - i);
        size_t lines = alike > ALIKE_SHOWN ? 1 : alike;

        if (rows[i].folder.size && (i == 0 || !span_equal(rows[i].folder, rows[i - 1].folder))) {
            printf("    ");
            print_safely(rows[i].folder, 0);
            printf("\n");
        }
        for (size_t k = 0; k < lines; k++) {
            print_rows(rows + i + k, lines == 1 ? alike : 1, with_host);
        }
        i += alike;
    }
}

/* --- what is not read --- */

static struct span top_of(struct span folder)
{
    ptrdiff_t slash = span_find_byte(folder, '/');

    return span_head(folder, slash < 0 ? 0 : (size_t)slash + 1);
}

static int by_folder(const void *a, const void *b)
{
    const struct report_unread *one = a, *other = b;
    int order = by_text(top_of(one->folder), top_of(other->folder));

    order = order ? order : strcmp(one->why, other->why);
    return order ? order : by_text(one->folder, other->folder);
}

static void print_unread_folders(const struct report_unread *folders, size_t n)
{
    CLEANUP(buf_done_at) struct buf name = { 0 };
    uint64_t files = 0, bytes = 0;

    for (size_t i = 0; i < n; i++) {
        files += folders[i].n;
        bytes += folders[i].bytes;
    }
    buf_add(&name, n > 1 ? top_of(folders->folder) : folders->folder);
    if (n > 1) {
        buf_printf(&name, "* (%zu folders)", n);
    }
    printf("    ");
    print_safely(name.size ? buf_span(&name) : SPAN("(its root)"), NAME_COLUMNS + 2);
    printf(" %" PRIu64 " %s, %" PRIu64 " bytes: %s\n", files, files == 1 ? "file" : "files", bytes,
           folders->why);
}

static void print_unread(const struct report_bundle *bundle, struct arena *arena)
{
    struct report_unread *folders = ARENA_ARRAY(arena, struct report_unread, bundle->n_unread);

    if (bundle->n_unread == 0) {
        return;
    }
    for (size_t i = 0; i < bundle->n_unread; i++) {
        folders[i] = bundle->unread[i];
    }
    qsort(folders, bundle->n_unread, sizeof(*folders), by_folder);
    printf("  not read     %" PRIu64 " files\n", bundle->n_files_unread);
    for (size_t i = 0; i < bundle->n_unread;) {
        size_t alike = 1, lines;

        while (i + alike < bundle->n_unread &&
               strcmp(folders[i + alike].why, folders[i].why) == 0 &&
               span_equal(top_of(folders[i + alike].folder), top_of(folders[i].folder))) {
            alike++;
        }
        lines = alike > ALIKE_SHOWN ? 1 : alike;
        for (size_t k = 0; k < lines; k++) {
            print_unread_folders(folders + i + k, lines == 1 ? alike : 1);
        }
        i += alike;
    }
}

/* --- a bundle --- */

/* How many there are. */
static size_t print_nodes(const struct bundle_row *rows, size_t n)
{
    CLEANUP(map_free_at) struct map *hosts = map_new();
    size_t n_hosts;

    for (size_t i = 0; i < n; i++) {
        if (rows[i].host.size) {
            (void)map_at(hosts, rows[i].host);
        }
    }
    n_hosts = map_size(hosts);
    for (size_t i = 0; i < n_hosts && i < NODES_SHOWN; i++) {
        printf("%s", i ? ", " : n_hosts == 1 ? "  node         " : "  nodes        ");
        print_safely(map_key(hosts, i), 0);
    }
    if (n_hosts > NODES_SHOWN) {
        printf(" and %zu more", n_hosts - NODES_SHOWN);
    }
    printf("%s", n_hosts ? "\n" : "");
    return n_hosts;
}

static void print_bundle(const struct bundle_row *rows, size_t n, struct arena *arena)
{
    const struct report_bundle *bundle = rows->bundle;
    CLEANUP(buf_done_at) struct buf read = { 0 };
    size_t n_states = 0, n_failed = 0, n_empty = 0, n_nodes;

    for (size_t i = 0; i < n; i++) {
        n_failed += rows[i].error.size > 0 && !rows[i].is_empty;
        n_empty += rows[i].is_empty;
        n_states += rows[i].error.size == 0 && rows[i].is_state;
    }
    print_safely(bundle->name, 0);
    printf("\n");
    if (bundle->kind) {
        printf("  kind         %s: %s\n", bundle->kind, bundle->title);
    }
    if (bundle->root.size) {
        printf("  root         ");
        print_safely(bundle->root, 0);
        printf("\n");
    }
    n_nodes = print_nodes(rows, n);
    add_count(&read, n - n_states - n_failed - n_empty, "log", "logs");
    add_count(&read, n_states, "state file", "state files");
    if (n_empty) {
        add_count(&read, n_empty, "without content", "without content");
    }
    if (n_failed) {
        add_count(&read, n_failed, "cannot be read", "cannot be read");
    }
    printf("  read         %s\n", read.data);
    print_folders(rows, n, n_nodes > 1);
    print_unread(bundle, arena);
}

void bundle_list_print(struct bundle_list *list)
{
    struct bundle_row *rows = list->rows.items;
    size_t n = list->rows.n;

    if (n > 1) {
        qsort(rows, n, sizeof(*rows), by_place);
    }
    for (size_t i = 0; i < n;) {
        size_t end = i + 1;

        while (end < n && rows[end].bundle == rows[i].bundle) {
            end++;
        }
        print_bundle(rows + i, end - i, list->arena);
        i = end;
    }
}
