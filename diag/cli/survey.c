/* What an input is taken for, and what is in it: the same sources and readers as for a diagnosis,
 * without rules. */

#include "cli/survey.h"

#include "base/limits.h"
#include "base/vec.h"
#include "entry/direction.h"
#include "format/reader.h"

#include <errno.h>
#include <sys/stat.h>

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

static void count_names(struct survey *survey, const struct entry *entry)
{
    survey->n_seen++;
    count(survey->hosts, entry->host);
    count(survey->boots, entry->boot);
    count(survey->units, span_empty(entry->about_unit) ? entry->unit : entry->about_unit);
    count(survey->identifiers, entry->identifier);
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

    survey->entries += batch->n_records;
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

static int look_at_records(struct survey *survey, const struct source_type *type,
                           struct source *source)
{
    struct batch batch;
    struct source_facts facts;
    int r;

    while ((r = type->next(source, &batch)) > 0) {
        r = look_at(survey, &batch);
        if (r < 0) {
            break;
        }
    }
    type->describe(source, &facts);
    survey->format = facts.format;
    survey->bytes = facts.bytes;
    survey->first = facts.first;
    survey->last = facts.last;
    return r;
}

/* --- text --- */

/* Keeps the beginning of what is read, for the bids: a pipe is read once. */
struct tee {
    const struct source_type *type;
    struct source *source;
    struct buf head;
};

static int64_t read_tee(void *source, char *buffer, size_t size)
{
    struct tee *tee = source;
    int64_t n = tee->type->read(tee->source, buffer, size);

    if (n > 0 && tee->head.size < HEAD_BYTES) {
        buf_add(&tee->head,
                span_head((struct span){ buffer, (size_t)n }, HEAD_BYTES - tee->head.size));
    }
    return n;
}

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

static void describe_reader(struct survey *survey, const struct reader *reader)
{
    struct reader_facts facts = reader_facts(reader);

    survey->format = facts.format ? facts.format->name : NULL;
    survey->bytes = facts.bytes;
    survey->year_from = facts.year_from;
    survey->first = facts.first;
    survey->last = facts.last;
    if (facts.empty) {
        (void)error_set(&survey->error, -ENODATA, "is empty");
    } else if (facts.binary && facts.first.time_us == TIME_UNKNOWN) {
        (void)error_set(&survey->error, -EBADMSG, "is binary data, not a log");
    }
}

static int look_at_text(struct survey *survey, const struct source_type *type,
                        struct source *source, const struct format *format)
{
    struct tee tee = { .type = type, .source = source };
    struct source_facts facts;
    struct reader_options options = {
        .format = format, .notes = survey->notes, .read = read_tee, .source = &tee
    };
    CLEANUP(reader_free_at) struct reader *reader = NULL;
    struct batch batch;
    int r;

    type->describe(source, &facts);
    options.name = facts.name;
    options.file_time_us = facts.file_time_us;
    reader = reader_new(&options);
    while ((r = reader_next(reader, &batch)) > 0) {
        r = look_at(survey, &batch);
        if (r < 0) {
            break;
        }
    }
    ask_formats(survey, buf_span(&tee.head));
    describe_reader(survey, reader);
    buf_done(&tee.head);
    return r;
}

/* --- state --- */

static bool read_small(const char *path, struct buf *text)
{
    struct source_request request = { .path = path };
    struct source *source;
    struct stat info;
    int64_t n;

    if (strcmp(path, "-") == 0 || stat(path, &info) < 0 || !S_ISREG(info.st_mode) ||
        info.st_size > LIMIT_STATE_FILE_BYTES || source_file.open(&request, &source, NULL) < 0) {
        return false;
    }
    do {
        n = source_file.read(source, buf_reserve(text, LIMIT_MARGIN_BYTES), LIMIT_MARGIN_BYTES);
        text->size += n > 0 ? (size_t)n : 0;
    } while (n > 0 && text->size <= LIMIT_STATE_FILE_BYTES);
    source_file.close(source);
    return text->size > 0 && text->size <= LIMIT_STATE_FILE_BYTES;
}

static bool is_state(struct survey *survey, const char *path)
{
    CLEANUP(states_free_at) struct states *states = states_new();
    CLEANUP(buf_done_at) struct buf text = { 0 };
    const struct state_kind *kind = NULL;

    if (path && read_small(path, &text)) {
        kind = states_add(states, NULL, path, buf_span(&text), survey->notes);
    }
    if (!kind) {
        return false;
    }
    survey->format = kind->name;
    survey->bytes = text.size;
    survey->n_rows = states_find(states, span_of(kind->name))->n_rows;
    return true;
}

void survey_make(const char *path, const struct journal_query *query, const struct format *format,
                 struct survey *ret)
{
    struct source_request request = { .path = path, .query = query };
    const struct source_type *type;
    struct source *source;
    int r;

    *ret = (struct survey){ .first = MOMENT_UNKNOWN,
                            .last = MOMENT_UNKNOWN,
                            .hosts = map_new(),
                            .boots = map_new(),
                            .units = map_new(),
                            .identifiers = map_new(),
                            .notes = notes_new() };
    request.notes = ret->notes;
    if (!format && is_state(ret, path)) {
        return;
    }
    if (source_open(&request, &type, &source, &ret->error) < 0) {
        return;
    }
    r = type->read ? look_at_text(ret, type, source, format) : look_at_records(ret, type, source);
    type->close(source);
    if (r < 0 && !ret->error.text[0]) {
        (void)error_set(&ret->error, r, "%s", strerror(-r));
    }
}

void survey_done(struct survey *survey)
{
    map_free(survey->hosts);
    map_free(survey->boots);
    map_free(survey->units);
    map_free(survey->identifiers);
    notes_free(survey->notes);
}
