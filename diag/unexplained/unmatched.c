/* Lines that no rule knows, counted by their template.
 *
 *   kubelet[811]: E0302 08:00:03.1 ... "The moon is full"     3 lines before a death, seen only there
 *   systemd[1]: kubelet.service: Main process exited, ...     the death
 */

#include "unexplained/unmatched.h"

#include "base/calendar.h"
#include "base/cleanup.h"
#include "base/map.h"
#include "base/vec.h"
#include "entry/line_template.h"
#include "rule/death.h"

#include <stdlib.h>

enum {
    TEMPLATES_MAX = 8192, /* counted; half of them are forgotten when there are more */
    RARE_LINES = 500,     /* in a shorter log nothing can be called rare */
    RECENT_MAX = 256,     /* the last lines that are searched when something dies */
    MESSAGE_BYTES = 2048,
};

/* A line at most this long before a death may have to do with it. */
static const int64_t BEFORE_US = 30 * USEC_PER_SEC;

/* The lines of one template. */
struct counted_lines {
    struct unmatched_line line;
    struct arena *arena; /* of its spans */
    uint64_t seen_at;    /* number of its last line */
    uint64_t death;      /* the last death it was counted for */
};

/* One of the last lines. */
struct recent_line {
    uint32_t counted; /* index of its counted_lines */
    int64_t time_us;
    uint64_t number;
};

struct unmatched {
    const struct rules *rules;
    uint64_t streams;     /* those that matter */
    VEC(position) known;  /* records of the batch that a rule knows, ascending */
    VEC(position) deaths; /* likewise, records that report a death */
    VEC(struct counted_lines) counted;
    struct map *by_template; /* index + 1 */
    struct recent_line recent[RECENT_MAX];
    uint64_t n_recent; /* ever put there; the last RECENT_MAX are present */
    uint64_t n_lines, n_deaths, n_forgotten;
    int64_t last_death_us;
};

struct unmatched *unmatched_new(const struct rules *rules)
{
    static const struct span names[] = {
        { "kubelet", 7 }, { "runtime", 7 }, { "kernel", 6 }, { "systemd", 7 }
    };
    struct unmatched *unmatched = ALLOC(struct unmatched);

    unmatched->rules = rules;
    unmatched->by_template = map_new();
    unmatched->last_death_us = TIME_UNKNOWN;
    for (size_t i = 0; i < N_ELEMENTS(names); i++) {
        int stream = streams_find(&rules->streams, names[i]);

        if (stream >= 0) {
            unmatched->streams |= (uint64_t)1 << stream;
        }
    }
    return unmatched;
}

void unmatched_free(struct unmatched *unmatched)
{
    if (!unmatched) {
        return;
    }
    for (size_t i = 0; i < unmatched->counted.n; i++) {
        arena_free(unmatched->counted.items[i].arena);
    }
    vec_free(&unmatched->counted);
    vec_free(&unmatched->known);
    vec_free(&unmatched->deaths);
    map_free(unmatched->by_template);
    free(unmatched);
}

/* --- lines that a rule knows --- */

/* A symptom that the process itself reports shows that it died, and leaves open why. */
static bool is_own_symptom(const struct rules *rules, const struct signal *signal)
{
    return rules->items[signal->rule].symptom && signal->streams == signal->unit_streams;
}

static void note(void *data, const struct signal *signal, position at)
{
    struct unmatched *unmatched = data;

    if (rule_reports_death(unmatched->rules, signal)) {
        vec_push(&unmatched->deaths, at);
    }
    if (!is_own_symptom(unmatched->rules, signal)) {
        vec_push(&unmatched->known, at);
    }
}

static int compare_positions(const void *a, const void *b)
{
    position x = *(const position *)a, y = *(const position *)b;

    return (x > y) - (x < y);
}

static void sort_positions(position *items, size_t n)
{
    if (n > 1) {
        qsort(items, n, sizeof(*items), compare_positions);
    }
}

static bool is_among(const position *items, size_t n, position at)
{
    return n > 0 && bsearch(&at, items, n, sizeof(at), compare_positions) != NULL;
}

/* --- counting by template --- */

static int by_use(const void *a, const void *b)
{
    const struct counted_lines *x = a, *y = b;

    if (x->line.before_deaths != y->line.before_deaths) {
        return x->line.before_deaths < y->line.before_deaths ? 1 : -1;
    }
    return x->seen_at < y->seen_at ? 1 : -1;
}

/* Forgets half of them: those that preceded no death and were seen longest ago. */
static void forget(struct unmatched *unmatched)
{
    struct counted_lines *counted = unmatched->counted.items;
    size_t kept = unmatched->counted.n / 2;

    qsort(counted, unmatched->counted.n, sizeof(*counted), by_use);
    for (size_t i = kept; i < unmatched->counted.n; i++) {
        arena_free(counted[i].arena);
    }
    unmatched->n_forgotten += unmatched->counted.n - kept;
    unmatched->counted.n = kept;
    map_free(unmatched->by_template);
    unmatched->by_template = map_new();
    for (size_t i = 0; i < kept; i++) {
        *map_at(unmatched->by_template, counted[i].line.template) = (void *)(uintptr_t)(i + 1);
    }
    unmatched->n_recent = 0;
}

