/* A directory as a list of inputs: first all of its files are listed, then those are chosen that are
 * read. The directories that say least (/proc, /sys) are listed last, for listing has a limit, too. */

#include "input/folder.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/vec.h"
#include "input/path_rank.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

enum {
    DEPTH_MAX = 16,
    LISTED_MAX = 200000, /* files and directories; a whole node has fewer outside /proc and /sys */
    PLACES_NOTED = 16
};

struct folder_item {
    char *path;
    int rank;
    unsigned depth; /* of a directory */
};

typedef VEC(struct folder_item) folder_items;

struct folder_list {
    struct notes *notes;
    size_t root_size; /* the part of each path that is the directory */
    folder_items files;
    folder_items directories[PATH_RANKS]; /* to be listed, by rank */
    size_t n_listed;
};

const char *folder_explain(int code)
{
    if (code == -EACCES || code == -EPERM) {
        return "permission denied; try again with sudo";
    }
    return strerror(-code);
}

static void free_items(folder_items *list)
{
    for (size_t i = 0; i < list->n; i++) {
        free(list->items[i].path);
    }
    vec_free(list);
}

static void free_list(struct folder_list *list)
{
    free_items(&list->files);
    for (int rank = 0; rank < PATH_RANKS; rank++) {
        free_items(&list->directories[rank]);
    }
}

/* --- listing --- */

/* A directory is as good as the files that may be in it: `/proc/1` is ranked as `/proc/1/`. */
static int rank_directory(const struct folder_list *list, const char *path)
{
    CLEANUP(buf_done_at) struct buf inside = { 0 };

    buf_printf(&inside, "%s/", path + list->root_size);
    return path_rank(inside.data);
}

/* Takes the path over. */
static void list_item(struct folder_list *list, char *path, unsigned depth)
{
    struct stat st;
    int rank;

    if (lstat(path, &st) < 0 || (!S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode))) {
        free(path);
        return;
    }
    list->n_listed++;
    if (S_ISREG(st.st_mode)) {
        vec_push(&list->files, (struct folder_item){ path, path_rank(path + list->root_size), 0 });
    } else {
        rank = rank_directory(list, path);
        vec_push(&list->directories[rank], (struct folder_item){ path, rank, depth });
    }
}

static int list_directory(struct folder_list *list, const char *directory, unsigned depth)
{
    DIR *stream = depth > DEPTH_MAX ? NULL : opendir(*directory ? directory : "/");
    struct dirent *item;

    if (!stream) {
        return depth > DEPTH_MAX ? -ELOOP : -errno;
    }
    while (list->n_listed < LISTED_MAX && (item = readdir(stream))) {
        struct buf path = { 0 };

        if (strcmp(item->d_name, ".") != 0 && strcmp(item->d_name, "..") != 0) {
            buf_printf(&path, "%s/%s", directory, item->d_name);
            list_item(list, path.data, depth + 1);
        }
    }
    (void)closedir(stream);
    return 0;
}

/* The best of the directories that are not listed yet. */
static bool take_directory(struct folder_list *list, struct folder_item *ret)
{
    for (int rank = 0; rank < PATH_RANKS; rank++) {
        folder_items *waiting = &list->directories[rank];

        if (waiting->n > 0) {
            *ret = waiting->items[--waiting->n];
            return true;
        }
    }
    return false;
}

static void list_all(struct folder_list *list)
{
    struct folder_item item;

    while (list->n_listed < LISTED_MAX && take_directory(list, &item)) {
        int r = list_directory(list, item.path, item.depth);

        if (r < 0) {
            notes_add(list->notes, NOTE_UNREADABLE, span_of(item.path), 0, "%s", folder_explain(r));
        }
        free(item.path);
    }
}

/* --- choosing --- */

static int by_rank(const void *a, const void *b)
{
    const struct folder_item *one = a, *other = b;

    return one->rank != other->rank ? (one->rank > other->rank) - (one->rank < other->rank)
                                    : strcmp(one->path, other->path);
}

