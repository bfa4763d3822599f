/* From paths to inputs: what is a folder, and what is read as one. */

#include "input/inputs.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "base/vec.h"
#include "base/year_nearest.h"
#include "bundle/bundle.h"
#include "input/bundle_hints.h"
#include "input/gaps.h"
#include "input/memory.h"
#include "input/parts.h"
#include "layout/search.h"

#include <stdlib.h>

/* Paths of one type of source that are one input, wherever they lie; of bundles those of one node. */
struct joined {
    const struct source_type *type;
    struct span node, hostname;
    VEC(char *) paths;
    VEC(const char *) names; /* of them for the user; NULL: the path */
    const struct report_bundle *bundle;
};

struct inputs {
    struct intake intake;
    VEC(struct input *) items;
    VEC(size_t) reading;        /* the order in which they are read, as indexes */
    size_t n_done;              /* so many of these need not be looked at by inputs_next() */
    VEC(struct joined) joined;  /* while paths are added */
    struct layout_search found; /* without a set: not needed yet */
    struct layouts layouts;     /* of it */
    VEC(struct bundle *) bundles;
    struct bundle_gaps gaps;
    VEC(const struct report_bundle *) parts; /* of all bundles */
    struct arena *arena;                     /* of the parts */
};

struct inputs *inputs_new(const struct intake *intake)
{
    struct inputs *inputs = ALLOC(struct inputs);

    inputs->intake = *intake;
    inputs->arena = arena_new();
    return inputs;
}

void inputs_free(struct inputs *inputs)
{
    if (!inputs) {
        return;
    }
    for (size_t i = 0; i < inputs->items.n; i++) {
        input_free(inputs->items.items[i]);
    }
    for (size_t i = 0; i < inputs->bundles.n; i++) {
        bundle_free(inputs->bundles.items[i]);
    }
    gaps_done(&inputs->gaps);
    layout_search_done(&inputs->found);
    vec_free(&inputs->bundles);
    vec_free(&inputs->parts);
    arena_free(inputs->arena);
    vec_free(&inputs->items);
    vec_free(&inputs->reading);
    vec_free(&inputs->joined);
    free(inputs);
}

static struct input *add(struct inputs *inputs, const struct source_type *type,
                         const struct source_request *request, const struct input_hints *hints)
{
    struct input *input =
        input_new(&inputs->intake, (uint32_t)inputs->items.n, type, request, hints);

    vec_push(&inputs->reading, inputs->items.n);
    vec_push(&inputs->items, input);
    return input;
}

/* --- what is read as one --- */

static struct joined *joined_of(struct inputs *inputs, const struct source_type *type,
                                const struct input_hints *hints)
{
    for (size_t i = 0; i < inputs->joined.n; i++) {
        if (inputs->joined.items[i].type == type &&
            span_equal(inputs->joined.items[i].node, hints->node) &&
            span_equal(inputs->joined.items[i].hostname, hints->hostname)) {
            return &inputs->joined.items[i];
        }
    }
    vec_push(&inputs->joined, (struct joined){ .type = type,
                                               .node = hints->node,
                                               .hostname = hints->hostname,
                                               .bundle = hints->bundle });
    return &inputs->joined.items[inputs->joined.n - 1];
}

static void add_joined(struct inputs *inputs)
{
    for (size_t i = 0; i < inputs->joined.n; i++) {
        struct joined *joined = &inputs->joined.items[i];
        struct source_request request = {
            .path = joined->paths.items[0],
            .more = (const char *const *)joined->paths.items + 1,
            .n_more = joined->paths.n - 1,
            .names = joined->names.items,
        };

        (void)add(inputs, joined->type, &request,
                  &(struct input_hints){ .node = joined->node,
                                         .hostname = joined->hostname,
                                         .bundle = joined->bundle });
        for (size_t k = 0; k < joined->paths.n; k++) {
            free(joined->paths.items[k]);
        }
        vec_free(&joined->paths);
        vec_free(&joined->names);
    }
    vec_clear(&inputs->joined);
}

/* --- paths --- */

