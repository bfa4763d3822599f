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

    if (state) {
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

static bool hides_lines(enum note_kind kind)
{
    return kind == NOTE_SUPPRESSED || kind == NOTE_MISSED || kind == NOTE_ROTATED_START ||
           kind == NOTE_PATTERN_LIMIT || kind == NOTE_LIMIT || kind == NOTE_NOT_READ;
}

/* A conclusion from silence is weaker where the input has holes. */
static void weigh_blind_spots(struct reasoning *it, struct candidate *candidate)
{
    if (!when_needs_silence(candidate->rule->when) || candidate->confidence != CONFIDENCE_LIKELY) {
        return;
    }
    for (size_t i = 0; i < notes_count(it->notes); i++) {
        const struct note *note = notes_get(it->notes, i);

        if (!hides_lines(note->kind)) {
            continue;
        }
        candidate->confidence = CONFIDENCE_POSSIBLE;
        add_reason(it, candidate,
                   arena_printf(it->report->arena, "lines may be missing (%s)",
                                note_kind_name(note->kind)));
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
