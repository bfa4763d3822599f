/* Journal files on disk; https://systemd.io/JOURNAL_FILE_FORMAT
 *
 *   /var/log/journal/8a1e67d2f0a84a1f9c0f5ce3f2c7b1aa/system@0005e1c6f8f3c2f4-7f6b1c2d3e4f5a6b.journal~
 */

#include "source/journal_files.h"

#include "base/map.h"
#include "base/vec.h"
#include "source/journal_header.h"
#include "source/journal_salvage.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* sd-journal itself accepts at most 7168. */
enum {
    FILES_MAX = 7168
};

void journal_files_done(struct journal_files *files)
{
    for (size_t i = 0; i < files->n; i++) {
        free(files->items[i]);
    }
    scratch_free(files->scratch);
    vec_free(files);
}

void journal_files_add(struct journal_files *files, const char *path)
{
    if (files->n < FILES_MAX) {
        vec_push(files, alloc_string(path));
    }
}

static bool has_journal_name(struct span name)
{
    return span_ends(name, SPAN(".journal")) || span_ends(name, SPAN(".journal~"));
}

static char *join(const char *directory, const char *name)
{
    size_t size = strlen(directory) + 1 + strlen(name) + 1;
    char *path = alloc_bytes(size);

    (void)snprintf(path, size, "%s/%s", directory, name);
    return path;
}

static void add_directory(struct journal_files *files, const char *path, int depth)
{
    DIR *directory = opendir(path);
    const struct dirent *item;

    if (!directory) {
        files->denied = files->denied || errno == EACCES || errno == EPERM;
        return;
    }
    while ((item = readdir(directory))) {
        char *inner = join(path, item->d_name);
        struct stat info;

        if (item->d_name[0] == '.' || stat(inner, &info) < 0) {
            ; /* hidden, or removed meanwhile */
        } else if (S_ISREG(info.st_mode) && has_journal_name(span_of(item->d_name))) {
            journal_files_add(files, inner);
        } else if (S_ISDIR(info.st_mode) && depth > 0) {
            add_directory(files, inner, depth - 1);
        }
        free(inner);
    }
    (void)closedir(directory);
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* In alphabetical order, so that the order of notes does not depend on the directory. */
void journal_files_add_directory(struct journal_files *files, const char *path)
{
    size_t before = files->n;

    add_directory(files, path, 1);
    if (files->n > before) {
        qsort(files->items + before, files->n - before, sizeof(*files->items), compare);
    }
}

static const char *why(int code)
{
    switch (code) {
    case -ENOENT:
        return "no such file";
    case -EACCES:
    case -EPERM:
        return "permission denied; use sudo, or join the group systemd-journal";
    case -EBADMSG:
        return "not a journal file, or damaged";
    case -ENODATA:
        return "the journal file is truncated";
    case -EPROTONOSUPPORT:
        return "written by a newer systemd than this libsystemd supports";
    default:
        return strerror(-code);
    }
}

static int try_open(const char *path)
{
    sd_journal *journal = NULL;
    int r = sd_journal_open_files(&journal, (const char *[]){ path, NULL }, 0);

    sd_journal_close(journal);
    return r;
}

/* For the user. */
static const char *name_of(const struct journal_files *files, const char *path)
{
    const struct source_request *request = files->request;

    for (size_t i = 0; request && request->names && i <= request->n_more; i++) {
        if (strcmp(i ? request->more[i - 1] : request->path, path) == 0) {
            return request->names[i];
        }
    }
    return path;
}

/* The path of a copy of what remains of the file; NULL if nothing remains. */
static char *salvage(struct journal_files *files, const char *path, struct notes *notes)
{
    uint64_t size;
    char *copy;

    files->scratch = files->scratch ? files->scratch : scratch_new();
    if (!files->scratch || journal_salvage(path, files->scratch, &copy, &size) < 0) {
        return NULL;
    }
    if (try_open(copy) < 0) {
        free(copy);
        return NULL;
    }
    notes_add(notes, NOTE_TRUNCATED, span_of(name_of(files, path)), 0,
              "the journal file is truncated after %" PRIu64
              " bytes; the entries before that were read",
              size);
    return copy;
}

/* libsystemd returns the same error for an empty file, a text, and a journal truncated in its
 * header. */
static const char *why_no_data(const char *path)
{
    char head[8];
    FILE *file = fopen(path, "re");
    size_t n = file ? fread(head, 1, sizeof(head), file) : 0;

    if (file) {
        (void)fclose(file);
    }
    if (n == 0) {
        return "it is empty";
    }
    return journal_header_is_magic((struct span){ head, n }) ? why(-ENODATA) : why(-EBADMSG);
}

/* Returns the path to open for this file. A negative errno, with a note, if it cannot be opened. */
static int check(struct journal_files *files, const char *path, struct notes *notes, char **ret,
                 struct error *reterr)
{
    int r = try_open(path);
    const char *reason;
    char *copy;

    if (r >= 0) {
        *ret = alloc_string(path);
        return 0;
    }
    copy = r == -ENODATA ? salvage(files, path, notes) : NULL;
    if (copy) {
        *ret = copy;
        return 0;
    }
    reason = r == -ENODATA ? why_no_data(path) : why(r);
    notes_add(notes, NOTE_UNREADABLE, span_of(name_of(files, path)), 0, "%s", reason);
    /* For callers, -ENODATA means a valid journal without matching entries. */
    return error_set_at(reterr, r == -ENODATA ? -EBADMSG : r, name_of(files, path), 0, 0, "%s",
                        reason);
}

int journal_files_check(struct journal_files *files, struct notes *notes, struct error *reterr)
{
    struct error first = { 0 };
    int first_code = 0;
    size_t n = 0;

    for (size_t i = 0; i < files->n; i++) {
        char *path = files->items[i];
        int r = check(files, path, notes, &files->items[n], &first);

        if (r >= 0) {
            n++;
        } else if (!first_code) {
            first_code = r;
        }
        free(path);
    }
    files->n = n;
    return n ? 0 : error_set_at(reterr, first_code, first.path, 0, 0, "%s", first.text);
}

static int read_header(const char *path, struct journal_header *ret)
{
    FILE *file = fopen(path, "rb");
    int r = file ? journal_header_read(file, ret) : -errno;

    if (file) {
        (void)fclose(file);
    }
    return r;
}

uint64_t journal_files_n_entries(const struct journal_files *files)
{
    struct map *ids CLEANUP(map_free_at) = map_new();
    struct journal_header header;
    uint64_t n = 0;

    for (size_t i = 0; i < files->n; i++) {
        void **seen;

        if (read_header(files->items[i], &header) < 0) {
            return 0;
        }
        seen = map_at(ids, (struct span){ (const char *)header.file_id, sizeof(header.file_id) });
        if (*seen) {
            return 0;
        }
        *seen = files->items[i];
        n += header.n_entries;
    }
    return n;
}

int journal_files_open(const struct journal_files *files, sd_journal **ret, struct error *reterr)
{
    const char **paths = alloc_zeroed(files->n + 1, sizeof(*paths));
    int r;

    for (size_t i = 0; i < files->n; i++) {
        paths[i] = files->items[i];
    }
    r = sd_journal_open_files(ret, paths, 0);
    free(paths);
    return r < 0 ? error_set(reterr, r, "cannot open the journal files: %s", why(r)) : 0;
}