/* `below`: as in a request. */
static void add_path(struct inputs *inputs, const char *path, const char *below,
                     const struct source_type *type, const struct input_hints *hints)
{
    if (type && type->joins) {
        struct joined *joined = joined_of(inputs, type, hints);
        char *copy = alloc_string(path);

        vec_push(&joined->paths, copy);
        vec_push(&joined->names, hints->name ? hints->name : copy);
    } else {
        (void)add(inputs, type, &(struct source_request){ .path = path, .below = below }, hints);
    }
}

static const struct source_type *choose(const struct inputs *inputs, const char *path,
                                        const char *below)
{
    struct source_request request = { .path = path, .below = below, .query = inputs->intake.query };

    return source_choose(&request);
}

/* --- bundles --- */

static void note_skipped(const struct layout_search *found, struct notes *notes)
{
    for (size_t i = 0; i < found->skipped.n; i++) {
        const struct error *error = &found->skipped.items[i];

        notes_add(notes, NOTE_RULE_SKIPPED, span_of(error->path), error->line,
                  "skipped this layout file: %s", error->text);
    }
}

/* Once, for the first bundle. */
static int load_layouts(struct inputs *inputs, struct notes *notes, struct error *reterr)
{
    int r = 0;

    if (inputs->found.set) {
        return 0;
    }
    r = layout_search_load(inputs->intake.search, &inputs->found, reterr);
    note_skipped(&inputs->found, notes);
    inputs->layouts = layout_set_layouts(inputs->found.set);
    if (r >= 0 && inputs->intake.layout) {
        r = layout_search_find(&inputs->found, inputs->intake.layout, &inputs->layouts.forced,
                               reterr);
    }
    return r;
}

static void add_bundle_file(struct inputs *inputs, struct bundle *bundle, size_t i,
                            struct bundle_hints *known, const struct report_bundle *parts)
{
    struct bundle_file file = bundle_file(bundle, i);
    struct input_hints hints = bundle_hints_of(known, i, &file);

    gaps_add(&inputs->gaps, &file);
    hints.bundle = &parts[file.part];
    if (file.path) {
        add_path(inputs, file.path, file.below, choose(inputs, file.path, file.below), &hints);
    } else {
        (void)add(inputs, &bundle_member, &(struct source_request){ .bundle = bundle, .member = i },
                  &hints);
    }
}

struct named_file {
    const char *name;
    size_t i;    /* of the bundle */
    size_t item; /* of inputs; SIZE_MAX: it is read together with others */
};

static int by_name(const void *a, const void *b)
{
    const struct named_file *one = a, *other = b;
    int order = strcmp(one->name, other->name);

    return order != 0 ? order : (one->i > other->i) - (one->i < other->i);
}

static int by_place(const void *a, const void *b)
{
    const struct named_file *one = a, *other = b;

    return (one->i > other->i) - (one->i < other->i);
}

/* They count by name, so that a report of an archive is that of the directory; but an archive is read from its start
 * to its end. */
static void add_bundle_files(struct inputs *inputs, struct bundle *bundle,
                             const struct report_bundle *parts)
{
    CLEANUP(bundle_hints_free_at) struct bundle_hints *known = bundle_hints_new(bundle);
    size_t n = bundle_n_files(bundle), first = inputs->reading.n;
    struct named_file *files = alloc_zeroed(n, sizeof(*files));

    for (size_t i = 0; i < n; i++) {
        files[i] = (struct named_file){ .name = bundle_file(bundle, i).name, .i = i };
    }
    qsort(files, n, sizeof(*files), by_name);
    for (size_t k = 0; k < n; k++) {
        size_t item = inputs->items.n;

        add_bundle_file(inputs, bundle, files[k].i, known, parts);
        files[k].item = inputs->items.n > item ? item : SIZE_MAX;
    }
    inputs->reading.n = first;
    qsort(files, n, sizeof(*files), by_place);
    for (size_t k = 0; k < n; k++) {
        if (files[k].item != SIZE_MAX) {
            vec_push(&inputs->reading, files[k].item);
        }
    }
    free(files);
}

