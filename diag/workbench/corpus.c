/* Labelled cases. One case is a folder DIR/<family>/<case>/ of input files (`input.*`) and a label:
 *
 *   meta.json     { "expected": ["swap-on"], "also_ok": ["kubelet-restart-loop"] }
 *   families.tsv  swap-on<TAB>kubelet/swap-enabled        one line a family: globs of rule ids
 */

#include "workbench/corpus.h"

#include "base/file.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/map.h"
#include "cli/message.h"
#include "finding/report.h"
#include "pipeline.h"
#include "workbench/test_results.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>

struct corpus {
    const char *directory;
    const struct rules *rules;
    struct arena *arena;
    struct map *families; /* to globs, separated by spaces */
    struct test_results list;
    size_t n_false_roots; /* of cases labelled `none` */
};

/* ---- files ---- */

static char *join(struct corpus *corpus, const char *folder, const char *name)
{
    return arena_printf(corpus->arena, "%s/%s", folder, name);
}

static int is_visible(const struct dirent *item)
{
    return item->d_name[0] != '.';
}

/* Calls `visit` for each item of the folder, in the order of names. */
static int each_item(struct corpus *corpus, const char *folder,
                     void (*visit)(struct corpus *corpus, const char *folder, const char *name))
{
    struct dirent **items;
    int n = scandir(folder, &items, is_visible, alphasort);

    if (n < 0) {
        return -errno;
    }
    for (int i = 0; i < n; i++) {
        visit(corpus, folder, items[i]->d_name);
        free(items[i]);
    }
    free(items);
    return n;
}

/* ---- labels ---- */

static int read_families(struct corpus *corpus, const char *path)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };
    struct span rest, line, family, globs;
    int r = file_read(path, LIMIT_RECORD_BYTES, &text);

    if (r < 0) {
        return r;
    }
    rest = buf_span(&text);
    while (span_cut(&rest, '\n', &line)) {
        if (span_empty(span_trim(line)) || span_starts(line, SPAN("#")) ||
            !span_cut(&line, '\t', &family) || !span_cut(&line, '\t', &globs)) {
            continue; /* further columns are remarks */
        }
        *map_at(corpus->families, family) = arena_string(corpus->arena, globs);
    }
    return 0;
}

/* May the label's families name this rule? */
static bool allows(const struct corpus *corpus, const json_t *families, const char *rule)
{
    const json_t *family;
    size_t i;

    json_array_foreach(families, i, family)
    {
        struct span rest = span_of(map_find(corpus->families, span_of(json_string_value(family))));
        struct span glob;

        while (span_word(&rest, &glob)) {
            if (span_matches_glob(span_of(rule), arena_string(corpus->arena, glob))) {
                return true;
            }
        }
    }
    return false;
}

static bool has_family(const json_t *families, const char *name)
{
    const json_t *family;
    size_t i;

    json_array_foreach(families, i, family)
    {
        if (json_is_string(family) && strcmp(json_string_value(family), name) == 0) {
            return true;
        }
    }
    return false;
}

struct label {
    const json_t *expected, *also_ok;
};

static bool is_tolerated(const struct corpus *corpus, const struct label *label, const char *rule)
{
    return allows(corpus, label->expected, rule) || allows(corpus, label->also_ok, rule);
}

static void compare_healthy(struct corpus *corpus, const struct label *label,
                            const struct report *report, struct buf *out)
{
    for (const char *const *root = report->root_causes; *root; root++) {
        if (is_tolerated(corpus, label, *root)) {
            continue;
        }
        buf_printf(out, "    expected no root cause, found %s\n", *root);
        corpus->n_false_roots++;
    }
}

/* The first root must be one of those the label allows, and its first family must be among the roots. */
static void compare_failed(struct corpus *corpus, const struct label *label,
                           const struct report *report, struct buf *out)
{
    CLEANUP(json_free_at) json_t *first = json_array();
    const char *const *roots = report->root_causes;
    bool named = has_family(label->also_ok, "none");

    (void)json_array_append(first, json_array_get(label->expected, 0));
    for (const char *const *root = roots; *root; root++) {
        named = named || allows(corpus, first, *root);
    }
    if (*roots ? named && is_tolerated(corpus, label, *roots) : named) {
        return;
    }
    buf_printf(out, "    expected %s, found %s", json_string_value(json_array_get(first, 0)),
               *roots ? "" : "nothing");
    for (const char *const *root = roots; *root; root++) {
        buf_printf(out, "%s%s", root == roots ? "" : ", ", *root);
    }
    buf_add_byte(out, '\n');
}

