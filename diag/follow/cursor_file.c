/* The cursor file: where to resume, and what was reported; rename(2). */

#include "follow/cursor_file.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"
#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- one finding --- */

/* The first value for a word of a later version. */
static int known_or_first(int found)
{
    return found < 0 ? 0 : found;
}

static void read_line(struct span line, struct arena *arena, struct changes *changes)
{
    CLEANUP(json_free_at) json_t *json = NULL;
    struct reported reported = { 0 };

    if (json_read(line, &json) < 0) {
        return;
    }
    reported.id = json_member(json, "id", arena);
    reported.rule = json_member(json, "rule", arena);
    reported.host = json_member(json, "host", arena);
    reported.boot = json_member(json, "boot", arena);
    reported.role =
        (enum finding_role)known_or_first(finding_role_find(json_member(json, "role", arena)));
    reported.confidence = (enum finding_confidence)known_or_first(
        finding_confidence_find(json_member(json, "confidence", arena)));
    reported.status = (enum finding_status)known_or_first(
        finding_status_find(json_member(json, "status", arena)));
    (void)span_to_uint(json_member(json, "count", arena), &reported.count);
    if (!span_empty(reported.id)) {
        changes_add_reported(changes, &reported);
    }
}

static json_t *string(struct span span)
{
    json_t *json = json_stringn(span.size ? span.data : "", span.size);

    return json ? json : json_string("");
}

static int add_bytes(const char *bytes, size_t size, void *data)
{
    buf_add(data, (struct span){ bytes, size });
    return 0;
}

static void add_line(struct buf *text, const struct reported *reported)
{
    CLEANUP(json_free_at)
    json_t *json =
        json_pack("{s:o, s:o, s:o, s:o, s:s, s:s, s:s, s:I}", "id", string(reported->id), "rule",
                  string(reported->rule), "host", string(reported->host), "boot",
                  string(reported->boot), "role", finding_role_name(reported->role), "confidence",
                  finding_confidence_name(reported->confidence), "status",
                  finding_status_name(reported->status), "count", (json_int_t)reported->count);

    (void)json_dump_callback(json, add_bytes, text, JSON_COMPACT);
    buf_add_byte(text, '\n');
}

/* --- the file --- */

static int fail(const char *path, struct error *reterr)
{
    return error_set_at(reterr, -errno, path, 0, 0, "cannot use the cursor file: %s",
                        strerror(errno));
}

/* At most LIMIT_CURSOR_FILE_BYTES of it; nothing of one that does not exist. */
static int read_text(const char *path, struct buf *text, struct error *reterr)
{
    int r = file_read(path, LIMIT_CURSOR_FILE_BYTES, text);

    if (r < 0 && r != -ENOENT) {
        errno = -r;
        return fail(path, reterr);
    }
    return 0;
}

int cursor_file_read(const char *path, struct changes *changes, char **ret_cursor,
                     struct error *reterr)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    CLEANUP(buf_done_at) struct buf text = { 0 };
    struct span rest, line = { 0 };
    int r = read_text(path, &text, reterr);

    if (r < 0) {
        return r;
    }
    rest = buf_span(&text);
    (void)span_cut(&rest, '\n', &line);
    line = span_trim(line);
    *ret_cursor = span_empty(line) ? NULL : alloc_string(arena_string(arena, line));
    while (span_cut(&rest, '\n', &line)) {
        read_line(line, arena, changes);
    }
    return 0;
}

static void add_new_path(struct buf *buf, const char *path)
{
    buf_printf(buf, "%s.new", path);
}

int cursor_file_prepare(const char *path, const char *cursor, const struct changes *changes,
                        struct error *reterr)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };
    CLEANUP(buf_done_at) struct buf new_path = { 0 };
    int fd, r;

    buf_printf(&text, "%s\n", cursor);
    for (size_t i = 0; i < changes_n_reported(changes); i++) {
        add_line(&text, changes_get_reported(changes, i));
    }
    add_new_path(&new_path, path);
    fd = open(new_path.data, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (fd < 0) {
        return fail(new_path.data, reterr);
    }
    r = file_write(fd, buf_span(&text));
    if (r < 0 || fsync(fd) < 0) {
        r = fail(new_path.data, reterr);
    }
    (void)close(fd);
    return r;
}

/* The new name reaches the disk with the directory. */
static void sync_directory(const char *path)
{
    char *copy = alloc_string(path);
    int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd >= 0) {
        (void)fsync(fd);
        (void)close(fd);
    }
    free(copy);
}

int cursor_file_commit(const char *path, struct error *reterr)
{
    CLEANUP(buf_done_at) struct buf new_path = { 0 };

    add_new_path(&new_path, path);
    if (rename(new_path.data, path) < 0) {
        return fail(path, reterr);
    }
    sync_directory(path);
    return 0;
}
