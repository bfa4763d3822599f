/* Records to signals, cheap steps first:
 *
 *   scan      all bytes of the batch for the literals of all signals (match/batch_scan.h)
 *   decode    each record that has one, once (match/neighbours.h)
 *   evaluate  the signals of the record's literals, if the record is in their stream: MESSAGE_ID
 *             or PCRE2, conditions, facts, the entries around it (match/evaluate.h) */

#define _GNU_SOURCE /* memrchr */
#include "match/matcher.h"

#include "base/limits.h"
#include "match/batch_scan.h"
#include "match/evaluate.h"

/* A signal of a rule, by number; the prefilter gives the number back. */
struct ref {
    uint32_t rule, signal;
};

struct matcher {
    const struct rules *rules;
    struct prefilter *prefilter;
    struct batch_scan *scan; /* with it */
    struct neighbours *neighbours;
    struct attempt attempt;
    VEC(struct ref) refs;

    uint64_t *last_record; /* for each ref, the number of the candidate it was last tried on */
    uint64_t n_candidates; /* numbers given */
    uint64_t record;       /* number of the candidate under way */
    struct origin origin;  /* its position; its spans are not valid */

    struct store *store;
    struct matcher_stats stats;
    bool tries_all;                    /* matcher_try_all() */
    const struct matcher_trace *trace; /* may be NULL */

    void (*seen)(void *data, const struct signal *signal, position at); /* may be NULL */
    void *seen_data;
};

static void add_refs(struct matcher *matcher)
{
    for (size_t i = 0; i < matcher->rules->n; i++) {
        for (size_t j = 0; j < matcher->rules->items[i].n_signals; j++) {
            vec_push(&matcher->refs, (struct ref){ (uint32_t)i, (uint32_t)j });
        }
    }
}

static const struct signal_rule *rule_of(const struct matcher *matcher, size_t ref)
{
    const struct ref *at = &matcher->refs.items[ref];

    return &matcher->rules->items[at->rule].signals[at->signal];
}

static void make_prefilter(struct matcher *matcher)
{
    VEC(struct prefilter_literal) literals = { 0 };

    for (size_t i = 0; i < matcher->refs.n; i++) {
        const struct signal_rule *signal = rule_of(matcher, i);

        for (size_t j = 0; signal->streams && j < signal->n_literals; j++) {
            vec_push(&literals, (struct prefilter_literal){ .text = signal->literals[j],
                                                            .caseless = signal->literals_caseless,
                                                            .id = (uint32_t)i });
        }
    }
    matcher->prefilter = prefilter_new(literals.items, literals.n);
    vec_free(&literals);
}

struct matcher *matcher_new(const struct rules *rules)
{
    struct matcher *matcher = ALLOC(struct matcher);

    matcher->rules = rules;
    attempt_init(&matcher->attempt, rules);
    matcher->neighbours = neighbours_new();
    add_refs(matcher);
    matcher->last_record = alloc_zeroed(matcher->refs.n, sizeof(*matcher->last_record));
    make_prefilter(matcher);
    matcher->scan = batch_scan_new(matcher->prefilter, SCAN_PIECE_BYTES);
    return matcher;
}

void matcher_free(struct matcher *matcher)
{
    if (!matcher) {
        return;
    }
    batch_scan_free(matcher->scan);
    prefilter_free(matcher->prefilter);
    neighbours_free(matcher->neighbours);
    attempt_done(&matcher->attempt);
    vec_free(&matcher->refs);
    free(matcher->last_record);
    free(matcher);
}

/* The unit whose run it is about: PID 1 logs about other units. */
static uint64_t unit_streams(const struct matcher *matcher, const struct entry *entry)
{
    const struct streams *streams = &matcher->rules->streams;
    const struct fact *unit = attempt_fact(&matcher->attempt, SPAN("unit"));
    uint64_t set = 0;

    if (!span_empty(entry->about_unit)) {
        set = streams_of_unit(streams, entry->about_unit);
    }
    if (!set && unit) {
        set = streams_of_unit(streams, unit->text);
    }
    return set ? set : entry->streams;
}

