/* The answer's container, and the names of its enums in reports. */

#include "finding/report.h"

#include "base/alloc.h"

#include <stdlib.h>

struct report *report_new(void)
{
    static const char *const none[] = { NULL };
    struct report *report = ALLOC(struct report);

    report->arena = arena_new();
    report->exit_reason = "nothing";
    report->root_causes = none;
    return report;
}

void report_free(struct report *report)
{
    if (!report) {
        return;
    }
    arena_free(report->arena);
    free(report);
}

const char *const finding_role_words[] = {
    [FINDING_ROOT] = "root",
    [FINDING_CONSEQUENCE] = "consequence",
    [FINDING_CONTRIBUTING] = "contributing",
    NULL,
};

DEFINE_WORDS(finding_role)
const struct finding_fact *finding_fact_find(const struct finding_fact *facts, size_t n,
                                             struct span name)
{
    for (size_t i = 0; i < n; i++) {
        if (span_equal(facts[i].name, name)) {
            return &facts[i];
        }
    }
    return NULL;
}
