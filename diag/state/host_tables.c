/* Reads the tables of this host, or of a tree under a root. */

#include "state/host_tables.h"

#include "base/buf.h"
#include "base/clock.h"
#include "state/host.h"

#include <errno.h>
#include <glob.h>

static void add_path(struct states *states, const char *kind, const char *path, struct notes *notes)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };
    int r = host_read_path(path, &text);

    if (r == 0) {
        (void)states_add(states, kind, path, buf_span(&text), notes);
    } else if (r != -ENOENT && r != -ENOTDIR) {
        notes_add(notes, NOTE_UNREADABLE, span_of(path), 0, "%s", strerror(-r));
    }
}

void states_add_host_file(struct states *states, const char *kind, const char *root,
                          const char *path, struct notes *notes)
{
    CLEANUP(buf_done_at) struct buf whole = { 0 };

    buf_printf(&whole, "%s%s", root, path);
    add_path(states, kind, whole.data, notes);
}

static void add_glob(struct states *states, const char *kind, const char *pattern,
                     struct notes *notes)
{
    glob_t found;
    size_t i;

    if (glob(pattern, 0, NULL, &found) == 0) {
        for (i = 0; i < found.gl_pathc; i++) {
            add_path(states, kind, found.gl_pathv[i], notes);
        }
    }
    globfree(&found);
}

static void add_globs(struct states *states, const char *kind, const char *root, const char *globs,
                      struct notes *notes)
{
    CLEANUP(buf_done_at) struct buf pattern = { 0 };
    struct span rest = span_of(globs);
    struct span word;

    while (span_word(&rest, &word)) {
        buf_clear(&pattern);
        buf_add_string(&pattern, root);
        buf_add(&pattern, word);
        add_glob(states, kind, pattern.data, notes);
    }
}

void states_add_host(struct states *states, const char *root, struct notes *notes)
{
    states_set_moment(states, clock_realtime_us());
    for (const struct state_kind *const *kind = state_kinds; *kind; kind++) {
        if ((*kind)->host_paths) {
            add_globs(states, (*kind)->name, root, (*kind)->host_paths, notes);
        }
        if ((*kind)->add_host) {
            (*kind)->add_host(states, root, notes);
        }
    }
}
