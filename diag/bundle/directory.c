/* The files of a directory. The folders that say least (/proc, /sys) are listed last, for listing has a limit. */

#include "bundle/directory.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/calendar.h"
#include "base/file.h"
#include "base/vec.h"
#include "bundle/path_rank.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    DEPTH_MAX = 16,
    LISTED_MAX = 500000 /* files and folders */
};

struct listed_file {
    char *path, *target; /* owned */
    uint64_t size;
    int64_t time_us;
};

struct listed_folder {
    char *path; /* owned */
    unsigned depth;
};

typedef VEC(struct listed_folder) folders;

struct directory_listing {
    struct notes *notes;
    const char *root;
    size_t root_size; /* the part of each path that is the directory */
    VEC(struct listed_file) files;
    folders waiting[PATH_RANKS]; /* to be listed, by rank */
    size_t n_listed;
};

const char *directory_explain(int code)
{
    if (code == -EACCES || code == -EPERM) {
        return "permission denied; try again with sudo";
    }
    return code == -E2BIG ? "folders that lie so deep in one another are not read"
                          : strerror(-code);
}

static void listing_done(struct directory_listing *list)
{
    for (size_t i = 0; i < list->files.n; i++) {
        free(list->files.items[i].path);
        free(list->files.items[i].target);
    }
    vec_free(&list->files);
    for (int rank = 0; rank < PATH_RANKS; rank++) {
        for (size_t i = 0; i < list->waiting[rank].n; i++) {
            free(list->waiting[rank].items[i].path);
        }
        vec_free(&list->waiting[rank]);
    }
}

/* --- listing --- */

/* A folder is as good as the files that may be in it: `/proc/1` is ranked as `/proc/1/`. */
static int rank_folder(const struct directory_listing *list, const char *path)
{
    CLEANUP(buf_done_at) struct buf inside = { 0 };

    buf_printf(&inside, "%s/", path + list->root_size);
    return path_rank(inside.data);
}

static char *read_target(int folder, const char *name)
{
    char target[PATH_MAX];
    ssize_t n = readlinkat(folder, name, target, sizeof(target) - 1);

    target[n < 0 ? 0 : n] = '\0';
    return alloc_string(target);
}

/* Takes the path over, which ends with the name in the open folder. */
static void list_item(struct directory_listing *list, int folder, char *path, unsigned depth)
{
    const char *name = strrchr(path, '/') + 1;
    struct stat info;
    int r = fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW);
    bool is_file = r == 0 && (S_ISREG(info.st_mode) || S_ISLNK(info.st_mode));

    if (is_file) {
        vec_push(&list->files,
                 (struct listed_file){ .path = path,
                                       .target =
                                           S_ISLNK(info.st_mode) ? read_target(folder, name) : NULL,
                                       .size = (uint64_t)info.st_size,
                                       .time_us = (int64_t)info.st_mtim.tv_sec * USEC_PER_SEC +
                                                  info.st_mtim.tv_nsec / 1000 });
    } else if (r == 0 && S_ISDIR(info.st_mode)) {
        vec_push(&list->waiting[rank_folder(list, path)], (struct listed_folder){ path, depth });
    } else {
        free(path);
        return;
    }
    list->n_listed++;
}

static DIR *open_folder(const struct directory_listing *list, const char *path)
{
    int fd = file_open_below(list->root, *path ? path : "/", O_RDONLY | O_DIRECTORY);
    DIR *stream;

    if (fd < 0) {
        errno = -fd;
        return NULL;
    }
    stream = fdopendir(fd);
    if (!stream) {
        (void)close(fd);
    }
    return stream;
}

static int list_folder(struct directory_listing *list, const char *directory, unsigned depth)
{
    DIR *stream = depth > DEPTH_MAX ? NULL : open_folder(list, directory);
    struct dirent *item;

    if (!stream) {
        return depth > DEPTH_MAX ? -E2BIG : -errno;
    }
    while (list->n_listed < LISTED_MAX && (item = readdir(stream))) {
        struct buf path = { 0 };

        if (strcmp(item->d_name, ".") != 0 && strcmp(item->d_name, "..") != 0) {
            buf_printf(&path, "%s/%s", directory, item->d_name);
            list_item(list, dirfd(stream), path.data, depth + 1);
        }
    }
    (void)closedir(stream);
    return 0;
}

/* The best of the folders that are not listed yet. */
static bool take_folder(struct directory_listing *list, struct listed_folder *ret)
{
    for (int rank = 0; rank < PATH_RANKS; rank++) {
        folders *waiting = &list->waiting[rank];

        if (waiting->n > 0) {
            *ret = waiting->items[--waiting->n];
            return true;
        }
    }
    return false;
}

static void list_all(struct directory_listing *list)
{
    struct listed_folder folder;

    while (list->n_listed < LISTED_MAX && take_folder(list, &folder)) {
        int r = list_folder(list, folder.path, folder.depth);

        if (r < 0) {
            notes_add(list->notes, NOTE_UNREADABLE, span_of(folder.path), 0, "%s",
                      directory_explain(r));
        }
        free(folder.path);
    }
}

static void note_unlisted(const struct directory_listing *list)
{
    size_t n = 0;
    const char *first = NULL;

    for (int rank = PATH_RANKS - 1; rank >= 0; rank--) {
        n += list->waiting[rank].n;
        first = list->waiting[rank].n ? list->waiting[rank].items[0].path : first;
    }
    if (first) {
        notes_add(list->notes, NOTE_NOT_READ, span_of(first), 0,
                  "%zu folders were not opened: of one directory up to %d files are listed", n,
                  LISTED_MAX);
    }
}

/* --- visiting --- */

/* Folder by folder: `a/b` is before `a-b`. */
static int by_path(const void *a, const void *b)
{
    const unsigned char *one = (const unsigned char *)((const struct listed_file *)a)->path;
    const unsigned char *other = (const unsigned char *)((const struct listed_file *)b)->path;

    while (*one && *one == *other) {
        one++;
        other++;
    }
    return (*one == '/' ? 1 : *one) - (*other == '/' ? 1 : *other);
}

static void visit_all(struct directory_listing *list,
                      void (*visit)(void *data, const struct directory_file *file), void *data)
{
    if (list->files.n > 1) {
        qsort(list->files.items, list->files.n, sizeof(*list->files.items), by_path);
    }
    for (size_t i = 0; i < list->files.n; i++) {
        const struct listed_file *file = &list->files.items[i];

        visit(data, &(struct directory_file){ .path = file->path,
                                              .below = file->path + list->root_size + 1,
                                              .target = file->target,
                                              .size = file->size,
                                              .time_us = file->time_us });
    }
}

int directory_list(const char *directory, struct notes *notes,
                   void (*visit)(void *data, const struct directory_file *file), void *data)
{
    CLEANUP(buf_done_at) struct buf root = { 0 };
    CLEANUP(listing_done) struct directory_listing list = { .notes = notes };
    struct span name = span_of(directory);
    int r;

    while (span_ends(name, SPAN("/"))) {
        name.size--;
    }
    buf_add(&root, name);
    buf_add_string(&root, "");
    list.root = root.size ? root.data : "/";
    list.root_size = root.size;
    r = list_folder(&list, root.size ? root.data : "", /* depth= */ 0);
    if (r >= 0) {
        list_all(&list);
        visit_all(&list, visit, data);
        note_unlisted(&list);
    }
    return r;
}