static void take_example(struct counted_lines *lines, const struct entry *entry)
{
    struct unmatched_line *line = &lines->line;
    struct arena *arena = arena_new();

    line->template = arena_copy(arena, line->template);
    line->first_stamp = arena_copy(arena, line->first_stamp);
    line->stamp = arena_copy(arena, entry->stamp);
    line->host = arena_copy(arena, entry->host);
    line->identifier = arena_copy(arena, entry->identifier);
    line->unit = arena_copy(arena, entry->unit);
    line->message = arena_copy(arena, span_head(entry->message, MESSAGE_BYTES));
    line->raw = arena_copy(arena, span_head(entry->raw, MESSAGE_BYTES));
    line->origin = entry->origin;
    line->origin.cursor = arena_copy(arena, entry->origin.cursor);
    line->origin.member = arena_copy(arena, entry->origin.member);
    line->pid = entry->pid;
    line->about = !span_empty(entry->about_unit);
    line->streams = entry->streams;
    line->last = entry->when;
    line->last_stamp = line->stamp;
    arena_free(lines->arena);
    lines->arena = arena;
}

static struct counted_lines *find_lines(struct unmatched *unmatched, const struct entry *entry)
{
    CLEANUP(buf_done_at) struct buf template = { 0 };
    struct counted_lines *lines;
    void **place;

    line_template_add(&template, entry->message);
    if (unmatched->counted.n == TEMPLATES_MAX) {
        forget(unmatched);
    }
    place = map_at(unmatched->by_template, buf_span(&template));
    if (*place) {
        return &unmatched->counted.items[(uintptr_t)*place - 1];
    }
    vec_push(&unmatched->counted, (struct counted_lines){ 0 });
    *place = (void *)(uintptr_t)unmatched->counted.n;
    lines = &unmatched->counted.items[unmatched->counted.n - 1];
    lines->line.template = buf_span(&template);
    lines->line.first = entry->when;
    lines->line.first_stamp = entry->stamp;
    take_example(lines, entry);
    return lines;
}

static void count(struct unmatched *unmatched, const struct entry *entry)
{
    enum severity_hint hint = severity_hint_of(entry);
    struct counted_lines *lines;
    uint32_t index;

    if (hint == HINT_STACK) {
        return;
    }
    lines = find_lines(unmatched, entry);
    index = (uint32_t)(lines - unmatched->counted.items);
    if (hint > lines->line.hint) {
        lines->line.hint = hint;
    }
    /* The latest line is the example until one precedes a death. */
    if (lines->line.count > 0 && lines->line.before_deaths == 0) {
        take_example(lines, entry);
    }
    lines->line.count++;
    lines->line.last = entry->when;
    lines->seen_at = unmatched->n_lines;
    unmatched->recent[unmatched->n_recent++ % RECENT_MAX] =
        (struct recent_line){ index, entry->when.time_us, unmatched->n_lines };
}

/* --- deaths --- */

static bool is_before(const struct recent_line *recent, int64_t death_us)
{
    return death_us == TIME_UNKNOWN || recent->time_us == TIME_UNKNOWN ||
           (death_us - recent->time_us <= BEFORE_US && death_us >= recent->time_us);
}

/* systemd reports one death in several lines, and the process may have reported it before. */
static bool is_another_death(const struct unmatched *unmatched, int64_t death_us)
{
    return unmatched->n_deaths == 0 || death_us == TIME_UNKNOWN ||
           unmatched->last_death_us == TIME_UNKNOWN ||
           llabs(death_us - unmatched->last_death_us) > USEC_PER_SEC;
}

/* Lines of one template count once for each death, the nearest for the distance. */
static void count_before_death(struct counted_lines *lines, uint64_t death, uint64_t distance)
{
    if (lines->death == death) {
        return;
    }
    lines->death = death;
    if (lines->line.before_deaths++ == 0 || distance < lines->line.distance) {
        lines->line.distance = distance;
    }
}

static void count_death(struct unmatched *unmatched, int64_t death_us)
{
    uint64_t n = unmatched->n_recent < RECENT_MAX ? unmatched->n_recent : RECENT_MAX;

    unmatched->n_deaths += is_another_death(unmatched, death_us);
    unmatched->last_death_us = death_us;
    for (uint64_t i = 1; i <= n; i++) {
        const struct recent_line *recent =
            &unmatched->recent[(unmatched->n_recent - i) % RECENT_MAX];

        if (!is_before(recent, death_us)) {
            return;
        }
        count_before_death(&unmatched->counted.items[recent->counted], unmatched->n_deaths,
                           unmatched->n_lines - recent->number);
    }
}