/* Folder by folder: `a/b` is before `a-b`. */
static int by_path(const void *a, const void *b)
{
    const unsigned char *one = (const unsigned char *)((const struct folder_item *)a)->path;
    const unsigned char *other = (const unsigned char *)((const struct folder_item *)b)->path;

    while (*one && *one == *other) {
        one++;
        other++;
    }
    return (*one == '/' ? 1 : *one) - (*other == '/' ? 1 : *other);
}

static void sort(struct folder_item *items, size_t n, int (*compare)(const void *, const void *))
{
    if (n > 1) {
        qsort(items, n, sizeof(*items), compare);
    }
}

/* --- what is not read --- */

/* `/proc/1/status` is in `/proc`. */
static struct span place_of(const struct folder_list *list, const struct folder_item *item)
{
    const char *below = item->path + list->root_size;
    size_t n = below[0] ? 1 + strcspn(below + 1, "/") : 0;

    return (struct span){ item->path,
                          below[0] && below[n] ? list->root_size + n : list->root_size };
}

static void note_files(const struct folder_list *list, struct span place, size_t n, size_t most)
{
    notes_add(list->notes, NOTE_NOT_READ, place, 0,
              "%zu files were not read: of a directory up to %zu are, logs and state first", n,
              most);
}

/* Sorted by path: the files of one place follow each other. */
static void note_unread(const struct folder_list *list, size_t most)
{
    const struct folder_item *files = list->files.items;
    size_t n_places = 0, start = most;

    for (size_t i = most; i < list->files.n; i++) {
        bool is_last = i + 1 == list->files.n ||
                       (n_places + 1 < PLACES_NOTED &&
                        !span_equal(place_of(list, &files[i]), place_of(list, &files[i + 1])));

        if (is_last) {
            bool is_rest = n_places + 1 == PLACES_NOTED;

            note_files(list,
                       is_rest ? (struct span){ files[i].path, list->root_size }
                               : place_of(list, &files[i]),
                       i + 1 - start, most);
            start = i + 1;
            n_places++;
        }
    }
}

static void note_unlisted(const struct folder_list *list)
{
    size_t n = 0;
    const struct folder_item *first = NULL;

    for (int rank = PATH_RANKS - 1; rank >= 0; rank--) {
        n += list->directories[rank].n;
        first = list->directories[rank].n ? &list->directories[rank].items[0] : first;
    }
    if (first) {
        notes_add(list->notes, NOTE_NOT_READ, place_of(list, first), 0,
                  "%zu directories were not opened: of one tree up to %d files are listed", n,
                  LISTED_MAX);
    }
}

/* --- the walk --- */

static void visit_best(struct folder_list *list, size_t most,
                       void (*visit)(void *data, const char *path), void *data)
{
    struct folder_item *files = list->files.items;
    size_t n = list->files.n;

    if (n > most) {
        sort(files, n, by_rank);
        sort(files + most, n - most, by_path);
        note_unread(list, most);
        n = most;
    }
    sort(files, n, by_path);
    for (size_t i = 0; i < n; i++) {
        visit(data, files[i].path);
    }
    note_unlisted(list);
}

int folder_walk(const char *directory, size_t most, struct notes *notes,
                void (*visit)(void *data, const char *path), void *data)
{
    CLEANUP(buf_done_at) struct buf root = { 0 };
    struct span name = span_of(directory);
    struct folder_list list = { .notes = notes };
    int r;

    while (span_ends(name, SPAN("/"))) {
        name.size--;
    }
    buf_add(&root, name);
    buf_add_string(&root, "");
    list.root_size = root.size;
    r = list_directory(&list, root.size ? root.data : "", /* depth= */ 0);
    if (r >= 0) {
        list_all(&list);
        visit_best(&list, most, visit, data);
    }
    free_list(&list);
    return r;
}
