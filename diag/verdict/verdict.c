/* What is wrong at the end of what was read. */

#include "verdict/verdict.h"

#include "verdict/alike.h"
#include "verdict/order.h"
#include "verdict/outcome.h"
#include "verdict/roles.h"
#include "verdict/run_ends.h"
#include "verdict/status.h"
#include "verdict/units.h"
#include "verdict/unknown_deaths.h"

#include <string.h>

static void copy_findings(struct judging *it)
{
    const struct report *report = it->report;

    it->findings = ARENA_ARRAY(report->arena, struct finding *, report->n_nodes);
    for (size_t i = 0; i < report->n_nodes; i++) {
        size_t n = report->nodes[i].n_findings;

        it->findings[i] = ARENA_ARRAY(report->arena, struct finding, n);
        if (n) {
            memcpy(it->findings[i], report->nodes[i].findings, n * sizeof(struct finding));
        }
    }
}

/* What ended needs no repair. */
static void drop_remedies(struct judging *it)
{
    for (size_t i = 0; i < it->report->n_nodes; i++) {
        for (size_t k = 0; k < it->report->nodes[i].n_findings; k++) {
            if (!finding_status_is_current(it->findings[i][k].status)) {
                it->findings[i][k].n_remedies = 0;
            }
        }
    }
}

static void hand_over(struct judging *it)
{
    struct node *nodes = ARENA_ARRAY(it->report->arena, struct node, it->report->n_nodes);

    for (size_t i = 0; i < it->report->n_nodes; i++) {
        nodes[i] = it->report->nodes[i];
        nodes[i].findings = it->findings[i];
        nodes[i].boot = arena_copy(it->report->arena, it->question->boots[i]);
    }
    it->report->nodes = nodes;
}

void verdict_judge(const struct verdict_question *question, struct report *report)
{
    struct judging it = {
        .question = question,
        .timeline = question->timeline,
        .report = report,
    };

    copy_findings(&it);
    run_ends_find(&it);
    units_find(&it);
    units_report(&it);
    status_find(&it);
    roles_assign(&it);
    unknown_deaths_report(&it);
    drop_remedies(&it);
    order_findings(&it);
    alike_find(&it);
    hand_over(&it);
    outcome_fill(report, question->fail_on);
}