/* The component is unknown, and the words do not show it: all that may have logged them share words
 * with others. */
static bool is_unattributed(const struct matcher *matcher)
{
    const struct attempt *attempt = &matcher->attempt;
    const struct streams *streams = &matcher->rules->streams;
    uint64_t matched = attempt->entry->streams & attempt->signal->streams;

    if (attempt->entry->component.known != COMPONENT_UNKNOWN || attempt->signal->anonymous) {
        return false;
    }
    for (size_t i = 0; i < streams->n; i++) {
        if ((matched >> i & 1) && !streams->items[i].shared_words) {
            return false;
        }
    }
    return matched != 0;
}

static int compare_names(const void *a, const void *b)
{
    const struct fact *x = a, *y = b;
    size_t shorter = x->name.size < y->name.size ? x->name.size : y->name.size;
    int order = memcmp(x->name.data, y->name.data, shorter);

    return order != 0 ? order : (x->name.size > y->name.size) - (x->name.size < y->name.size);
}

/* A hole in the log that the log itself reports. Its fact `count` is the number of lines that
 * are missing, and `unit` the unit whose lines they are; they are summed up. */
static void note_blind_spot(const struct matcher *matcher)
{
    static const enum note_kind kinds[] = {
        [BLIND_SPOT_SUPPRESSED] = NOTE_SUPPRESSED,
        [BLIND_SPOT_MISSED] = NOTE_MISSED,
    };
    const struct attempt *attempt = &matcher->attempt;
    const struct fact *count = attempt_fact(attempt, SPAN("count"));
    const struct fact *unit = attempt_fact(attempt, SPAN("unit"));
    uint64_t n;

    if (!count || !span_to_uint(count->text, &n)) {
        n = 1;
    }
    notes_add_many(attempt->notes, kinds[attempt->signal->blind_spot],
                   unit ? unit->text : attempt->input_name, n, attempt->rule->title);
}

static void add_signal(struct matcher *matcher, const struct ref *ref,
                       const struct neighbour *record)
{
    struct attempt *attempt = &matcher->attempt;
    const struct entry *entry = attempt->entry;
    struct signal signal = {
        .rule = ref->rule,
        .signal = ref->signal,
        .facts = attempt->facts.items,
        .n_facts = attempt->facts.n,
        .tables = attempt->tables.items,
        .n_tables = attempt->tables.n,
        .when = entry->when,
        /* Where lines have no numbers, our own count gives their order. */
        .sequence = entry->origin.line ? entry->origin.line : matcher->record,
        .origin = entry->origin,
        .stamp = entry->stamp,
        .host = entry->host,
        .boot = entry->boot,
        .unit = entry->unit,
        .identifier = entry->identifier,
        .invocation = entry->invocation,
        .message = entry->message,
        .pid = entry->pid,
        .severity = entry->severity,
        .component = entry->component,
        .mended = entry->mended,
        .unattributed = is_unattributed(matcher),
        .streams = entry->streams,
        .unit_streams = unit_streams(matcher, entry),
    };

    /* The same facts are the same in whatever order they were found. */
    if (attempt->facts.n > 1) {
        qsort(attempt->facts.items, attempt->facts.n, sizeof(*attempt->facts.items), compare_names);
    }
    matcher->stats.signals++;
    store_add(matcher->store, &signal);
    if (matcher->seen && record) {
        matcher->seen(matcher->seen_data, &signal, record->at);
    }
}

/* --- why a rule is not found --- */

/* Which list of the signal's conditions is the failed one in? */
static enum match_stage stage_of(const struct attempt *attempt)
{
    const struct signal_rule *signal = attempt->signal;

    if (!attempt->failed) {
        return MATCH_PATTERN;
    }
    for (size_t i = 0; i < signal->n_fields; i++) {
        if (attempt->failed == &signal->fields[i]) {
            return MATCH_FIELDS;
        }
    }
    return MATCH_WHERE;
}

