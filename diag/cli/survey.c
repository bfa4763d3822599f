/* What an input is taken for, and what is in it: the same inputs as for a diagnosis, without rules. */

#include "cli/survey.h"

#include "base/buf.h"
#include "base/vec.h"
#include "entry/component.h"

#include <stdlib.h>
#include <string.h>

enum {
    HEAD_BYTES = 64 * 1024, /* what formats bid for */
    NAMES_MAX = 4096        /* of a tally */
};

/* --- names --- */

static void count(struct map *tally, struct span name)
{
    void **value;

    if (span_empty(name) || (map_size(tally) >= NAMES_MAX && !map_find(tally, name))) {
        return;
    }
    value = map_at(tally, name);
    *value = (void *)((uintptr_t)*value + 1);
}

static void count_component(struct survey *survey, const struct component *component)
{
    CLEANUP(buf_done_at) struct buf name = { 0 };

    buf_add_string(&name, component->name ? component->name : component->by ? "other" : "unknown");
    if (component->by) {
        buf_printf(&name, " %s by %s", component_known_name(component->known), component->by);
    }
    count(survey->components, buf_span(&name));
}

static void count_names(struct survey *survey, const struct entry *entry)
{
    survey->n_seen++;
    count(survey->hosts, entry->host);
    count(survey->boots, entry->boot);
    count(survey->units, span_empty(entry->about_unit) ? entry->unit : entry->about_unit);
    count(survey->identifiers, entry->identifier);
    count_component(survey, &entry->component);
}

static int compare_names(const void *a, const void *b)
{
    const struct survey_name *x = a, *y = b;

    return (x->count < y->count) - (x->count > y->count);
}

size_t survey_top(const struct map *tally, struct survey_name *names, size_t max)
{
    VEC(struct survey_name) all = { 0 };
    size_t n = map_size(tally);

    for (size_t i = 0; i < n; i++) {
        vec_push(&all, (struct survey_name){ map_key(tally, i), (uintptr_t)map_value(tally, i) });
    }
    if (n) {
        qsort(all.items, n, sizeof(*all.items), compare_names);
    }
    n = n < max ? n : max;
    if (n) {
        memcpy(names, all.items, n * sizeof(*names));
    }
    vec_free(&all);
    return n;
}

/* --- entries --- */

static int look_at(struct survey *survey, const struct batch *batch)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    position at = batch_locate(batch, 0);
    position last = batch_locate(batch, batch->bytes.size - 1);
    int r = 1;

    while (r > 0 && at <= last && survey->n_seen < SURVEY_ENTRIES) {
        struct entry entry = entry_empty();

        arena_clear(arena);
        r = batch_decode(batch, at, arena, &entry);
        if (r > 0) {
            count_names(survey, &entry);
        }
        if (r >= 0) {
            r = batch_step(batch, at, 1, &at);
        }
    }
    return r < 0 ? r : 0;
}

/* --- formats --- */

static void add_bid(struct survey *survey, const struct format *format, int bid)
{
    size_t at = survey->n_bids;

    while (at > 0 && survey->bids[at - 1].bid < bid) {
        if (at < SURVEY_BIDS) {
            survey->bids[at] = survey->bids[at - 1];
        }
        at--;
    }
    if (at == SURVEY_BIDS) {
        return;
    }
    survey->bids[at].format = format;
    survey->bids[at].bid = bid;
    if (survey->n_bids < SURVEY_BIDS) {
        survey->n_bids++;
    }
}

/* Formats are asked about whole lines. */
static void ask_formats(struct survey *survey, struct span head)
{
    size_t size = head.size;

    while (size && head.data[size - 1] != '\n') {
        size--;
    }
    head.size = size ? size : head.size;
    for (const struct format *const *format = formats; *format; format++) {
        int bid = (*format)->bid(head);

        if (bid > BID_NO) {
            add_bid(survey, *format, bid);
        }
    }
}

/* --- the input --- */

static void read_entries(struct survey *survey, struct input *input)
{
    struct batch batch;
    int r = 0;

    while (r >= 0 && input_next(input, &batch) > 0) {
        r = look_at(survey, &batch);
    }
    if (r < 0) {
        input_fail(input, strerror(-r));
    }
}

static void read_input(struct survey *survey, struct input *input)
{
    CLEANUP(states_free_at) struct states *states = states_new();
    const struct state_kind *kind;
    struct span text;

    if (input_open(input, states, survey->notes, NULL) < 0) {
        return;
    }
    kind = input_state(input, &text);
    if (kind) {
        survey->format = span_of(kind->name);
        survey->n_rows = states_find(states, span_of(kind->name))->n_rows;
    } else {
        if (!span_empty(input_head(input))) {
            ask_formats(survey, span_head(input_head(input), HEAD_BYTES));
        }
        read_entries(survey, input);
        survey->format = input_report(input)->format;
    }
    input_close(input);
}

void survey_make(struct input *input, struct survey *ret)
{
    *ret = (struct survey){
        .hosts = map_new(),
        .boots = map_new(),
        .units = map_new(),
        .identifiers = map_new(),
        .components = map_new(),
        .notes = notes_new(),
    };
    read_input(ret, input);
    ret->input = *input_report(input);
}

void survey_add_moment(const struct moment *moment, struct buf *out)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };

    if (moment->time_us == TIME_UNKNOWN) {
        buf_add_string(out, "?");
        return;
    }
    calendar_add_rfc3339(&text, moment->time_us, moment->zone_minutes, moment->zone_known);
    buf_add(out, span_skip(buf_span(&text), moment->year_known ? 0 : strlen("2000-")));
}

void survey_add_times(const struct report_input *input, struct buf *out)
{
    if (input->first.time_us == TIME_UNKNOWN) {
        return;
    }
    survey_add_moment(&input->first, out);
    buf_add_string(out, " to ");
    survey_add_moment(&input->last, out);
    if (input->year_from) {
        buf_printf(out, " (year: %s)", input->year_from);
    }
}

void survey_done(struct survey *survey)
{
    map_free(survey->hosts);
    map_free(survey->boots);
    map_free(survey->units);
    map_free(survey->identifiers);
    map_free(survey->components);
    notes_free(survey->notes);
}
