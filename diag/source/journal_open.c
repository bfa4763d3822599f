/* Opens a journal: that of this machine, or copied files; sd_journal_open(3). */

#include "source/journal_open.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "source/journal_files.h"
#include "source/journal_machine.h"

#include <errno.h>
#include <glob.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_directory(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

/* --file accepts globs, as in journalctl. A pattern that matches nothing is kept, to be reported in
 * the error. */
static void add_glob(struct journal_files *files, const char *pattern)
{
    glob_t found;

    if (glob(pattern, GLOB_NOCHECK, NULL, &found) != 0) {
        journal_files_add(files, pattern);
        return;
    }
    for (size_t i = 0; i < found.gl_pathc; i++) {
        journal_files_add(files, found.gl_pathv[i]);
    }
    globfree(&found);
}

static void add_root(struct journal_files *files, const char *root, const char *machine)
{
    static const char *const directories[] = { "var/log/journal", "run/log/journal" };
    struct arena *arena CLEANUP(arena_free_at) = arena_new();

    for (size_t i = 0; i < N_ELEMENTS(directories); i++) {
        journal_files_add_directory(files,
                                    arena_printf(arena, "%s/%s/%s", root, directories[i], machine));
    }
}

static void add_path(struct journal_files *files, const char *path)
{
    if (is_directory(path)) {
        journal_files_add_directory(files, path);
    } else {
        journal_files_add(files, strcmp(path, "-") == 0 ? "/dev/stdin" : path);
    }
}

/* All files of the request except this machine's journal. False: the request has none. */
static bool find_files(const struct source_request *request, const struct journal_query *query,
                       struct journal_files *files, const char **ret_name)
{
    const char *directory = request->path ? request->path : query->directory;

    if (directory) {
        add_path(files, directory);
    } else if (query->root) {
        add_root(files, query->root, "");
    }
    for (size_t i = 0; i < request->n_more; i++) {
        add_path(files, request->more[i]);
    }
    for (size_t i = 0; !directory && !query->root && i < query->n_files; i++) {
        add_glob(files, query->files[i]);
    }
    *ret_name = directory        ? directory
                : query->root    ? query->root
                : query->n_files ? query->files[0]
                                 : NULL;
    return *ret_name != NULL;
}

/* A directory that is followed is opened as a directory, so that new files in it are found. */
static int open_directory(const struct journal_query *query, struct journal_opened *ret,
                          struct error *reterr)
{
    int r =
        sd_journal_open_directory(&ret->journal, ret->name, query->root ? SD_JOURNAL_OS_ROOT : 0);

    return r < 0 ? error_set(reterr, r, "cannot open the journal: %s", strerror(-r)) : 0;
}

static int open_files(struct journal_files *files, const struct source_request *request,
                      const struct journal_query *query, struct journal_opened *ret,
                      struct error *reterr)
{
    int r;

    if (!files->n && files->denied) {
        return error_set_at(reterr, -EACCES, ret->name, 0, 0, "permission denied");
    }
    if (!files->n) {
        return error_set_at(reterr, -ENOENT, ret->name, 0, 0, "contains no journal files");
    }
    r = journal_files_check(files, request->notes, reterr);
    if (r >= 0) {
        r = request->follow && is_directory(ret->name)
                ? open_directory(query, ret, reterr)
                : journal_files_open(files, &ret->journal, reterr);
    }
    if (r < 0) {
        return r;
    }
    (void)sd_journal_get_usage(ret->journal, &ret->bytes);
    ret->n_entries = journal_files_n_entries(files);
    if (request->filter && !request->follow && journal_query_is_all(query)) {
        ret->candidates = journal_candidates_find(files, request->filter);
    }
    return 0;
}

/* This machine has no journal: possibly a container that was given the journal of its host. */
static int explain_none(bool merge, struct error *reterr)
{
    struct journal_files others = { 0 };
    bool found;

    if (!merge) {
        add_root(&others, "", "");
    }
    found = others.n > 0;
    journal_files_done(&others);
    if (found) {
        return error_set(reterr, -ENOENT,
                         "this machine has no journal of its own, only those of other machines; "
                         "read them with -m, or one of them with -D");
    }
    return error_set(reterr, -ENOENT,
                     "this machine has no journal (none in /var/log/journal or /run/log/journal); "
                     "give a log file, or pipe one in");
}

static int explain_denied(struct error *reterr)
{
    return error_set(reterr, -EACCES,
                     "permission denied for this machine's journal; use sudo, or join the group "
                     "systemd-journal");
}