static void trace(const struct matcher *matcher, const struct ref *ref, enum match_stage stage,
                  const struct entry *entry)
{
    const struct attempt *attempt = &matcher->attempt;
    struct match_step step = { .signal = ref->signal, .stage = stage, .entry = entry };

    if (!matcher->trace || matcher->trace->rule != ref->rule) {
        return;
    }
    if (stage == MATCH_FIELDS || stage == MATCH_WHERE) {
        step.condition = attempt->failed;
    }
    if (stage == MATCH_WHERE) {
        step.fact = attempt_fact(attempt, attempt->failed->name);
    }
    matcher->trace->step(matcher->trace->data, &step);
}

static void trace_attempt(struct matcher *matcher, const struct ref *ref, bool fired)
{
    if (matcher->trace) {
        trace(matcher, ref, fired ? MATCH_FIRED : stage_of(&matcher->attempt),
              matcher->attempt.entry);
    }
}

void matcher_trace(struct matcher *matcher, const struct matcher_trace *wanted)
{
    matcher->trace = wanted;
}

static int try_ref(struct matcher *matcher, size_t number, const struct entry *entry,
                   struct neighbour *record)
{
    const struct ref *ref = &matcher->refs.items[number];
    int r;

    if (matcher->last_record[number] == matcher->record) {
        return 0;
    }
    matcher->last_record[number] = matcher->record;
    attempt_begin(&matcher->attempt, &matcher->rules->items[ref->rule], rule_of(matcher, number),
                  entry);
    r = evaluate_signal(&matcher->attempt, matcher->neighbours, record);
    trace_attempt(matcher, ref, r > 0);
    if (r > 0 && matcher->attempt.signal->blind_spot) {
        note_blind_spot(matcher);
    }
    if (r > 0) {
        add_signal(matcher, ref, record);
    }
    return r < 0 ? r : 0;
}

/* The record of before, as it was met at the end of the last batch? */
static bool is_last(const struct matcher *matcher, const struct origin *origin)
{
    return matcher->record > 0 && origin->line != 0 && matcher->origin.line == origin->line &&
           matcher->origin.input == origin->input && matcher->origin.offset == origin->offset;
}

/* Literals in the continuation lines of a record name it again, after other records or in the
 * next batch; its number identifies it. */
static void number_record(struct matcher *matcher, struct neighbour *record)
{
    if (record->number == 0) {
        record->number =
            is_last(matcher, &record->entry.origin) ? matcher->record : ++matcher->n_candidates;
    }
    matcher->record = record->number;
    matcher->origin = record->entry.origin;
}

static int open_record(struct matcher *matcher, position at, struct neighbour **ret)
{
    int r;

    neighbours_trim(matcher->neighbours);
    r = neighbours_get(matcher->neighbours, at, ret);
    if (r < 0) {
        return r;
    }
    number_record(matcher, *ret);
    return 0;
}

/* Tries one signal on the record at `offset` of the batch; `*record` is the one of the call before, or
 * NULL. */
static int try_at(struct matcher *matcher, const struct batch *batch, size_t offset, uint32_t id,
                  struct neighbour **record)
{
    position at = batch_locate(batch, offset);
    int r = !*record || (*record)->at != at ? open_record(matcher, at, record) : 0;

    if (r < 0) {
        return r;
    }
    if ((*record)->entry.streams & rule_of(matcher, id)->streams) {
        return try_ref(matcher, id, &(*record)->entry, *record);
    }
    trace(matcher, &matcher->refs.items[id], MATCH_STREAM, &(*record)->entry);
    return 0;
}

static struct span line_at(struct span bytes, size_t at)
{
    const char *newline = memrchr(bytes.data, '\n', at);
    struct span line = span_skip(bytes, newline ? (size_t)(newline - bytes.data) + 1 : 0);
    ptrdiff_t end = span_find_byte(line, '\n');

    return end < 0 ? line : span_head(line, (size_t)end);
}

/* What all of these texts begin with. */
static struct span common_start(const struct span *texts, size_t n)
{
    struct span start = texts[0];

    for (size_t i = 1; i < n; i++) {
        size_t same = 0;

        while (same < start.size && same < texts[i].size &&
               start.data[same] == texts[i].data[same]) {
            same++;
        }
        start.size = same;
    }
    return start;
}

