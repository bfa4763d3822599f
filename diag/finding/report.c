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

const char *finding_role_name(enum finding_role role)
{
    static const char *const names[] = {
        [FINDING_ROOT] = "root",
        [FINDING_CONSEQUENCE] = "consequence",
        [FINDING_CONTRIBUTING] = "contributing",
    };

    return names[role];
}

const char *finding_confidence_name(enum finding_confidence confidence)
{
    static const char *const names[] = {
        [CONFIDENCE_POSSIBLE] = "possible",
        [CONFIDENCE_LIKELY] = "likely",
        [CONFIDENCE_CERTAIN] = "certain",
    };

    return names[confidence];
}

const char *finding_status_name(enum finding_status status)
{
    static const char *const names[] = {
        [STATUS_ONGOING] = "ongoing",
        [STATUS_RECOVERED] = "recovered",
        [STATUS_EARLIER_BOOT] = "earlier-boot",
    };

    return names[status];
}
