/* What a finding says: its times, confidence, status, lives, evidence and texts. */

#include "reason/draft.h"

#include <inttypes.h>
#include <stdlib.h>

enum {
    MAX_EVIDENCE = 48,
    EVIDENCE_OF_SIGNAL = 12
};

/* A unit that came back must stay up at least so long to count as recovered. */
static const int64_t STABLE_US = 30 * USEC_PER_SEC;

static struct arena *arena_of(const struct reasoning *it)
{
    return it->report->arena;
}

static const struct event *first_event(const struct reasoning *it, const struct draft *draft)
{
    return reason_event(it, draft->events.items[0]);
}

static const struct event *last_event(const struct reasoning *it, const struct draft *draft)
{
    return reason_event(it, draft->events.items[draft->events.n - 1]);
}

/* --- confidence ---------------------------------------------------------------------------- */

static struct when_scope scope_of(const struct reasoning *it, struct draft *draft)
{
    /* Movers ask for events and context alike, so they get both, in order. */
    uint32_t *all = ARENA_ARRAY(arena_of(it), uint32_t, draft->events.n + draft->context.n);
    size_t e = 0, c = 0, n = 0;

    while (e < draft->events.n || c < draft->context.n) {
        if (c == draft->context.n ||
            (e < draft->events.n && draft->events.items[e] < draft->context.items[c])) {
            all[n++] = draft->events.items[e++];
        } else {
            all[n++] = draft->context.items[c++];
        }
    }
    return (struct when_scope){ &it->timeline, draft->rule, all, n, draft->states };
}

static const char *fill(const struct reasoning *it, const struct draft *draft, const char *text);

static void add_reason(struct reasoning *it, struct draft *draft, const char *reason)
{
    if (reason && *reason) {
        vec_push(&draft->reasons, arena_string(arena_of(it), span_of(reason)));
    }
}

static void move(struct reasoning *it, struct draft *draft, const struct confidence_mover *movers,
                 size_t n, int step)
{
    for (size_t i = 0; i < n; i++) {
        int level = (int)draft->confidence + step;
        enum tristate answer = when_ask(movers[i].when, &draft->scope);

        if (answer == IS_TRUE && level >= CONFIDENCE_POSSIBLE && level <= CONFIDENCE_CERTAIN) {
            draft->confidence = (enum finding_confidence)level;
        }
        if (answer == IS_TRUE) {
            add_reason(it, draft, fill(it, draft, movers[i].because));
        }
    }
}

static const struct signal_rule *rule_of(const struct draft *draft, const struct event *event)
{
    return &draft->rule->signals[event->index];
}

static void say_why(struct reasoning *it, struct draft *draft)
{
    for (size_t i = 0; i < draft->events.n; i++) {
        const struct signal_rule *signal = rule_of(draft, reason_event(it, draft->events.items[i]));

        if (signal->role == ROLE_PROOF) {
            add_reason(it, draft,
                       arena_printf(arena_of(it), "the signal `%.*s` is proof by itself",
                                    (int)signal->name.size, signal->name.data));
            return;
        }
    }
    add_reason(it, draft,
               draft->rule->when ? "several signs come together" : "signs only, no proof");
}

/* Something said against it counts when it was said last. */
static void weigh_against(struct reasoning *it, struct draft *draft)
{
    for (size_t i = draft->context.n; i > 0; i--) {
        uint32_t index = draft->context.items[i - 1];
        const struct signal_rule *signal = rule_of(draft, reason_event(it, index));

        if (index < draft->events.items[draft->events.n - 1]) {
            return;
        }
        if (signal->role != ROLE_AGAINST) {
            continue;
        }
        if (draft->confidence > CONFIDENCE_POSSIBLE) {
            draft->confidence--;
        }
        add_reason(it, draft,
                   arena_printf(arena_of(it), "the signal `%.*s` speaks against it",
                                (int)signal->name.size, signal->name.data));
        return;
    }
}

