/* Many entries read as one signal: the kernel's report of an out-of-memory kill has 50 to 300
 * lines,
 *
 *   kernel: postgres invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, ...           (from)
 *   kernel: [   4711]     0  4711   262144    98304   917504        0             0 postgres (rows)
 *   kernel: Out of memory: Killed process 4711 (postgres) total-vm:1048576kB, ...         (anchor)
 *
 * Back and forward are meant in time. A log may be newest first (journalctl -r, web consoles),
 * so the clocks of the entries around the anchor decide the direction. */

#include "match/block.h"

#include "base/limits.h"

#include <stdlib.h>

/* Numbers of the patterns of a block in neighbour.missed. */
enum {
    BIT_FROM,
    BIT_TO,
    BIT_ROWS,
    BIT_READS,
    N_BITS = 64
};

struct block_reader {
    struct attempt *attempt;
    struct neighbours *neighbours;
    struct neighbour *anchor;
    const struct block_rule *rule;
    VEC(struct neighbour *) sides[2]; /* entries earlier and later in time, the nearest first */
};

/* The match of a pattern of the block on the entry's message, or NULL. Each pattern that fails on
 * an entry is not tried on it again, however many signals look at that entry. */
static struct pattern *match(struct block_reader *reader, struct neighbour *neighbour, size_t bit,
                             uint32_t pattern)
{
    struct pattern *matched;

    if (pattern == PATTERN_NONE) {
        return NULL;
    }
    if (neighbour->missed_for != reader->rule) {
        neighbour->missed_for = reader->rule;
        neighbour->missed = 0;
    }
    if (bit < N_BITS && neighbour->missed >> bit & 1) {
        return NULL;
    }
    matched = attempt_match(reader->attempt, pattern, neighbour->entry.message, /* start = */ 0);
    if (!matched && bit < N_BITS) {
        neighbour->missed |= UINT64_C(1) << bit;
    }
    return matched;
}

static bool contradict(struct span a, struct span b)
{
    return !span_empty(a) && !span_empty(b) && !span_equal(a, b);
}

/* Is the entry in the same stream of the same host as the anchor? */
static bool belongs(const struct block_reader *reader, const struct neighbour *neighbour)
{
    const struct entry *entry = &neighbour->entry, *own = &reader->anchor->entry;

    return neighbour->is_entry &&
           (entry->streams & own->streams & reader->attempt->signal->streams) &&
           !contradict(entry->host, own->host) && !contradict(entry->boot, own->boot);
}

/* Microseconds from the anchor to the entry, negative when it is earlier; 0 when unknown. */
static int64_t distance(const struct block_reader *reader, const struct neighbour *neighbour)
{
    const struct moment *a = &reader->anchor->entry.when, *b = &neighbour->entry.when;

    if (a->monotonic_us != TIME_UNKNOWN && b->monotonic_us != TIME_UNKNOWN) {
        return b->monotonic_us - a->monotonic_us;
    }
    if (a->time_us != TIME_UNKNOWN && b->time_us != TIME_UNKNOWN) {
        return b->time_us - a->time_us;
    }
    return 0;
}

/* The next entry in that direction of the input that belongs to the block's stream. 1; 0 when
 * there are no more or `*budget` records were read; negative errno. */
static int next(struct block_reader *reader, struct neighbour **at, int direction, unsigned *budget)
{
    int r;

    while (*budget > 0) {
        --*budget;
        r = neighbours_step(reader->neighbours, *at, direction, at);
        if (r <= 0) {
            return r;
        }
        if (belongs(reader, *at)) {
            return 1;
        }
    }
    return 0;
}

/* The direction of the input in which time increases: from the nearest entry with another time
 * than the anchor's; without any, from the input as a whole. */
static int find_direction(struct block_reader *reader, int *ret)
{
    static const int directions[] = { -1, 1 };

    for (size_t i = 0; i < N_ELEMENTS(directions); i++) {
        struct neighbour *at = reader->anchor;
        unsigned budget = LIMIT_BLOCK_RECORDS;
        int64_t us = 0;
        int r = 1;

        while (us == 0 && (r = next(reader, &at, directions[i], &budget)) > 0) {
            us = distance(reader, at);
        }
        if (r < 0) {
            return r;
        }
        if (us != 0) {
            *ret = (us > 0) == (directions[i] > 0) ? 1 : -1;
            return 0;
        }
    }
    *ret = neighbours_batch(reader->neighbours)->newest_first ? -1 : 1;
    return 0;
}

/* One border of a block. */
struct border {
    size_t bit; /* of its pattern in neighbour.missed */
    uint32_t pattern;
};

/* Collects the entries on one side (0: earlier, 1: later) up to the one that matches `border`.
 * The opposite border is where another block ends or begins: what follows belongs to that one. */
static int collect(struct block_reader *reader, int side, int direction, struct border border,
                   struct border opposite)
{
    struct neighbour *at = reader->anchor;
    unsigned budget = LIMIT_BLOCK_RECORDS;
    int r;

