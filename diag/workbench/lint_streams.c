/* Mistakes in streams.yaml that would silently attribute lines to another component.
 *
 * For a file of klog, a heading, a path and a word, the first stream that has it decides
 * (entry/component.c), so that the same text in a later stream has no effect. */

#include "workbench/lint_streams.h"

enum {
    SHORT_TEXT = 4, /* shorter words are in the messages of every component */
};

/* Issues are of a file, not of a rule. */
static const struct rule no_rule = { .id = "streams" };

/* ---- recognition ---- */

static bool has_items(const char *const *list)
{
    return list && *list;
}

static void check_recognition(struct lint_list *list, const struct yaml *at,
                              const struct stream *stream)
{
    if (!has_items(stream->units) && !has_items(stream->identifiers) &&
        !has_items(stream->transports) && !has_items(stream->callers) &&
        !has_items(stream->headings) && !has_items(stream->paths) && !has_items(stream->words) &&
        !stream->container_ids) {
        lint_add(list, "no-recognition", &no_rule, at->key_at,
                 "no line can be known to be of '%s'; add units, identifiers, paths, headings, "
                 "callers or words",
                 stream->name);
    }
}

/* ---- texts that cannot match ---- */

static bool has_any(struct span text, const char *characters)
{
    for (; *characters; characters++) {
        if (span_find_byte(text, *characters) >= 0) {
            return true;
        }
    }
    return false;
}

static void check_word(struct lint_list *list, const struct yaml *word)
{
    if (word->text.size < SHORT_TEXT) {
        lint_add(list, "short-text", &no_rule, word,
                 "'%.*s' is shorter than %d bytes; other components log it, too",
                 TEXT_OF(word->text), SHORT_TEXT);
    }
}

static void check_path(struct lint_list *list, const struct yaml *path)
{
    if (has_any(path->text, "[]{}\\")) {
        lint_add(list, "dead-path", &no_rule, path,
                 "only * and ? are special in a glob; [, { and \\ are themselves");
    } else if (span_ends(path->text, SPAN("/")) || span_starts(path->text, SPAN("./")) ||
               span_find(path->text, SPAN("//")) >= 0) {
        lint_add(list, "dead-path", &no_rule, path, "no path of a file has this form");
    }
}

static void check_caller(struct lint_list *list, const struct yaml *caller)
{
    if (!span_ends(caller->text, SPAN(".go")) || has_any(caller->text, "/*?:")) {
        lint_add(list, "dead-caller", &no_rule, caller,
                 "klog's header has the name of a Go file without its folder: kubelet.go");
    }
}

/* ---- texts of two streams ---- */

typedef bool covers(struct span text, const char *earlier);

static bool same(struct span text, const char *earlier)
{
    return span_is(text, earlier);
}

static bool contains(struct span text, const char *earlier)
{
    return span_find(text, span_of(earlier)) >= 0;
}

static const char *const *list_of(const struct stream *stream, const char *key)
{
    return strcmp(key, "callers") == 0    ? stream->callers
           : strcmp(key, "headings") == 0 ? stream->headings
           : strcmp(key, "paths") == 0    ? stream->paths
                                          : stream->words;
}

/* The stream before this one that takes all that the text matches; NULL: none. */
static const struct stream *find_cover(const struct streams *streams, size_t stream,
                                       const char *key, covers *covered, struct span text)
{
    for (size_t i = 0; i < stream; i++) {
        const struct stream *earlier = &streams->items[i];

        for (const char *const *item = list_of(earlier, key); item && *item; item++) {
            if (covered(text, *item)) {
                return earlier;
            }
        }
    }
    return NULL;
}

static void check_shadowed(struct lint_list *list, const struct streams *streams, size_t stream,
                           const struct yaml *tree, const char *key, covers *covered)
{
    const struct yaml *texts = yaml_get(tree, key);

    for (const struct yaml *text = texts ? texts->first : NULL; text; text = text->next) {
        const struct stream *earlier = find_cover(streams, stream, key, covered, text->text);

        if (earlier) {
            lint_add(list, "shadowed", &no_rule, text,
                     "'%.*s' has no effect: '%s' is before '%s' and takes the same lines",
                     TEXT_OF(text->text), earlier->name, streams->items[stream].name);
        }
    }
}

static void check_each(struct lint_list *list, const struct yaml *stream, const char *key,
                       void (*check)(struct lint_list *, const struct yaml *))
{
    const struct yaml *texts = yaml_get(stream, key);

    for (const struct yaml *text = texts ? texts->first : NULL; text; text = text->next) {
        check(list, text);
    }
}

void lint_streams(struct lint_list *list, const struct streams *streams,
                  const struct yaml *const *trees)
{
    for (size_t i = 0; trees && i < streams->n; i++) {
        check_recognition(list, trees[i], &streams->items[i]);
        check_each(list, trees[i], "words", check_word);
        check_each(list, trees[i], "paths", check_path);
        check_each(list, trees[i], "callers", check_caller);
        check_shadowed(list, streams, i, trees[i], "callers", same);
        check_shadowed(list, streams, i, trees[i], "words", contains);
        check_shadowed(list, streams, i, trees[i], "headings", span_matches_glob);
        check_shadowed(list, streams, i, trees[i], "paths", span_matches_glob);
    }
}