/* --- batches --- */

/* Does a process of the streams that matter log it, and does no rule know it? Events and the lines
 * of `systemctl status` repeat what was logged elsewhere. */
static bool is_unmatched(const struct unmatched *unmatched, const struct entry *entry, position at)
{
    return (entry->streams & unmatched->streams) && !span_empty(entry->message) &&
           !span_is(entry->transport, "event") && !span_is(entry->transport, "status") &&
           !is_among(unmatched->known.items, unmatched->known.n, at);
}

static void take_entry(struct unmatched *unmatched, const struct entry *entry, position at)
{
    unmatched->n_lines++;
    if (is_unmatched(unmatched, entry, at)) {
        count(unmatched, entry);
    }
    if (is_among(unmatched->deaths.items, unmatched->deaths.n, at)) {
        count_death(unmatched, entry->when.time_us);
    }
}

/* From the oldest record of the batch to its newest. */
static void look(void *data, const struct batch *batch)
{
    struct unmatched *unmatched = data;
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    position first = batch_locate(batch, 0);
    position last = batch_locate(batch, batch->bytes.size - 1);
    position at = batch->newest_first ? last : first;
    position end = batch->newest_first ? first : last;

    if (batch->newest_first) {
        unmatched->n_recent = 0;
    }
    sort_positions(unmatched->known.items, unmatched->known.n);
    sort_positions(unmatched->deaths.items, unmatched->deaths.n);
    for (;;) {
        struct entry entry;

        if (batch_decode(batch, at, arena, &entry) > 0) {
            take_entry(unmatched, &entry, at);
        }
        arena_clear(arena);
        if (at == end || batch_step(batch, at, batch->newest_first ? -1 : 1, &at) <= 0) {
            break;
        }
    }
    vec_clear(&unmatched->known);
    vec_clear(&unmatched->deaths);
}

struct watcher unmatched_watcher(struct unmatched *unmatched)
{
    return (struct watcher){ .note = note, .look = look, .data = unmatched };
}

/* --- the answer --- */

/* Seen before deaths and hardly elsewhere. */
static bool is_rare(const struct unmatched_line *line)
{
    return line->before_deaths > 0 && line->count <= line->before_deaths + line->before_deaths / 2;
}

static bool is_worth_listing(const struct unmatched *unmatched, const struct unmatched_line *line)
{
    return line->hint >= HINT_WARNING || (unmatched->n_lines >= RARE_LINES && is_rare(line));
}

/* Fatal lines first, lines of PID 1 about units last; between them those before deaths, by severity
 * hint, by how rare they are elsewhere, and by how near they are. */
static int by_weight(const void *a, const void *b)
{
    const struct unmatched_line *x = a, *y = b;
    int r = (int)(y->hint == HINT_FATAL) - (int)(x->hint == HINT_FATAL);

    if (r == 0) {
        r = (int)x->about - (int)y->about;
    }
    if (r == 0) {
        r = (int)(y->before_deaths > 0) - (int)(x->before_deaths > 0);
    }
    if (r == 0) {
        r = (int)y->hint - (int)x->hint;
    }
    if (r == 0) {
        r = (int)is_rare(y) - (int)is_rare(x);
    }
    if (r == 0 && x->distance != y->distance) {
        r = x->distance < y->distance ? -1 : 1;
    }
    if (r == 0 && x->count != y->count) {
        r = x->count > y->count ? -1 : 1;
    }
    return r;
}

static struct unmatched_line copy_line(const struct unmatched_line *line, struct arena *arena)
{
    struct unmatched_line copy = *line;
    struct span *const spans[] = { &copy.template,      &copy.first_stamp,  &copy.last_stamp,
                                   &copy.stamp,         &copy.host,         &copy.identifier,
                                   &copy.unit,          &copy.message,      &copy.raw,
                                   &copy.origin.cursor, &copy.origin.member };

    for (size_t i = 0; i < N_ELEMENTS(spans); i++) {
        *spans[i] = arena_copy(arena, *spans[i]);
    }
    return copy;
}

struct unmatched_lines unmatched_lines(const struct unmatched *unmatched, struct arena *arena)
{
    struct unmatched_line *items = ARENA_ARRAY(arena, struct unmatched_line, unmatched->counted.n);
    struct unmatched_lines lines = {
        .items = items,
        .deaths = unmatched->n_deaths,
        .forgotten = unmatched->n_forgotten,
    };

    for (size_t i = 0; i < unmatched->counted.n; i++) {
        if (is_worth_listing(unmatched, &unmatched->counted.items[i].line)) {
            items[lines.n++] = copy_line(&unmatched->counted.items[i].line, arena);
        }
    }
    if (lines.n > 1) {
        qsort(items, lines.n, sizeof(*items), by_weight);
    }
    return lines;
}