static bool hides_lines(enum note_kind kind)
{
    return kind == NOTE_SUPPRESSED || kind == NOTE_MISSED || kind == NOTE_ROTATED_START ||
           kind == NOTE_PATTERN_LIMIT || kind == NOTE_LIMIT;
}

/* A conclusion from silence is weaker where the input has holes. */
static void weigh_blind_spots(struct reasoning *it, struct draft *draft)
{
    if (!when_needs_silence(draft->rule->when) || draft->confidence != CONFIDENCE_LIKELY) {
        return;
    }
    for (size_t i = 0; i < notes_count(it->notes); i++) {
        const struct note *note = notes_get(it->notes, i);

        if (!hides_lines(note->kind)) {
            continue;
        }
        draft->confidence = CONFIDENCE_POSSIBLE;
        add_reason(
            it, draft,
            arena_printf(arena_of(it), "lines may be missing (%s)", note_kind_name(note->kind)));
        return;
    }
}

static void weigh(struct reasoning *it, struct draft *draft)
{
    const struct rule *rule = draft->rule;

    say_why(it, draft);
    move(it, draft, rule->raised_by, rule->n_raised_by, 1);
    move(it, draft, rule->lowered_by, rule->n_lowered_by, -1);
    weigh_against(it, draft);
    weigh_blind_spots(it, draft);
}

/* --- status -------------------------------------------------------------------------------- */

/* The longest pause between two of its events: before so long has passed, silence says nothing. */
static int64_t longest_pause(const struct reasoning *it, const struct draft *draft)
{
    int64_t longest = STABLE_US;

    for (size_t i = 1; i < draft->events.n; i++) {
        int64_t pause;

        if (event_distance(reason_event(it, draft->events.items[i - 1]),
                           reason_event(it, draft->events.items[i]), &pause) &&
            pause > longest) {
            longest = pause;
        }
    }
    return longest;
}

/* The last moment of the node that any signal tells of. */
static const struct event *last_of_node(const struct reasoning *it, uint32_t node)
{
    const struct event *last = NULL;

    for (size_t i = 0; i < it->timeline.n; i++) {
        if (it->timeline.events[i].node == node) {
            last = &it->timeline.events[i];
        }
    }
    return last;
}

static bool recovers(const struct reasoning *it, const struct draft *by, const struct draft *draft)
{
    const struct event *back = last_event(it, by), *bad = last_event(it, draft);
    const struct event *end = last_of_node(it, draft->node);
    int64_t since, stable;

    if (!event_distance(bad, back, &since) || since <= 0) {
        return false;
    }
    return event_distance(back, end, &stable) && stable >= 0 &&
           since + stable >= longest_pause(it, draft);
}

static enum finding_status status_of(const struct reasoning *it, const struct draft *draft)
{
    struct span boot = last_event(it, draft)->signal->boot;
    const struct event *end = last_of_node(it, draft->node);

    for (size_t i = 0; i < draft->rule->n_recovered_by; i++) {
        for (size_t k = 0; k < it->drafts.n; k++) {
            const struct draft *other = &it->drafts.items[k];

            if (!other->silenced && other->rule_index == draft->rule->recovered_by[i] &&
                other->node == draft->node && recovers(it, other, draft)) {
                return STATUS_RECOVERED;
            }
        }
    }
    if (!span_empty(boot) && !span_empty(end->signal->boot) &&
        !span_equal(boot, end->signal->boot)) {
        return STATUS_EARLIER_BOOT;
    }
    return STATUS_ONGOING;
}

/* --- counts and lives ---------------------------------------------------------------------- */

/* Does an earlier event of the list come from the same record? Events of one record stand together.
 */
static bool is_repeated(const struct reasoning *it, const uint32_t *events, size_t at)
{
    return at > 0 &&
           event_same_record(reason_event(it, events[at - 1]), reason_event(it, events[at]));
}

