#include "bundle/command.h"

#include "base/buf.h"
#include "base/json.h"

/* The path without what follows the last dot of its name; its folder. */
static struct span cut_ending(struct span path, struct span *ret_folder)
{
    struct span stem = path;
    size_t folder = path.size;

    while (folder > 0 && path.data[folder - 1] != '/') {
        folder--;
    }
    for (size_t i = folder; i < path.size; i++) {
        stem.size = path.data[i] == '.' ? i : stem.size;
    }
    *ret_folder = span_head(path, folder);
    return stem;
}

/* `sudo /usr/bin/df -i` */
static struct span without_folder(struct span command)
{
    struct span rest = span_trim(command), word;
    size_t start = 0;

    if (span_starts(rest, SPAN("sudo "))) {
        rest = span_trim(span_skip(rest, strlen("sudo ")));
    }
    command = rest;
    if (!span_word(&rest, &word)) {
        return (struct span){ 0 };
    }
    for (size_t i = 0; i < word.size; i++) {
        start = word.data[i] == '/' ? i + 1 : start;
    }
    return span_skip(command, start);
}

/* Many commands exit with another code than 0 and have said something; a shell has the code 127 for one that it did not
 * find. */
static bool has_run(const json_t *object, struct arena *arena)
{
    struct span code = json_member(object, "exitCode", arena);

    return span_empty(json_member(object, "error", arena)) && !span_is(code, "126") &&
           !span_is(code, "127");
}

struct span command_path(struct tree *tree, const struct tree_member *file, const char *noted)
{
    CLEANUP(json_free_at) json_t *object = NULL;
    CLEANUP(buf_done_at) struct buf path = { 0 };
    struct span folder, command;
    const struct tree_member *note;

    buf_add(&path, cut_ending(span_of(file->path), &folder));
    buf_printf(&path, "%s", noted);
    note = tree_find(tree, buf_span(&path));
    note = note ? tree_resolve(tree, note) : NULL;
    if (!note || json_read(tree_text(tree, note), &object) < 0) {
        return (struct span){ 0 };
    }
    command = without_folder(json_member(object, "command", tree->arena));
    if (span_empty(command) || !has_run(object, tree->arena)) {
        return (struct span){ 0 };
    }
    buf_clear(&path);
    buf_add(&path, folder);
    buf_add(&path, command);
    return arena_copy(tree->arena, buf_span(&path));
}