/* Is one of the texts in the line? Most lines do not even have what all of them begin with. */
static bool holds_one(struct span line, const struct span *texts, size_t n)
{
    struct span start = common_start(texts, n);
    ptrdiff_t at;

    while (line.size > 0 && (at = span_find(line, start)) >= 0) {
        line = span_skip(line, (size_t)at);
        for (size_t i = 0; i < n; i++) {
            if (span_starts(line, texts[i])) {
                return true;
            }
        }
        line = span_skip(line, 1);
    }
    return false;
}

/* Does the line of the hit hold all that its signal requires of a raw line? */
static bool is_candidate(const struct matcher *matcher, struct span bytes, size_t at, uint32_t id)
{
    const struct signal_rule *signal = rule_of(matcher, id);

    return signal->n_also == 0 || holds_one(line_at(bytes, at), signal->also, signal->n_also);
}

/* The hits in whole lines that begin at `start` of the batch, from which their ends count; it may be before the batch, and
 * the last ones after it. */
static int run_lines(struct matcher *matcher, const struct batch *batch, int64_t start,
                     const struct literal_hit *hits, size_t n, struct neighbour **record)
{
    int r = 0;

    for (size_t i = 0; r >= 0 && i < n; i++) {
        int64_t at = start + (int64_t)hits[i].end - 1;

        if (at >= 0 && at < (int64_t)batch->bytes.size &&
            is_candidate(matcher, batch->bytes, (size_t)at, hits[i].id)) {
            r = try_at(matcher, batch, (size_t)at, hits[i].id, record);
        }
    }
    return r;
}

/* Whole lines that were not searched yet. */
static int run_gap(struct matcher *matcher, const struct batch *batch, size_t start, size_t end,
                   struct neighbour **record)
{
    const struct literal_hit *hits;
    size_t n;

    if (start >= end) {
        return 0;
    }
    hits = prefilter_scan(matcher->prefilter,
                          span_head(span_skip(batch->bytes, start), end - start), &n);
    matcher->stats.bytes += end - start;
    return run_lines(matcher, batch, (int64_t)start, hits, n, record);
}

/* The blocks were searched when they were read, but for the lines at their ends. The first and the last one can be
 * partly outside of the batch. */
static int run_blocks(struct matcher *matcher, const struct batch *batch)
{
    int64_t done = 0, size = (int64_t)batch->bytes.size;
    struct neighbour *record = NULL;
    int r = 0;

    for (size_t i = 0; r >= 0 && i < batch->n_blocks; i++) {
        const struct text_block *block = &batch->blocks[i];
        int64_t start =
            (int64_t)(block->offset - batch->blocks_at) + (block->lines.data - block->bytes.data);
        int64_t end = start + (int64_t)block->lines.size;

        end = end < size ? end : size;
        if (block->lines.size == 0 || end <= 0 || start >= size) {
            continue;
        }
        r = start > done ? run_gap(matcher, batch, (size_t)done, (size_t)start, &record) : 0;
        if (r >= 0) {
            r = run_lines(matcher, batch, start, block->hits, block->n_hits, &record);
        }
        matcher->stats.bytes += (uint64_t)(end - (start > 0 ? start : 0));
        done = end;
    }
    return r < 0 ? r : run_gap(matcher, batch, (size_t)done, batch->bytes.size, &record);
}

static int run_piece(struct matcher *matcher, const struct batch *batch,
                     const struct scan_piece *piece, struct neighbour **record)
{
    return run_lines(matcher, batch, (int64_t)piece->start, piece->hits, piece->n_hits, record);
}

static int run_hits(struct matcher *matcher, const struct batch *batch)
{
    struct neighbour *record = NULL;
    struct scan_piece piece;
    int r = 0;

    batch_scan_begin(matcher->scan, batch->bytes);
    while (r >= 0 && batch_scan_next(matcher->scan, &piece)) {
        r = run_piece(matcher, batch, &piece, &record);
    }
    batch_scan_end(matcher->scan);
    return r;
}