    if (border.pattern == PATTERN_NONE || match(reader, at, border.bit, border.pattern)) {
        return 0;
    }
    while (reader->sides[side].n < reader->rule->lines) {
        r = next(reader, &at, direction, &budget);
        if (r <= 0) {
            return r;
        }
        if (reader->rule->within_us > 0 && llabs(distance(reader, at)) > reader->rule->within_us) {
            return 0;
        }
        if (match(reader, at, border.bit, border.pattern)) {
            vec_push(&reader->sides[side], at);
            return 0;
        }
        if (match(reader, at, opposite.bit, opposite.pattern)) {
            return 0;
        }
        vec_push(&reader->sides[side], at);
    }
    return 0;
}

static void read_facts(struct block_reader *reader, struct neighbour *neighbour)
{
    for (size_t i = 0; i < reader->rule->n_reads; i++) {
        struct pattern *matched = match(reader, neighbour, BIT_READS + i, reader->rule->reads[i]);

        if (matched) {
            attempt_add_groups(reader->attempt, matched);
        }
    }
}

/* The anchor itself, then outwards; of two equally far the earlier first. */
static void read_all_facts(struct block_reader *reader)
{
    read_facts(reader, reader->anchor);
    for (size_t i = 0; i < reader->sides[0].n || i < reader->sides[1].n; i++) {
        for (int side = 0; side < 2; side++) {
            if (i < reader->sides[side].n) {
                read_facts(reader, reader->sides[side].items[i]);
            }
        }
    }
}

struct ranked {
    struct fact_row row;
    const struct fact *top; /* NULL: the row does not have it */
    size_t number;          /* in time */
};

struct ranking {
    VEC(struct ranked) rows;
};

static void rank_row(struct block_reader *reader, struct neighbour *neighbour,
                     struct ranking *ranking)
{
    struct pattern *matched;
    struct ranked ranked = { .number = ranking->rows.n };

    if (ranking->rows.n >= LIMIT_BLOCK_ROWS) {
        return;
    }
    matched = match(reader, neighbour, BIT_ROWS, reader->rule->rows);
    if (!matched) {
        return;
    }
    ranked.row = attempt_row(reader->attempt, matched, reader->rule->rows_name);
    ranked.top = fact_row_find(&ranked.row, reader->rule->rows_top);
    vec_push(&ranking->rows, ranked);
}

/* The largest first; rows without a size last; else in their order. */
static int compare_rows(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    int order = 0;

    if (x->top && y->top) {
        order = fact_compare(y->top, x->top);
    } else if (x->top || y->top) {
        order = x->top ? -1 : 1;
    }
    return order != 0 ? order : (x->number > y->number) - (x->number < y->number);
}

static void add_table(struct block_reader *reader, struct ranking *ranking)
{
    size_t n = ranking->rows.n;
    struct fact_row *rows;

    if (n == 0) {
        return;
    }
    qsort(ranking->rows.items, n, sizeof(*ranking->rows.items), compare_rows);
    if (reader->rule->rows_keep > 0 && n > reader->rule->rows_keep) {
        n = reader->rule->rows_keep;
    }
    rows = ARENA_ARRAY(reader->attempt->arena, struct fact_row, n);
    for (size_t i = 0; i < n; i++) {
        rows[i] = ranking->rows.items[i].row;
    }
    vec_push(&reader->attempt->tables,
             (struct fact_table){ .name = reader->rule->rows_name, .rows = rows, .n_rows = n });
}

static void read_rows(struct block_reader *reader)
{
    struct ranking ranking = { 0 };

    if (span_empty(reader->rule->rows_name)) {
        return;
    }
    for (size_t i = reader->sides[0].n; i-- > 0;) {
        rank_row(reader, reader->sides[0].items[i], &ranking);
    }
    rank_row(reader, reader->anchor, &ranking);
    for (size_t i = 0; i < reader->sides[1].n; i++) {
        rank_row(reader, reader->sides[1].items[i], &ranking);
    }
    add_table(reader, &ranking);
    vec_free(&ranking.rows);
}

static int collect_all(struct block_reader *reader)
{
    struct border from = { BIT_FROM, reader->rule->from }, to = { BIT_TO, reader->rule->to };
    int direction, r;

    r = find_direction(reader, &direction);
    if (r >= 0) {
        r = collect(reader, 0, -direction, from, to);
    }
    if (r >= 0) {
        r = collect(reader, 1, direction, to, from);
    }
    return r;
}

int block_read(struct attempt *attempt, struct neighbours *neighbours, struct neighbour *anchor)
{
    struct block_reader reader = {
        .attempt = attempt,
        .neighbours = neighbours,
        .anchor = anchor,
        .rule = &attempt->signal->block,
    };
    int r = collect_all(&reader);

    if (r >= 0) {
        read_all_facts(&reader);
        read_rows(&reader);
    }
    vec_free(&reader.sides[0]);
    vec_free(&reader.sides[1]);
    return r < 0 ? r : 0;
}