/* Records that were kept, and those that the store only counted. */
static uint64_t count_of(const struct reasoning *it, const struct draft *draft)
{
    bool *counted = alloc_zeroed(store_n_groups(it->store), sizeof(*counted));
    uint64_t count = 0;

    for (size_t i = 0; i < draft->events.n; i++) {
        uint32_t group = reason_event(it, draft->events.items[i])->group;

        if (is_repeated(it, draft->events.items, i)) {
            continue;
        }
        count++;
        if (!counted[group]) {
            count += store_group(it->store, group)->count - it->timeline.kept[group];
        }
        counted[group] = true;
    }
    free(counted);
    return count;
}

static uint32_t unit_of(const struct reasoning *it, const struct draft *draft)
{
    for (size_t i = draft->events.n; i > 0; i--) {
        const struct event *event = reason_event(it, draft->events.items[i - 1]);

        if (event->life != NO_LIFE) {
            return event->unit;
        }
    }
    return NO_UNIT;
}

static void mark_lives(const struct reasoning *it, const struct draft *draft, bool *marks)
{
    for (size_t i = 0; i < draft->events.n; i++) {
        const struct event *event = reason_event(it, draft->events.items[i]);

        if (event->life != NO_LIFE) {
            marks[event->life] = true;
        }
    }
}

/* What ended the life instead: the title of another root that was seen in it. */
static const char *other_cause(const struct reasoning *it, const struct draft *draft, uint32_t life)
{
    for (size_t i = 0; i < it->drafts.n; i++) {
        const struct draft *other = &it->drafts.items[i];

        if (other == draft || other->silenced || other->rule->symptom || other->causes.n ||
            other->rule->severity < RULE_ERROR) {
            continue;
        }
        for (size_t k = 0; k < other->events.n; k++) {
            if (reason_event(it, other->events.items[k])->life == life) {
                return other->rule->title;
            }
        }
    }
    return NULL;
}

static const char *lives_sentence(const struct reasoning *it, const struct draft *draft,
                                  const bool *marks, uint32_t unit)
{
    const struct finding *finding = &draft->finding;
    const char *cause;
    uint32_t number = 0;

    if (finding->lives_all < 2 || finding->lives == 0 || draft->rule->symptom) {
        return NULL;
    }
    if (finding->lives == finding->lives_all) {
        return arena_printf(arena_of(it), "%" PRIu64 " lives ended, all with this cause",
                            finding->lives_all);
    }
    for (uint32_t i = 0; i < it->timeline.n_lives; i++) {
        const struct life *life = &it->timeline.lives[i];

        if (life->node != draft->node || life->unit != unit || !life->ended) {
            continue;
        }
        number++;
        if (marks[i]) {
            continue;
        }
        cause = other_cause(it, draft, i);
        return arena_printf(
            arena_of(it),
            "%" PRIu64 " lives ended, %" PRIu64 " with this cause; the first that differs "
            "is life %" PRIu32 ": %s",
            finding->lives_all, finding->lives, number, cause ? cause : "no rule tells why");
    }
    return NULL;
}

static void count_lives(struct reasoning *it, struct draft *draft)
{
    uint32_t unit = unit_of(it, draft);
    bool *marks;

    if (unit == NO_UNIT) {
        return;
    }
    marks = alloc_zeroed(it->timeline.n_lives, sizeof(*marks));
    mark_lives(it, draft, marks);
    for (size_t i = 0; i < it->timeline.n_lives; i++) {
        const struct life *life = &it->timeline.lives[i];

        if (life->node != draft->node || life->unit != unit || !life->ended) {
            continue;
        }
        draft->finding.lives_all++;
        draft->finding.lives += marks[i];
    }
    draft->finding.lives_sentence = lives_sentence(it, draft, marks, unit);
    free(marks);
}

/* --- evidence ------------------------------------------------------------------------------ */

static struct span stream_name(const struct reasoning *it, const struct draft *draft,
                               const struct event *event)
{
    uint64_t set = rule_of(draft, event)->streams & event->signal->streams;

    if (!set) {
        return (struct span){ 0 };
    }
    return span_of(it->rules->streams.items[__builtin_ctzll(set)].name);
}