static void fail_path(struct inputs *inputs, const char *path, const char *reason)
{
    input_fail(add(inputs, NULL, &(struct source_request){ .path = path }, NULL), reason);
}

/* Parts without files say nothing. */
static const struct report_bundle *add_parts(struct inputs *inputs, const struct bundle *bundle,
                                             const char *path)
{
    const char *name = arena_string(inputs->arena, span_of(path));
    const struct report_bundle *parts = parts_describe(bundle, name, inputs->arena);

    for (size_t i = 0; i < bundle_n_parts(bundle); i++) {
        if (parts[i].n_files || parts[i].n_files_unread) {
            vec_push(&inputs->parts, &parts[i]);
        }
    }
    return parts;
}

static void add_bundle(struct inputs *inputs, const char *path, struct notes *notes)
{
    struct bundle_options options = { .notes = notes,
                                      .progress = inputs->intake.progress,
                                      .threads = inputs->intake.threads };
    struct error error = { 0 };
    const struct report_bundle *parts;
    struct bundle *bundle;
    int r = load_layouts(inputs, notes, &error);

    if (r >= 0) {
        r = bundle_open(path, &inputs->layouts, &options, &bundle, &error);
    }
    if (r < 0) {
        fail_path(inputs, path, error.text);
        return;
    }
    vec_push(&inputs->bundles, bundle);
    parts = add_parts(inputs, bundle, path);
    if (bundle_n_files(bundle) > 0) {
        add_bundle_files(inputs, bundle, parts);
    } else {
        fail_path(inputs, path, "contains no files");
    }
}

void inputs_add_paths(struct inputs *inputs, const char *const *paths, size_t n,
                      struct notes *notes)
{
    for (size_t i = 0; i < n; i++) {
        const struct source_type *type = paths[i] ? choose(inputs, paths[i], NULL) : NULL;

        if (!paths[i]) {
            (void)add(inputs, NULL, &(struct source_request){ 0 }, NULL);
        } else if (type == &source_file && bundle_is_one(paths[i])) {
            add_bundle(inputs, paths[i], notes);
        } else {
            add_path(inputs, paths[i], NULL, type, &(struct input_hints){ 0 });
        }
    }
    add_joined(inputs);
}

/* --- text --- */

void inputs_add_text(struct inputs *inputs, const char *name, struct span text,
                     const struct state_kind *kind)
{
    struct input *input = input_new_open(&inputs->intake, (uint32_t)inputs->items.n, name,
                                         &memory_type, memory_source(text), kind);

    vec_push(&inputs->reading, inputs->items.n);
    vec_push(&inputs->items, input);
}

/* --- one after the other --- */

struct input *inputs_next(struct inputs *inputs)
{
    while (inputs->n_done < inputs->reading.n) {
        struct input *input = inputs->items.items[inputs->reading.items[inputs->n_done]];

        if (input_is_waiting(input)) {
            return input;
        }
        inputs->n_done++;
    }
    return NULL;
}

/* The place of one that is closed, the last ones first. */
static size_t find_closed(const struct inputs *inputs)
{
    size_t at = inputs->items.n;

    while (at > 0 && input_is_open(inputs->items.items[at - 1])) {
        at--;
    }
    return at ? at - 1 : inputs->items.n;
}

struct input *inputs_follow(struct inputs *inputs, const char *path, bool follow)
{
    struct source_request request = { .path = path, .follow = follow };
    size_t at = inputs->items.n < LIMIT_INPUTS ? inputs->items.n : find_closed(inputs);

    if (at == inputs->items.n) {
        return add(inputs, NULL, &request, NULL);
    }
    input_free(inputs->items.items[at]);
    inputs->items.items[at] = input_new(&inputs->intake, (uint32_t)at, NULL, &request, NULL);
    return inputs->items.items[at];
}

const struct input *inputs_host(const struct inputs *inputs)
{
    for (size_t i = 0; i < inputs->items.n; i++) {
        if (input_is_host(inputs->items.items[i])) {
            return inputs->items.items[i];
        }
    }
    return NULL;
}