/* All signals on the record at `offset`. */
static int try_all(struct matcher *matcher, const struct batch *batch, size_t offset,
                   struct neighbour **record)
{
    int r = 0;

    for (size_t i = 0; r >= 0 && i < matcher->refs.n; i++) {
        r = try_at(matcher, batch, offset, (uint32_t)i, record);
    }
    return r;
}

/* All signals on all records, as if each had all literals. A line can hold several records. */
static int run_all(struct matcher *matcher, const struct batch *batch)
{
    struct neighbour *record = NULL;
    int r = 0;

    for (size_t offset = 0; r >= 0 && offset < batch->bytes.size; offset++) {
        if (!record || record->at != batch_locate(batch, offset)) {
            r = try_all(matcher, batch, offset, &record);
        }
    }
    return r;
}

void matcher_try_all(struct matcher *matcher)
{
    matcher->tries_all = true;
}

void matcher_set_threads(struct matcher *matcher, unsigned n)
{
    batch_scan_set_threads(matcher->scan, n);
}

int matcher_run(struct matcher *matcher, const struct batch *batch, struct store *store,
                struct notes *notes, struct span name)
{
    int r;

    matcher->store = store;
    matcher->attempt.notes = notes;
    matcher->attempt.input_name = name;
    matcher->stats.records += batch->n_records;
    neighbours_begin(matcher->neighbours, batch);
    if (matcher->tries_all) {
        r = run_all(matcher, batch);
    } else {
        r = batch->n_blocks ? run_blocks(matcher, batch) : run_hits(matcher, batch);
    }
    return r < 0 ? r : 0;
}

struct batch matcher_batch(const struct matcher *matcher)
{
    return neighbours_share(matcher->neighbours);
}

void matcher_run_state(struct matcher *matcher, struct span kind, struct span text, uint32_t input,
                       struct span path, struct store *store, struct notes *notes)
{
    struct entry entry = entry_empty();

    matcher->store = store;
    matcher->attempt.notes = notes;
    matcher->attempt.input_name = path;
    entry.origin = (struct origin){ .input = input, .member = path };
    while (span_cut(&text, '\n', &entry.raw)) {
        entry.message = span_trim(entry.raw);
        entry.origin.line++;
        matcher->record = ++matcher->n_candidates;
        for (size_t i = 0; i < matcher->refs.n; i++) {
            if (span_equal(rule_of(matcher, i)->state_kind, kind)) {
                (void)try_ref(matcher, i, &entry, /* record = */ NULL);
            }
        }
    }
}

static void search(void *data, struct span lines, void (*found)(void *owner, size_t offset),
                   void *owner)
{
    const struct matcher *matcher = data;
    size_t n;
    const struct literal_hit *hits = prefilter_scan(matcher->prefilter, lines, &n);

    for (size_t i = 0; i < n; i++) {
        if (is_candidate(matcher, lines, hits[i].end - 1, hits[i].id)) {
            found(owner, hits[i].end - 1);
        }
    }
}

static void *scan_new(void *data)
{
    const struct matcher *matcher = data;

    return prefilter_share(matcher->prefilter);
}

static const struct literal_hit *scan(void *scan, struct span lines, size_t *ret_n)
{
    return prefilter_scan(scan, lines, ret_n);
}

static void scan_free(void *scan)
{
    prefilter_free(scan);
}

struct line_filter matcher_filter(struct matcher *matcher)
{
    return (struct line_filter){ .search = search,
                                 .scan_new = scan_new,
                                 .scan = scan,
                                 .scan_free = scan_free,
                                 .data = matcher };
}

void matcher_watch(struct matcher *matcher,
                   void (*seen)(void *data, const struct signal *signal, position at), void *data)
{
    matcher->seen = seen;
    matcher->seen_data = data;
}

struct matcher_stats matcher_stats(const struct matcher *matcher)
{
    struct matcher_stats stats = matcher->stats;

    stats.bytes += batch_scan_n_bytes(matcher->scan);
    stats.candidates = matcher->n_candidates;
    stats.decoded = neighbours_n_decoded(matcher->neighbours);
    stats.tried = matcher->attempt.n_tried;
    return stats;
}