static struct span copied(const struct reasoning *it, struct span span)
{
    return span_empty(span) ? (struct span){ 0 } : arena_copy(arena_of(it), span);
}

/* What the process says of its own death comes first, then proofs, signs, context; and each
 * signal's first word before its repetitions. */
static unsigned weight_of(const struct signal_rule *signal, bool repeated)
{
    return (signal->fatal ? 0 : 1 + (unsigned)signal->role) + (repeated ? 8 : 0);
}

static struct evidence evidence_of(const struct reasoning *it, const struct draft *draft,
                                   const struct event *event, bool repeated)
{
    const struct signal *signal = event->seen->whole;
    struct evidence evidence = {
        .when = signal->when,
        .stamp = copied(it, signal->stamp),
        .stream = copied(it, stream_name(it, draft, event)),
        .signal = copied(it, rule_of(draft, event)->name),
        .origin = signal->origin,
        .unit = copied(it, signal->unit),
        .host = copied(it, signal->host),
        .pid = signal->pid,
        .message = copied(it, signal->message),
        .weight = weight_of(rule_of(draft, event), repeated),
        .count = event->signal == store_group(it->store, event->group)->signal
                     ? store_group(it->store, event->group)->count
                     : 1,
    };

    evidence.origin.cursor = copied(it, signal->origin.cursor);
    evidence.origin.member = copied(it, signal->origin.member);
    return evidence;
}

/* The first events of each signal, and its last one: enough to see how it began and what it is now.
 */
static void add_evidence(const struct reasoning *it, const struct draft *draft,
                         const uint32_t *events, size_t n, struct evidence *evidence,
                         size_t *n_evidence)
{
    size_t n_signals = draft->rule->n_signals;
    size_t *seen = alloc_zeroed(n_signals, sizeof(*seen));
    size_t *last = alloc_zeroed(n_signals, sizeof(*last));

    for (size_t i = 0; i < n; i++) {
        if (reason_event(it, events[i])->seen->whole) {
            last[reason_event(it, events[i])->index] = i;
        }
    }
    for (size_t i = 0; i < n && *n_evidence < MAX_EVIDENCE; i++) {
        const struct event *event = reason_event(it, events[i]);

        if (event->seen->whole && !is_repeated(it, events, i) &&
            (seen[event->index] < EVIDENCE_OF_SIGNAL || last[event->index] == i)) {
            evidence[(*n_evidence)++] = evidence_of(it, draft, event, seen[event->index] > 0);
            seen[event->index]++;
        }
    }
    free(seen);
    free(last);
}

static void add_state_evidence(const struct reasoning *it, const struct draft *draft,
                               struct evidence *evidence, size_t *n_evidence)
{
    for (size_t i = 0; i < draft->rule->n_states && *n_evidence < MAX_EVIDENCE; i++) {
        const struct state_row *row = draft->state_rows[i];
        struct span from = draft->rule->states[i].from;

        if (draft->states[i] != IS_TRUE || !row) {
            continue;
        }
        for (size_t k = 0; k < row->n_facts; k++) {
            if (span_is(row->facts[k].name, "line")) {
                evidence[(*n_evidence)++] = (struct evidence){
                    .when = MOMENT_UNKNOWN,
                    .stream = span_of(
                        arena_printf(arena_of(it), "state/%.*s", (int)from.size, from.data)),
                    .signal = copied(it, draft->rule->states[i].name),
                    .origin = { .input = UINT32_MAX,
                                .line = row->line,
                                .member = copied(it, span_of(row->file)) },
                    .pid = -1,
                    .message = copied(it, row->facts[k].text),
                    .weight = 1 + ROLE_CONTEXT,
                    .count = 1,
                };
            }
        }
    }
}

/* Context from records that are evidence already adds nothing. */
static void collect_context(const struct reasoning *it, const struct draft *draft,
                            struct evidence *evidence, size_t *n_evidence)
{
    uint32_t *context = alloc_bytes(draft->context.n * sizeof(*context));
    size_t n = 0, e = 0;

