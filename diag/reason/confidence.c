/* How sure a finding is, and why. */

#include "reason/confidence.h"

#include "reason/because.h"
#include "reason/texts.h"

static void add_reason(struct reasoning *it, struct candidate *candidate, const char *reason)
{
    if (reason && *reason) {
        vec_push(&candidate->reasons, arena_string(it->report->arena, span_of(reason)));
    }
}

/* The first proof whose component is known; NULL: there is no proof. */
static const struct signal_rule *find_proof(const struct reasoning *it,
                                            const struct candidate *candidate)
{
    for (size_t i = 0; i < candidate->events.n; i++) {
        const struct event *event = reason_event(it, candidate->events.items[i]);
        const struct signal_rule *signal = reason_signal_rule(it, event);

        if (signal->role == ROLE_PROOF && !event->signal->unattributed) {
            return signal;
        }
    }
    return NULL;
}

static void add_unknown(struct reasoning *it, struct candidate *candidate, const struct when *when)
{
    const struct state_rule *state = because_unknown(when, &candidate->scope);

    if (state && candidate->past) {
        add_reason(it, candidate,
                   arena_printf(it->report->arena,
                                "state `%.*s` says nothing of it: it is of a later boot",
                                TEXT_OF(state->name)));
    } else if (state) {
        add_reason(it, candidate,
                   arena_printf(it->report->arena,
                                "state `%.*s` is unknown, because `%.*s` could not be read",
                                TEXT_OF(state->name), TEXT_OF(state->from)));
    }
}

/* However many conditions raise it, without a proof it is not certain. */
static void move(struct reasoning *it, struct candidate *candidate,
                 const struct confidence_mover *movers, size_t n, int step)
{
    int highest = find_proof(it, candidate) ? CONFIDENCE_CERTAIN : CONFIDENCE_LIKELY;

    for (size_t i = 0; i < n; i++) {
        int level = (int)candidate->confidence + step;
        enum tristate answer = when_ask(movers[i].when, &candidate->scope);

        if (answer == IS_TRUE && level >= CONFIDENCE_POSSIBLE && level <= highest) {
            candidate->confidence = (enum finding_confidence)level;
        }
        if (answer == IS_TRUE) {
            add_reason(it, candidate, reason_fill_text(it, candidate, movers[i].because));
        } else if (answer == IS_UNKNOWN) {
            add_unknown(it, candidate, movers[i].when);
        }
    }
}

static void add_first_reason(struct reasoning *it, struct candidate *candidate)
{
    const struct signal_rule *proof = find_proof(it, candidate);

    if (proof) {
        add_reason(
            it, candidate,
            arena_printf(it->report->arena, "signal `%.*s` proves it", TEXT_OF(proof->name)));
    } else if (candidate->because) {
        add_reason(it, candidate, candidate->because);
    } else {
        add_reason(it, candidate, "signs only, no proof");
    }
}

/* A signal against it counts when it comes last. */
static void weigh_against(struct reasoning *it, struct candidate *candidate)
{
    for (size_t i = candidate->context.n; i > 0; i--) {
        uint32_t index = candidate->context.items[i - 1];
        const struct signal_rule *signal = reason_signal_rule(it, reason_event(it, index));

        if (index < candidate->events.items[candidate->events.n - 1]) {
            return;
        }
        if (signal->role != ROLE_AGAINST) {
            continue;
        }
        if (candidate->confidence > CONFIDENCE_POSSIBLE) {
            candidate->confidence--;
        }
        add_reason(it, candidate,
                   arena_printf(it->report->arena, "signal `%.*s` contradicts it",
                                (int)signal->name.size, signal->name.data));
        return;
    }
}

static void weigh_component(struct reasoning *it, struct candidate *candidate)
{
    if (candidate->unattributed) {
        candidate->confidence = CONFIDENCE_POSSIBLE;
        add_reason(it, candidate, "the component that logged it is not known");
    }
}

/* What was made up for in all lines that show it, or NULL. */
static const char *find_mended(const struct reasoning *it, const struct candidate *candidate)
{
    const char *mended = NULL;

    for (size_t i = 0; i < candidate->events.n; i++) {
        mended = reason_event(it, candidate->events.items[i])->signal->mended;
        if (!mended) {
            return NULL;
        }
    }
    return mended;
}

static void weigh_damage(struct reasoning *it, struct candidate *candidate)
{
    const char *mended = find_mended(it, candidate);

    if (!mended) {
        return;
    }
    if (candidate->confidence > CONFIDENCE_POSSIBLE) {
        candidate->confidence--;
    }
    add_reason(it, candidate, mended);
}

