/* A directory as a list of inputs. */

#include "input/folder.h"

#include "base/buf.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

enum {
    DEPTH_MAX = 16,
    FILES_MAX = 10000
};

struct folder_walk {
    struct notes *notes;
    void (*visit)(void *data, const char *path);
    void *data;
    unsigned n_files;
};

const char *folder_explain(int code)
{
    if (code == -EACCES || code == -EPERM) {
        return "permission denied; try again with sudo";
    }
    return strerror(-code);
}

static int is_wanted(const struct dirent *item)
{
    return strcmp(item->d_name, ".") != 0 && strcmp(item->d_name, "..") != 0;
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int walk_directory(struct folder_walk *walk, const char *directory, unsigned depth);

static void walk_item(struct folder_walk *walk, const char *path, unsigned depth)
{
    struct stat st;

    if (lstat(path, &st) < 0) {
        return;
    }
    if (S_ISDIR(st.st_mode)) {
        int r = walk_directory(walk, path, depth + 1);

        if (r < 0) {
            notes_add(walk->notes, NOTE_UNREADABLE, span_of(path), 0, "%s", folder_explain(r));
        }
    } else if (S_ISREG(st.st_mode)) {
        if (walk->n_files++ < FILES_MAX) {
            walk->visit(walk->data, path);
        } else {
            notes_add(walk->notes, NOTE_LIMIT, SPAN("files"), 0,
                      "more than %d files below one directory; the rest was not read", FILES_MAX);
        }
    }
}

static int walk_directory(struct folder_walk *walk, const char *directory, unsigned depth)
{
    struct span prefix = span_of(directory);
    struct dirent **items;
    int n;

    if (depth > DEPTH_MAX) {
        return -ELOOP;
    }
    while (span_ends(prefix, SPAN("/"))) {
        prefix.size--;
    }
    n = scandir(directory, &items, is_wanted, by_bytes);
    if (n < 0) {
        return -errno;
    }
    for (int i = 0; i < n; i++) {
        CLEANUP(buf_done_at) struct buf path = { 0 };

        buf_add(&path, prefix);
        buf_printf(&path, "/%s", items[i]->d_name);
        walk_item(walk, path.data, depth);
        free(items[i]);
    }
    free(items);
    return 0;
}

int folder_walk(const char *directory, struct notes *notes,
                void (*visit)(void *data, const char *path), void *data)
{
    struct folder_walk walk = { .notes = notes, .visit = visit, .data = data };

    return walk_directory(&walk, directory, /* depth= */ 0);
}