/* Each file is opened alone first, so that unreadable files are reported: sd_journal_open() omits
 * them silently. */
static int open_checked(struct journal_files *files, const struct journal_query *query,
                        struct notes *notes, struct journal_opened *ret, struct error *reterr)
{
    struct error why = { 0 };
    int r = journal_files_check(files, notes, &why);

    if (r == -EACCES || r == -EPERM) {
        return explain_denied(reterr);
    }
    if (r < 0) {
        return error_set_at(reterr, r, why.path, 0, 0, "%s", why.text);
    }
    r = sd_journal_open(&ret->journal, query->merge ? 0 : SD_JOURNAL_LOCAL_ONLY);
    return r < 0 ? error_set(reterr, r, "cannot open the journal: %s", strerror(-r)) : 0;
}

/* Journals of LogNamespace= are next to the machine's own: /var/log/journal/<machine>.<namespace>.
 */
static int open_namespace(const char *name, struct journal_opened *ret, struct error *reterr)
{
    bool all = strcmp(name, "*") == 0;
    int flags = all              ? SD_JOURNAL_ALL_NAMESPACES
                : name[0] == '+' ? SD_JOURNAL_INCLUDE_DEFAULT_NAMESPACE
                                 : 0;
    int r = sd_journal_open_namespace(&ret->journal, all ? NULL : name + (name[0] == '+'),
                                      SD_JOURNAL_LOCAL_ONLY | flags);

    return r < 0 ? error_set(reterr, r, "cannot open the journal of the namespace %s: %s", name,
                             strerror(-r))
                 : 0;
}

static int open_live(const struct journal_query *query, struct notes *notes,
                     struct journal_opened *ret, struct error *reterr)
{
    struct journal_files files = { 0 };
    char machine[SD_ID128_STRING_MAX] = "";
    sd_id128_t id;
    int r;

    if (query->name_space) {
        return open_namespace(query->name_space, ret, reterr);
    }
    if (!query->merge && sd_id128_get_machine(&id) >= 0) {
        (void)sd_id128_to_string(id, machine);
    }
    add_root(&files, "", machine);
    if (!files.n) {
        r = files.denied ? explain_denied(reterr) : explain_none(query->merge, reterr);
    } else {
        r = open_checked(&files, query, notes, ret, reterr);
    }
    journal_files_done(&files);
    return r;
}

/* `a.journal and 2 more`; owned by the caller. */
static char *name_of(const struct source_request *request, const char *name)
{
    struct arena *arena CLEANUP(arena_free_at) = arena_new();

    name = request->names ? request->names[0] : name;
    if (request->n_more == 0) {
        return alloc_string(name);
    }
    return alloc_string(arena_printf(arena, "%s and %zu more", name, request->n_more));
}

static void note_volatile(const struct journal_opened *opened, struct notes *notes)
{
    if (opened->live && sd_journal_has_persistent_files(opened->journal) == 0) {
        notes_add(notes, NOTE_VOLATILE_JOURNAL, span_of(opened->name), 0,
                  "the journal is kept in memory only (/run/log/journal) and does not contain "
                  "earlier boots");
    }
}

/* Opens the journal given in the request in one way or another. */
static int open_named(const struct source_request *request, const struct journal_query *query,
                      struct journal_opened *ret, struct error *reterr)
{
    struct journal_files files = { .request = request };
    const char *name;
    int r;

    ret->live = !find_files(request, query, &files, &name);
    ret->name = name_of(request, ret->live ? "journal" : name);
    r = ret->live ? open_live(query, request->notes, ret, reterr)
                  : open_files(&files, request, query, ret, reterr);
    journal_files_done(&files);
    return r;
}

int journal_open(const struct source_request *request, const struct journal_query *query,
                 struct journal_opened *ret, struct error *reterr)
{
    struct journal_opened opened = { .root = -1 };
    int r;

    if (query->machine && !request->path) {
        opened.name = alloc_string(query->machine);
        r = journal_machine_open(query->machine, &opened.journal, &opened.root, reterr);
    } else {
        r = open_named(request, query, &opened, reterr);
    }
    if (r < 0) {
        free(opened.name);
        return r;
    }
    note_volatile(&opened, request->notes);
    *ret = opened;
    return 0;
}

void journal_opened_done(struct journal_opened *opened)
{
    sd_journal_close(opened->journal);
    journal_candidates_free(opened->candidates);
    if (opened->root >= 0) {
        (void)close(opened->root);
    }
    free(opened->name);
}