/* A consequence that may have come first. */
static void weigh_order(struct reasoning *it, struct candidate *candidate)
{
    if (!candidate->doubted) {
        return;
    }
    if (candidate->confidence > CONFIDENCE_POSSIBLE) {
        candidate->confidence--;
    }
    add_reason(it, candidate,
               arena_printf(it->report->arena, "the times do not show if it followed %s",
                            candidate->doubted));
}

/* Was a file of the table longer than the limits? */
static bool is_cut_table(const struct reasoning *it, const struct candidate *candidate,
                         const struct state_rule *question)
{
    const struct state_table *table = states_find(it->states[candidate->node], question->from);

    for (size_t i = 0; table && i < notes_count(it->notes); i++) {
        const struct note *note = notes_get(it->notes, i);

        for (size_t k = 0; note->kind == NOTE_LIMIT && k < table->n_rows; k++) {
            if (table->rows[k].file && span_is(note->where, table->rows[k].file)) {
                return true;
            }
        }
    }
    return false;
}

/* Did a limit drop signals, or rows, whose absence the tree asks for? */
static bool is_limited(const struct reasoning *it, const struct candidate *candidate,
                       const struct when *when, bool silent)
{
    silent |= when->kind == WHEN_NONE || when->kind == WHEN_ABSENT;
    if (silent && (when->kind == WHEN_SIGNAL || when->kind == WHEN_ABSENT ||
                   when->kind == WHEN_COUNT || when->kind == WHEN_DISTINCT)) {
        return store_dropped_of(it->store, candidate->rule_index, when->signal) > 0;
    }
    if (silent && when->kind == WHEN_STATE) {
        return is_cut_table(it, candidate, &candidate->rule->states[when->state]);
    }
    for (size_t i = 0; i < when->n_children; i++) {
        if (is_limited(it, candidate, &when->children[i], silent)) {
            return true;
        }
    }
    return false;
}

static void lower_for(struct reasoning *it, struct candidate *candidate, enum note_kind kind)
{
    candidate->confidence = CONFIDENCE_POSSIBLE;
    add_reason(it, candidate,
               arena_printf(it->report->arena, "lines may be missing (%s)", note_kind_name(kind)));
}

/* A limit that was reached elsewhere hides nothing here: see is_limited(). */
static bool hides_lines(enum note_kind kind)
{
    return kind == NOTE_SUPPRESSED || kind == NOTE_MISSED || kind == NOTE_ROTATED_START ||
           kind == NOTE_PATTERN_LIMIT || kind == NOTE_NOT_READ;
}

/* The streams of the signals whose absence the tree asks for. */
static uint64_t silent_streams(const struct rule *rule, const struct when *when, bool silent)
{
    uint64_t streams = 0;

    silent |= when->kind == WHEN_NONE || when->kind == WHEN_ABSENT;
    if (when->kind == WHEN_SIGNAL || when->kind == WHEN_ABSENT || when->kind == WHEN_COUNT ||
        when->kind == WHEN_DISTINCT) {
        return silent ? rule->signals[when->signal].streams : 0;
    }
    for (size_t i = 0; i < when->n_children; i++) {
        streams |= silent_streams(rule, &when->children[i], silent);
    }
    return streams;
}

/* Are the missing lines those of a unit that logs nothing of what the candidate asks for? */
static bool is_of_other_unit(const struct reasoning *it, const struct candidate *candidate,
                             const struct note *note)
{
    return note->kind == NOTE_SUPPRESSED && span_ends(note->where, SPAN(".service")) &&
           !(streams_of_unit(&it->rules->streams, note->where) &
             silent_streams(candidate->rule, candidate->rule->when, /* silent= */ false));
}

/* A conclusion from silence is weaker where the input has holes. */
static void weigh_blind_spots(struct reasoning *it, struct candidate *candidate)
{
    if (!when_needs_silence(candidate->rule->when) || candidate->confidence != CONFIDENCE_LIKELY) {
        return;
    }
    if (is_limited(it, candidate, candidate->rule->when, /* silent= */ false)) {
        lower_for(it, candidate, NOTE_LIMIT);
        return;
    }
    for (size_t i = 0; i < notes_count(it->notes); i++) {
        const struct note *note = notes_get(it->notes, i);

        if (!hides_lines(note->kind) || is_of_other_unit(it, candidate, note)) {
            continue;
        }
        lower_for(it, candidate, note->kind);
        return;
    }
}

void reason_weigh_confidence(struct reasoning *it, struct candidate *candidate)
{
    const struct rule *rule = candidate->rule;

    add_first_reason(it, candidate);
    move(it, candidate, rule->raised_by, rule->n_raised_by, 1);
    move(it, candidate, rule->lowered_by, rule->n_lowered_by, -1);
    weigh_against(it, candidate);
    weigh_component(it, candidate);
    weigh_damage(it, candidate);
    weigh_order(it, candidate);
    weigh_blind_spots(it, candidate);
}
