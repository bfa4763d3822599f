/* From paths to inputs: what is a folder, and what is read as one. */

#include "input/inputs.h"

#include "base/limits.h"
#include "base/vec.h"
#include "base/year_nearest.h"
#include "input/folder.h"
#include "input/memory.h"

#include <stdlib.h>
#include <sys/stat.h>

/* Paths of one type of source that are one input, wherever they lie. */
struct joined {
    const struct source_type *type;
    VEC(char *) paths;
};

struct inputs {
    struct intake intake;
    VEC(struct input *) items;
    size_t n_done;             /* so many of them need not be looked at by inputs_next() */
    VEC(struct joined) joined; /* while paths are added */
};

struct inputs *inputs_new(const struct intake *intake)
{
    struct inputs *inputs = ALLOC(struct inputs);

    inputs->intake = *intake;
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
    vec_free(&inputs->items);
    vec_free(&inputs->joined);
    free(inputs);
}

static struct input *add(struct inputs *inputs, const struct source_type *type,
                         const struct source_request *request)
{
    struct input *input = input_new(&inputs->intake, (uint32_t)inputs->items.n, type, request);

    vec_push(&inputs->items, input);
    return input;
}

/* --- what is read as one --- */

static struct joined *joined_of(struct inputs *inputs, const struct source_type *type)
{
    for (size_t i = 0; i < inputs->joined.n; i++) {
        if (inputs->joined.items[i].type == type) {
            return &inputs->joined.items[i];
        }
    }
    vec_push(&inputs->joined, (struct joined){ .type = type });
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
        };

        (void)add(inputs, joined->type, &request);
        for (size_t k = 0; k < joined->paths.n; k++) {
            free(joined->paths.items[k]);
        }
        vec_free(&joined->paths);
    }
    vec_clear(&inputs->joined);
}

/* --- paths --- */

static void add_path(struct inputs *inputs, const char *path, const struct source_type *type)
{
    if (type && type->joins) {
        vec_push(&joined_of(inputs, type)->paths, alloc_string(path));
    } else {
        (void)add(inputs, type, &(struct source_request){ .path = path });
    }
}

static const struct source_type *choose(const struct inputs *inputs, const char *path)
{
    struct source_request request = { .path = path, .query = inputs->intake.query };

    return source_choose(&request);
}

static void add_file(void *data, const char *path)
{
    struct inputs *inputs = data;

    add_path(inputs, path, choose(inputs, path));
}

/* A directory that no source wants (a journal directory is wanted) is a folder of inputs. */
static bool is_folder(const char *path, const struct source_type *type)
{
    struct stat info;

    return type == &source_file && stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static size_t count_paths(const struct inputs *inputs)
{
    size_t n = inputs->items.n;

    for (size_t i = 0; i < inputs->joined.n; i++) {
        n += inputs->joined.items[i].paths.n;
    }
    return n;
}

static void fail_folder(struct inputs *inputs, const char *path, const char *reason)
{
    input_fail(add(inputs, NULL, &(struct source_request){ .path = path }), reason);
}

static void add_folder(struct inputs *inputs, const char *path, struct notes *notes)
{
    size_t n_before = count_paths(inputs);
    int r = folder_walk(path, FOLDER_FILES, notes, add_file, inputs);

    if (r < 0) {
        fail_folder(inputs, path, folder_explain(r));
    } else if (count_paths(inputs) == n_before) {
        fail_folder(inputs, path, "contains no files");
    }
}

void inputs_add_paths(struct inputs *inputs, const char *const *paths, size_t n,
                      struct notes *notes)
{
    for (size_t i = 0; i < n; i++) {
        const struct source_type *type = paths[i] ? choose(inputs, paths[i]) : NULL;

        if (!paths[i]) {
            (void)add(inputs, NULL, &(struct source_request){ 0 });
        } else if (is_folder(paths[i], type)) {
            add_folder(inputs, paths[i], notes);
        } else {
            add_path(inputs, paths[i], type);
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

    vec_push(&inputs->items, input);
}

/* --- one after the other --- */

struct input *inputs_next(struct inputs *inputs)
{
    while (inputs->n_done < inputs->items.n) {
        struct input *input = inputs->items.items[inputs->n_done];

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
        return add(inputs, NULL, &request);
    }
    input_free(inputs->items.items[at]);
    inputs->items.items[at] = input_new(&inputs->intake, (uint32_t)at, NULL, &request);
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
    report->inputs = entries;
    report->n_inputs = n;
}