/* ---- cases ---- */

static int diagnose(struct corpus *corpus, const char *folder, struct report *report)
{
    struct pipeline_options options = { .rules = corpus->rules, .fail_on = RULE_ERROR };
    CLEANUP(pipeline_free_at) struct pipeline *pipeline = pipeline_new(&options);
    struct dirent **items;
    int n = scandir(folder, &items, is_visible, alphasort);

    for (int i = 0; i < n; i++) {
        if (span_starts(span_of(items[i]->d_name), SPAN("input"))) {
            pipeline_read_path(pipeline, join(corpus, folder, items[i]->d_name));
        }
        free(items[i]);
    }
    if (n < 0) {
        return -errno;
    }
    free(items);
    pipeline_finish(pipeline, report);
    return 0;
}

static void compare_case(struct corpus *corpus, const json_t *meta, const char *folder,
                         struct buf *out)
{
    CLEANUP(report_free_at) struct report *report = report_new();
    struct label label = { json_object_get(meta, "expected"), json_object_get(meta, "also_ok") };

    if (json_array_size(label.expected) == 0) {
        buf_add_string(out, "    meta.json: 'expected' must be a list of families\n");
    } else if (diagnose(corpus, folder, report) < 0) {
        buf_add_string(out, "    the case could not be run\n");
    } else if (has_family(label.expected, "none")) {
        compare_healthy(corpus, &label, report, out);
    } else {
        compare_failed(corpus, &label, report, out);
    }
}

static void run_case(struct corpus *corpus, const char *folder, const char *name)
{
    CLEANUP(json_free_at) json_t *meta = NULL;
    CLEANUP(buf_done_at) struct buf text = { 0 };
    CLEANUP(buf_done_at) struct buf out = { 0 };
    char *path = join(corpus, folder, name), *label = join(corpus, path, "meta.json");
    struct test_result result = {
        .group = arena_string(corpus->arena, span_of(strrchr(folder, '/') + 1)),
        .name = arena_string(corpus->arena, span_of(name)),
        .place = { .path = label, .line = 1, .column = 1 },
    };

    if (file_read(label, LIMIT_RECORD_BYTES, &text) < 0 || json_read(buf_span(&text), &meta) < 0) {
        buf_add_string(&out, "    meta.json cannot be read, or is not JSON\n");
    } else {
        compare_case(corpus, meta, path, &out);
    }
    test_results_add(&corpus->list, &result, &out);
}

/* Files beside the families (families.tsv, a README) are not families. */
static void run_family(struct corpus *corpus, const char *folder, const char *name)
{
    (void)each_item(corpus, join(corpus, folder, name), run_case);
}

static int run_corpus(struct corpus *corpus, const struct corpus_request *request)
{
    const char *families =
        request->families ? request->families : join(corpus, corpus->directory, "families.tsv");
    int r = read_families(corpus, families);
    size_t n_right;

    if (r < 0) {
        message_print("%s: cannot be read: %s", families, strerror(-r));
        return EXIT_USAGE;
    }
    r = each_item(corpus, corpus->directory, run_family);
    if (r < 0 || corpus->list.results.n == 0) {
        message_print("%s: %s", corpus->directory, r < 0 ? strerror(-r) : "no cases found");
        return EXIT_USAGE;
    }
    test_results_print(&corpus->list, request->output);
    n_right = corpus->list.results.n - corpus->list.n_failed;
    return corpus->n_false_roots || 100 * n_right < request->min_percent * corpus->list.results.n;
}

int corpus_test(const struct corpus_request *request, const struct rules *rules)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    CLEANUP(map_free_at) struct map *families = map_new();
    struct corpus corpus = {
        .directory = request->directory,
        .rules = rules,
        .arena = arena,
        .families = families,
    };
    int code = run_corpus(&corpus, request);

    test_results_done(&corpus.list);
    return code;
}
