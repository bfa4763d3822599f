#ifndef NODECAUSE_VERDICT_JUDGING_H
#define NODECAUSE_VERDICT_JUDGING_H

#include "finding/report.h"
#include "timeline/unit_names.h"
#include "verdict/question.h"
#include "verdict/rule_events.h"

/* What the steps of a verdict work on. */

#define NO_CAUSE UINT32_MAX

enum {
    REPORTS_MAX = 8 /* entries about one death that are kept */
};

/* How a run of a unit ended. */
struct run_end {
    bool died;      /* and systemd had not been asked to stop it */
    uint32_t at;    /* event that reports the death first; when `died` */
    uint32_t cause; /* finding of the node that explains the death; NO_CAUSE: no rule knows */
    uint32_t reports[REPORTS_MAX]; /* events that report it */
    size_t n_reports;
};

/* A unit of a node, in the last boot read of it. */
struct unit_end {
    uint32_t node, unit;
    uint32_t last;       /* the last run */
    uint32_t last_death; /* the last run that died; NO_RUN: none */
    uint64_t n_runs, n_deaths;
    uint32_t up; /* event after its death by which it is known to run; NO_EVENT: none */
    bool passed; /* the last run did not die and passed the point where those before it did */
    enum unit_state state;
};

struct judging {
    const struct verdict_question *question;
    const struct timeline *timeline;
    struct report *report;
    struct finding **findings; /* of each node of the report, to be written */
    struct run_end *ends;      /* of each run */
    struct rule_events of_rule;
    struct unit_end *units; /* by node, then unit */
    size_t n_units;
};

static inline bool unit_end_is_down(const struct unit_end *unit)
{
    return unit->state == UNIT_DEAD || unit->state == UNIT_LOOPING;
}

static inline const struct event *judging_event(const struct judging *it, uint32_t index)
{
    return &it->timeline->events[index];
}

static inline const struct run *judging_run(const struct judging *it, uint32_t run)
{
    return &it->question->runs->items[run];
}

static inline const struct event *judging_last_event(const struct judging *it,
                                                     const struct finding *finding)
{
    return judging_event(it, finding->events[finding->n_events - 1]);
}

static inline const struct signal_rule *judging_signal(const struct judging *it,
                                                       const struct event *event)
{
    return &it->question->rules->items[event->rule].signals[event->index];
}

/* The unit of the node in this boot, or NULL: nothing is known of it. */
static inline const struct unit_end *judging_unit(const struct judging *it, uint32_t node,
                                                  uint32_t unit)
{
    for (size_t i = 0; i < it->n_units; i++) {
        if (it->units[i].node == node && it->units[i].unit == unit) {
            return &it->units[i];
        }
    }
    return NULL;
}

/* The latest name of the unit of that stream in the log of the node; empty: unknown. */
static inline struct span judging_unit_name(const struct judging *it, uint32_t node, uint32_t unit)
{
    const struct unit_question question = { it->timeline, &it->question->rules->streams, node,
                                            unit };

    return unit_name_find(&question, it->report->arena);
}

/* Does the event belong to a boot before the last one read of its node? */
static inline bool judging_is_earlier_boot(const struct judging *it, const struct event *event)
{
    return boots_is_earlier(it->question->boots, event);
}

#endif