    for (size_t i = 0; i < draft->context.n; i++) {
        const struct event *event = reason_event(it, draft->context.items[i]);

        while (e + 1 < draft->events.n && draft->events.items[e + 1] < draft->context.items[i]) {
            e++;
        }
        if (!event_same_record(event, reason_event(it, draft->events.items[e])) &&
            (e + 1 == draft->events.n ||
             !event_same_record(event, reason_event(it, draft->events.items[e + 1])))) {
            context[n++] = draft->context.items[i];
        }
    }
    add_evidence(it, draft, context, n, evidence, n_evidence);
    free(context);
}

static void collect_evidence(struct reasoning *it, struct draft *draft)
{
    struct evidence *evidence = ARENA_ARRAY(arena_of(it), struct evidence, MAX_EVIDENCE);
    size_t n = 0;

    add_evidence(it, draft, draft->events.items, draft->events.n, evidence, &n);
    collect_context(it, draft, evidence, &n);
    add_state_evidence(it, draft, evidence, &n);
    draft->finding.evidence = evidence;
    draft->finding.n_evidence = n;
}

/* --- texts --------------------------------------------------------------------------------- */

static struct finding_fact builtin_fact(const struct reasoning *it, const char *name,
                                        struct span text, enum fact_type type)
{
    struct fact *fact = ARENA_NEW(arena_of(it), struct fact);

    *fact = fact_parse(span_of(name), type, text, arena_of(it));
    return (struct finding_fact){ .name = fact->name, .values = fact, .n_values = 1 };
}

static struct span number(const struct reasoning *it, uint64_t n)
{
    return span_of(arena_printf(arena_of(it), "%" PRIu64, n));
}

/* The rule's own facts win over those that every finding has. */
static struct template_scope template_scope(const struct reasoning *it, const struct draft *draft)
{
    const struct finding *finding = &draft->finding;
    struct finding_fact *facts =
        ARENA_ARRAY(arena_of(it), struct finding_fact, finding->n_facts + 5);
    size_t n = finding->n_facts;

    if (n) {
        memcpy(facts, finding->facts, n * sizeof(*facts));
    }
    facts[n++] = builtin_fact(it, "count", number(it, finding->count), FACT_INTEGER);
    if (finding->lives) {
        facts[n++] = builtin_fact(it, "lives", number(it, finding->lives), FACT_INTEGER);
    }
    if (!span_empty(finding->first_stamp)) {
        facts[n++] = builtin_fact(it, "first", finding->first_stamp, FACT_TEXT);
    }
    if (!span_empty(finding->last_stamp)) {
        facts[n++] = builtin_fact(it, "last", finding->last_stamp, FACT_TEXT);
    }
    if (!span_empty(it->timeline.hosts[draft->node])) {
        facts[n++] = builtin_fact(it, "host", it->timeline.hosts[draft->node], FACT_TEXT);
    }
    return (struct template_scope){ facts, n, draft->rule, draft->state_rows };
}

static const char *fill(const struct reasoning *it, const struct draft *draft, const char *text)
{
    return text ? template_fill(text, &draft->texts, arena_of(it)) : NULL;
}

static const char *const *fill_commands(const struct reasoning *it, const char *const *run,
                                        const struct template_scope *scope)
{
    const char **filled;
    size_t n = 0, kept = 0;

    while (run && run[n]) {
        n++;
    }
    if (n == 0) {
        return NULL;
    }
    filled = ARENA_ARRAY(arena_of(it), const char *, n + 1);
    for (size_t i = 0; i < n; i++) {
        const char *command = template_fill_command(run[i], scope, arena_of(it));

        if (command) {
            filled[kept++] = command;
        }
    }
    return kept ? filled : NULL;
}