/* --- the report --- */

static void set_year(struct moment *moment, int64_t first, int64_t last)
{
    if (moment->time_us != TIME_UNKNOWN && (!moment->year_known || moment->year_guessed)) {
        moment->time_us = year_nearest(moment->time_us, first, last);
        moment->year_known = true;
    }
}

/* An input without a year, or with a guessed one, has that of the others, as its entries do in the
 * timeline. */
static void learn_years(struct report_input *entries, size_t n)
{
    int64_t first = 0, last = 0;

    if (!report_inputs_range(entries, n, &first, &last)) {
        return;
    }
    for (size_t i = 0; i < n; i++) {
        int64_t before = entries[i].first.time_us;
        bool known = entries[i].first.year_known;

        set_year(&entries[i].first, first, last);
        set_year(&entries[i].last, first, last);
        if (!known || before != entries[i].first.time_us) {
            entries[i].year_from = entries[i].year_from ? "inputs" : NULL;
        }
    }
}

size_t inputs_count(const struct inputs *inputs)
{
    return inputs->items.n;
}

size_t inputs_n_parts(const struct inputs *inputs)
{
    return inputs->parts.n;
}

const struct report_bundle *inputs_part(const struct inputs *inputs, size_t i)
{
    return inputs->parts.items[i];
}

void inputs_name_nodes(const struct inputs *inputs, struct node_names *ret)
{
    for (size_t i = 0; i < inputs->items.n; i++) {
        node_names_add_all(ret, input_node_names(inputs->items.items[i]));
    }
}

/* `entries` point to the copies then. */
static void describe_parts(const struct inputs *inputs, struct report_input *entries,
                           struct report *report)
{
    size_t n = inputs->parts.n;
    struct report_bundle *copies = ARENA_ARRAY(report->arena, struct report_bundle, n);

    for (size_t i = 0; i < n; i++) {
        copies[i] = parts_copy(inputs->parts.items[i], report->arena);
        for (size_t k = 0; k < inputs->items.n; k++) {
            if (entries[k].bundle == inputs->parts.items[i]) {
                entries[k].bundle = &copies[i];
            }
        }
    }
    report->bundles = copies;
    report->n_bundles = n;
}

void inputs_describe(const struct inputs *inputs, struct report *report)
{
    size_t n = inputs->items.n;
    struct report_input *entries = ARENA_ARRAY(report->arena, struct report_input, n);

    for (size_t i = 0; i < n; i++) {
        entries[i] = *input_report(inputs->items.items[i]);
        entries[i].name = arena_copy(report->arena, entries[i].name);
        entries[i].format = arena_copy(report->arena, entries[i].format);
        entries[i].host = arena_copy(report->arena, entries[i].host);
        if (entries[i].error) {
            entries[i].error = arena_string(report->arena, span_of(entries[i].error));
        }
        report->stats.bytes += entries[i].bytes;
        report->stats.entries += entries[i].entries;
    }
    learn_years(entries, n);
    describe_parts(inputs, entries, report);
    report->inputs = entries;
    report->n_inputs = n;
}

/* --- what is missing --- */

static void note_uncollected(const struct inputs *inputs, struct notes *notes)
{
    const struct report_input *first = NULL;
    CLEANUP(buf_done_at) struct buf more = { 0 };
    size_t n = 0;

    for (size_t i = 0; i < inputs->items.n; i++) {
        const struct report_input *entry = input_report(inputs->items.items[i]);

        if (entry->uncollected) {
            first = first ? first : entry;
            n++;
        }
    }
    buf_add_string(&more, "");
    if (n > 1) {
        buf_printf(&more, " (and %zu more)", n - 1);
    }
    if (first) {
        notes_add(notes, NOTE_NOT_COLLECTED, first->name, /* line= */ 0, "%s%s", first->error,
                  more.data);
    }
}

void inputs_note_gaps(const struct inputs *inputs, struct notes *notes)
{
    gaps_note(&inputs->gaps, notes);
    note_uncollected(inputs, notes);
}
