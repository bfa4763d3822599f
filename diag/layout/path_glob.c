/* Globs of paths, as regular expressions. */

#include "layout/path_glob.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/pattern.h"

#include <stdlib.h>

struct path_glob {
    struct buf text;
    struct span literal; /* of the text: the longest part without wildcards, looked for first */
    struct pattern *pattern;
};

static const char rotation[] = "(?:[.-](?:[0-9][0-9T.:-]*|old))?(?:[.](?:gz|xz|bz2|zst|lz4))?";

/* One element of the glob at `*rest`, as a part of the regular expression. */
struct element {
    const char *glob, *pattern;
};

static const struct element elements[] = {
    { "**/", "(?:.*/)?" }, { "**", ".*" }, { "*", "[^/]*" }, { "?", "[^/]" },
    { "{", "(?:" },        { "}", ")" },   { "[", "[" },     { "]", "]" },
};

static void add_literal(struct buf *pattern, char c)
{
    if (strchr("\\.+()^$|#", c)) {
        buf_add_byte(pattern, '\\');
    }
    buf_add_byte(pattern, c);
}

/* The second `<node>` is the same name as the first. */
static bool add_node(struct buf *pattern, struct span *rest, bool *has_node)
{
    if (!span_starts(*rest, SPAN("<node>"))) {
        return false;
    }
    *rest = span_skip(*rest, SPAN("<node>").size);
    buf_add_string(pattern, *has_node ? "\\k<node>" : "(?<node>[^/]+)");
    *has_node = true;
    return true;
}

static bool add_element(struct buf *pattern, struct span *rest)
{
    for (size_t i = 0; i < N_ELEMENTS(elements); i++) {
        if (span_starts(*rest, span_of(elements[i].glob))) {
            *rest = span_skip(*rest, strlen(elements[i].glob));
            buf_add_string(pattern, elements[i].pattern);
            return true;
        }
    }
    return false;
}

static void translate(struct span glob, struct buf *pattern)
{
    bool has_node = false;
    int depth = 0; /* of braces: only in them a comma separates */

    while (!span_empty(glob)) {
        char c = glob.data[0];

        depth += (c == '{') - (c == '}');
        if (add_node(pattern, &glob, &has_node) || add_element(pattern, &glob)) {
            continue;
        }
        if (c == ',' && depth > 0) {
            buf_add_byte(pattern, '|');
        } else {
            add_literal(pattern, c);
        }
        glob = span_skip(glob, 1);
    }
}

/* Two stars and a slash: the slash need not be there. */
static size_t after_wildcard(struct span glob, size_t at)
{
    bool is_folders = at >= 2 && at < glob.size && memcmp(glob.data + at - 2, "**/", 3) == 0;

    return is_folders ? at + 1 : at;
}

/* What is in braces need not be there. */
static struct span longest_literal(struct span glob)
{
    struct span best = { 0 };
    size_t start = 0;
    int depth = 0;

    for (size_t i = 0; i <= glob.size; i++) {
        char c = i < glob.size ? glob.data[i] : '*';
        bool is_wild = span_find_byte(SPAN("*?{}[]<>"), c) >= 0;

        if (is_wild && depth == 0 && i > start && i - start > best.size) {
            best = (struct span){ glob.data + start, i - start };
        }
        depth += (c == '{' || c == '[' || c == '<') - (c == '}' || c == ']' || c == '>');
        if (is_wild) {
            start = after_wildcard(glob, i + 1);
        }
    }
    return best;
}

int path_glob_compile(struct span text, enum path_glob_kind kind, struct path_glob **ret,
                      struct error *reterr)
{
    CLEANUP(buf_done_at) struct buf pattern = { 0 };
    struct path_glob *glob = ALLOC(struct path_glob);
    int r;

    buf_add(&glob->text, text);
    buf_add_string(&pattern, kind == PATH_GLOB_BELOW ? "\\A(?<root>(?:.*?/)?)" : "\\A");
    translate(text, &pattern);
    if (span_ends(text, SPAN("/"))) {
        buf_add_string(&pattern, ".+");
    } else if (kind == PATH_GLOB_ROTATED) {
        buf_add_string(&pattern, rotation);
    }
    buf_add_string(&pattern, "\\z");
    glob->literal = longest_literal(buf_span(&glob->text));
    r = pattern_compile(buf_span(&pattern), &glob->pattern, reterr);
    if (r < 0) {
        path_glob_free(glob);
        return r;
    }
    *ret = glob;
    return 0;
}

void path_glob_free(struct path_glob *glob)
{
    if (!glob) {
        return;
    }
    pattern_free(glob->pattern);
    buf_done(&glob->text);
    free(glob);
}

static struct span group(const struct pattern *pattern, const char *name)
{
    for (size_t i = 0; i < pattern_n_groups(pattern); i++) {
        if (span_is(pattern_group_name(pattern, i), name)) {
            return pattern_group(pattern, i);
        }
    }
    return (struct span){ 0 };
}

bool path_glob_matches(const struct path_glob *glob, struct span path, struct path_match *ret)
{
    if (span_find(path, glob->literal) < 0 || pattern_match(glob->pattern, path, 0) <= 0) {
        return false;
    }
    *ret = (struct path_match){ .root = group(glob->pattern, "root"),
                                .node = group(glob->pattern, "node") };
    return true;
}

struct span path_glob_text(const struct path_glob *glob)
{
    return buf_span(&glob->text);
}
