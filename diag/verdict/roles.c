/* What is a root, and what is folded under one. Folding never makes the verdict milder: what holds
 * now is not folded under what ended, nor what is certain under what is merely possible, and a root
 * is as severe as the worst that it explains. */

#include "verdict/roles.h"

#include "verdict/run_ends.h"

#include <string.h>

static const uint32_t *with_item(struct arena *arena, const uint32_t *items, size_t *n,
                                 uint32_t item)
{
    uint32_t *more = ARENA_ARRAY(arena, uint32_t, *n + 1);
    size_t at = 0;

    while (at < *n && items[at] < item) {
        more[at] = items[at];
        at++;
    }
    if (at < *n && items[at] == item) {
        return items;
    }
    more[at] = item;
    if (*n > at) {
        memcpy(&more[at + 1], &items[at], (*n - at) * sizeof(*items));
    }
    (*n)++;
    return more;
}

static void link(const struct judging *it, uint32_t node, uint32_t cause, uint32_t effect)
{
    struct finding *from = &it->findings[node][cause], *to = &it->findings[node][effect];
    struct arena *arena = it->report->arena;

    from->explains = with_item(arena, from->explains, &from->n_explains, effect);
    to->explained_by = with_item(arena, to->explained_by, &to->n_explained_by, cause);
}

/* The unit that the symptom says is down, and whose last death it reports; else NULL. */
static const struct unit_end *unit_down(const struct judging *it, const struct finding *finding)
{
    for (size_t i = finding->n_events; finding->rule->symptom && i > 0; i--) {
        const struct event *event = judging_event(it, finding->events[i - 1]);
        const struct unit_end *unit =
            event->run == NO_RUN ? NULL : judging_unit(it, event->node, event->unit);

        if (unit && unit->last_death == event->run && unit_end_is_down(unit)) {
            return unit;
        }
    }
    return NULL;
}

/* Many earlier deaths may be different; the last one decides. */
static void link_last_deaths(struct judging *it, uint32_t node)
{
    for (uint32_t i = 0; i < it->report->nodes[node].n_findings; i++) {
        const struct unit_end *unit = unit_down(it, &it->findings[node][i]);

        if (unit && it->ends[unit->last_death].cause != NO_CAUSE) {
            link(it, node, it->ends[unit->last_death].cause, i);
        }
    }
}

static bool folds(const struct judging *it, const struct finding *cause,
                  const struct finding *effect)
{
    const struct unit_end *unit = unit_down(it, effect);

    if (finding_status_is_current(effect->status) && !finding_status_is_current(cause->status)) {
        return false;
    }
    if (!effect->rule->symptom && cause->confidence == CONFIDENCE_POSSIBLE &&
        effect->confidence > CONFIDENCE_POSSIBLE) {
        return false;
    }
    return cause->rule->symptom || cause->confidence == CONFIDENCE_POSSIBLE || !unit ||
           it->ends[unit->last_death].cause != NO_CAUSE;
}

static bool is_folded(const struct judging *it, uint32_t node, const struct finding *effect)
{
    for (size_t i = 0; i < effect->n_explained_by; i++) {
        if (folds(it, &it->findings[node][effect->explained_by[i]], effect)) {
            return true;
        }
    }
    return false;
}

/* The worst of what is folded under it, at any depth. */
static enum rule_severity severity_of(const struct judging *it, uint32_t node, uint32_t index,
                                      unsigned depth)
{
    const struct finding *finding = &it->findings[node][index];
    enum rule_severity worst = finding->rule->severity;

    for (size_t i = 0; depth > 0 && i < finding->n_explains; i++) {
        const struct finding *effect = &it->findings[node][finding->explains[i]];
        enum rule_severity severity;

        if (!folds(it, finding, effect)) {
            continue;
        }
        severity = severity_of(it, node, finding->explains[i], depth - 1);
        worst = severity > worst ? severity : worst;
    }
    return worst;
}

/* Is it a complaint of a unit that is down, and not what the unit died of? It may be what every start
 * says for a moment: the death decides. While the cause of the death is unknown, what is certain
 * remains a root. */
static bool is_beside_death(const struct judging *it, uint32_t node, uint32_t index)
{
    const struct finding *finding = &it->findings[node][index];
    const struct event *last = judging_last_event(it, finding);
    const struct unit_end *unit =
        last->run == NO_RUN ? NULL : judging_unit(it, last->node, last->unit);

    if (!unit || !unit_end_is_down(unit) || unit->last_death == NO_RUN || finding->rule->symptom ||
        finding->rule->severity < RULE_WARNING || finding->rule->lasts != LASTS_WHILE_SEEN) {
        return false;
    }
    return !run_ends_explains(it, node, index, unit->last_death) &&
           (it->ends[unit->last_death].cause != NO_CAUSE ||
            finding->confidence < CONFIDENCE_CERTAIN);
}

/* The confidence of the surest cause that is named. */
static enum finding_confidence best_confidence(const struct judging *it)
{
    enum finding_confidence best = CONFIDENCE_POSSIBLE;

    for (size_t i = 0; i < it->report->n_nodes; i++) {
        for (size_t k = 0; k < it->report->nodes[i].n_findings; k++) {
            const struct finding *finding = &it->findings[i][k];

            if (finding->role == FINDING_ROOT && !finding->rule->symptom &&
                finding->severity >= RULE_ERROR && finding_status_is_current(finding->status) &&
                finding->confidence > best) {
                best = finding->confidence;
            }
        }
    }
    return best;
}

/* A merely possible cause is not a root when there is a better one, and what an unknown component
 * logged is never one. */
static void demote_possible(struct judging *it)
{
    enum finding_confidence best = best_confidence(it);

    for (size_t i = 0; i < it->report->n_nodes; i++) {
        for (size_t k = 0; k < it->report->nodes[i].n_findings; k++) {
            struct finding *finding = &it->findings[i][k];

            if (finding->role == FINDING_ROOT &&
                (finding->unattributed ||
                 (finding->confidence == CONFIDENCE_POSSIBLE && best > CONFIDENCE_POSSIBLE))) {
                finding->role = FINDING_CONTRIBUTING;
            }
        }
    }
}

void roles_assign(struct judging *it)
{
    enum {
        DEPTH = 4
    };

    for (uint32_t i = 0; i < it->report->n_nodes; i++) {
        link_last_deaths(it, i);
        for (uint32_t k = 0; k < it->report->nodes[i].n_findings; k++) {
            struct finding *finding = &it->findings[i][k];

            finding->role = is_folded(it, i, finding) ? FINDING_CONSEQUENCE : FINDING_ROOT;
            finding->severity = severity_of(it, i, k, DEPTH);
            if (finding->role == FINDING_ROOT && finding_status_is_current(finding->status) &&
                is_beside_death(it, i, k)) {
                finding->role = FINDING_CONTRIBUTING;
            }
        }
    }
    demote_possible(it);
}