static void fill_remedies(struct reasoning *it, struct draft *draft)
{
    const struct rule *rule = draft->rule;
    struct finding_remedy *remedies =
        ARENA_ARRAY(arena_of(it), struct finding_remedy, rule->n_remedies);
    size_t n = 0;

    for (size_t i = 0; i < rule->n_remedies; i++) {
        const struct remedy *remedy = &rule->remedies[i];
        const char *action = template_fill(remedy->action, &draft->texts, arena_of(it));

        if (remedy->when && when_ask(remedy->when, &draft->scope) != IS_TRUE) {
            continue;
        }
        remedies[n] = (struct finding_remedy){ remedy->kind, action,
                                               fill_commands(it, remedy->run, &draft->texts),
                                               remedy->needs, remedy->risk };
        if (*action || remedies[n].run) {
            n++;
        }
    }
    draft->finding.remedies = remedies;
    draft->finding.n_remedies = n;
}

static bool stands_on_node(const struct reasoning *it, uint32_t rule, uint32_t node)
{
    for (size_t i = 0; i < it->drafts.n; i++) {
        const struct draft *draft = &it->drafts.items[i];

        if (draft->rule_index == rule && draft->node == node && !draft->silenced) {
            return true;
        }
    }
    return false;
}

/* What is found beside it cannot be ruled out by it. */
static void rule_out(struct reasoning *it, struct draft *draft)
{
    const struct rule *rule = draft->rule;
    struct ruled_out *out = ARENA_ARRAY(arena_of(it), struct ruled_out, rule->n_rules_out);
    size_t n = 0;

    for (size_t i = 0; i < rule->n_rules_out; i++) {
        const struct rules_out *other = &rule->rules_out[i];
        const char *because = fill(it, draft, other->because);

        if ((other->when && when_ask(other->when, &draft->scope) != IS_TRUE) || !because ||
            !*because || stands_on_node(it, other->rule, draft->node)) {
            continue;
        }
        out[n++] = (struct ruled_out){ it->rules->items[other->rule].id, because };
    }
    draft->finding.ruled_out = out;
    draft->finding.n_ruled_out = n;
}

/* As the log says it, with the year that others tell, or the time that the boot's clock gives. */
static struct moment moment_of(const struct event *event)
{
    struct moment when = event->seen->when;

    if (when.time_us == TIME_UNKNOWN || !when.year_known) {
        when.year_known = when.year_known || event->time_us != when.time_us;
        when.time_us = event->time_us;
    }
    return when;
}

static void fill_times(struct reasoning *it, struct draft *draft)
{
    const struct event *first = first_event(it, draft), *last = last_event(it, draft);

    draft->finding.boot = copied(it, first->signal->boot);
    draft->finding.first = moment_of(first);
    draft->finding.last = moment_of(last);
    if (first->seen->whole) {
        draft->finding.first_stamp = copied(it, first->seen->whole->stamp);
    }
    if (last->seen->whole) {
        draft->finding.last_stamp = copied(it, last->seen->whole->stamp);
    }
}

static void describe(struct reasoning *it, struct draft *draft)
{
    struct finding *finding = &draft->finding;

    finding->rule = draft->rule;
    fill_times(it, draft);
    reason_collect_facts(it, draft);
    finding->count = count_of(it, draft);
    count_lives(it, draft);
    draft->scope = scope_of(it, draft);
    draft->texts = template_scope(it, draft);
    weigh(it, draft);
    finding->status = status_of(it, draft);
    finding->title = fill(it, draft, draft->rule->title);
    finding->explain = fill(it, draft, draft->rule->explain);
    fill_remedies(it, draft);
    rule_out(it, draft);
    collect_evidence(it, draft);
    vec_push(&draft->reasons, NULL);
    finding->reasons = memcpy(ARENA_ARRAY(arena_of(it), const char *, draft->reasons.n),
                              draft->reasons.items, draft->reasons.n * sizeof(const char *));
}

void reason_describe(struct reasoning *it)
{
    for (size_t i = 0; i < it->drafts.n; i++) {
        if (!it->drafts.items[i].silenced) {
            describe(it, &it->drafts.items[i]);
        }
    }
}
