/* Each wildcard becomes a few unusual texts; braces become each of their texts. */

#include "layout/path_samples.h"

#include "base/buf.h"
#include "base/vec.h"

struct sampling {
    struct arena *arena;
    VEC(struct span) paths; /* made so far, of what was read of the glob */
};

/* A wildcard, and texts that it matches. */
struct wildcard {
    const char *glob;
    const char *samples[4];
};

static const struct wildcard wildcards[] = {
    { "**/", { "", "zqj/", "zqj/xv/kw/" } },
    { "**", { "zqj", "zqj/xv" } },
    { "*", { "", "zqj", "7.xv-q" } },
    { "?", { "z", "7" } },
    { "<node>", { "zqj7" } },
};

static void append(struct sampling *sampling, const struct span *texts, size_t n)
{
    size_t n_before = sampling->paths.n;
    struct span *before = ARENA_ARRAY(sampling->arena, struct span, n_before);

    for (size_t i = 0; i < n_before; i++) {
        before[i] = sampling->paths.items[i];
    }
    vec_clear(&sampling->paths);
    for (size_t i = 0; i < n_before; i++) {
        for (size_t k = 0; k < n && sampling->paths.n < PATH_SAMPLES; k++) {
            struct buf path = { 0 };

            buf_add(&path, before[i]);
            buf_add(&path, texts[k]);
            vec_push(&sampling->paths, arena_copy(sampling->arena, buf_span(&path)));
            buf_done(&path);
        }
    }
}

static bool append_wildcard(struct sampling *sampling, struct span *rest)
{
    for (size_t i = 0; i < N_ELEMENTS(wildcards); i++) {
        const struct wildcard *wildcard = &wildcards[i];
        struct span texts[N_ELEMENTS(wildcard->samples)];
        size_t n = 0;

        if (!span_starts(*rest, span_of(wildcard->glob))) {
            continue;
        }
        while (n < N_ELEMENTS(wildcard->samples) && wildcard->samples[n]) {
            texts[n] = span_of(wildcard->samples[n]);
            n++;
        }
        *rest = span_skip(*rest, strlen(wildcard->glob));
        append(sampling, texts, n);
        return true;
    }
    return false;
}

/* `[a-z]`: each of its characters but the dash. */
static bool append_set(struct sampling *sampling, struct span *rest)
{
    struct span texts[16];
    ptrdiff_t end = span_find_byte(*rest, ']');
    size_t n = 0;

    if (rest->data[0] != '[' || end < 2) {
        return false;
    }
    for (size_t i = 1; i < (size_t)end && n < N_ELEMENTS(texts); i++) {
        if (rest->data[i] != '-') {
            texts[n++] = (struct span){ rest->data + i, 1 };
        }
    }
    *rest = span_skip(*rest, (size_t)end + 1);
    append(sampling, texts, n);
    return true;
}

static void append_glob(struct sampling *sampling, struct span glob);

/* The end of the first of several texts in braces: a comma, or the closing brace. */
static size_t end_of_text(struct span text)
{
    int depth = 0;

    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];

        if (depth == 0 && (c == ',' || c == '}')) {
            return i;
        }
        depth += (c == '{') - (c == '}');
    }
    return text.size;
}

/* `{a,b}`: each path so far continues with each of them. */
static bool append_braces(struct sampling *sampling, struct span *rest)
{
    struct sampling all = { .arena = sampling->arena };
    bool is_last = false;

    if (rest->data[0] != '{') {
        return false;
    }
    while (!is_last) {
        struct sampling one = { .arena = sampling->arena };
        size_t end;

        *rest = span_skip(*rest, 1); /* the brace, or the comma */
        end = end_of_text(*rest);
        for (size_t i = 0; i < sampling->paths.n; i++) {
            vec_push(&one.paths, sampling->paths.items[i]);
        }
        append_glob(&one, span_head(*rest, end));
        for (size_t i = 0; i < one.paths.n && all.paths.n < PATH_SAMPLES; i++) {
            vec_push(&all.paths, one.paths.items[i]);
        }
        vec_free(&one.paths);
        *rest = span_skip(*rest, end);
        is_last = span_empty(*rest) || rest->data[0] == '}';
    }
    *rest = span_skip(*rest, span_empty(*rest) ? 0 : 1);
    vec_free(&sampling->paths);
    *sampling = all;
    return true;
}

static void append_literal(struct sampling *sampling, struct span *rest)
{
    struct span literal = span_head(*rest, 1);

    while (literal.size < rest->size &&
           span_find_byte(SPAN("*?<[{"), rest->data[literal.size]) < 0) {
        literal.size++;
    }
    append(sampling, &literal, 1);
    *rest = span_skip(*rest, literal.size);
}

static void append_glob(struct sampling *sampling, struct span glob)
{
    while (!span_empty(glob)) {
        if (!append_wildcard(sampling, &glob) && !append_set(sampling, &glob) &&
            !append_braces(sampling, &glob)) {
            append_literal(sampling, &glob);
        }
    }
}

struct path_samples path_samples_of(struct span glob, enum path_glob_kind kind, struct arena *arena)
{
    static const struct span below[] = { { "zqj", 3 }, { "zqj/xv", 6 } };
    static const struct span rotated[] = { { "", 0 }, { ".1", 2 }, { "-20240612.gz", 12 } };
    struct sampling sampling = { .arena = arena };
    struct path_samples ret;

    vec_push(&sampling.paths, (struct span){ "", 0 });
    append_glob(&sampling, glob);
    if (span_ends(glob, SPAN("/"))) {
        append(&sampling, below, N_ELEMENTS(below));
    } else if (kind == PATH_GLOB_ROTATED) {
        append(&sampling, rotated, N_ELEMENTS(rotated));
    }
    ret.n = sampling.paths.n;
    ret.items = ARENA_ARRAY(arena, const char *, ret.n);
    for (size_t i = 0; i < ret.n; i++) {
        ret.items[i] = arena_string(arena, sampling.paths.items[i]);
    }
    vec_free(&sampling.paths);
    return ret;
}
