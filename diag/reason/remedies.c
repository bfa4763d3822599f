/* What to do about a finding. */

#include "reason/remedies.h"

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
    filled = ARENA_ARRAY(it->report->arena, const char *, n + 1);
    for (size_t i = 0; i < n; i++) {
        const char *command = template_fill_command(run[i], scope, it->report->arena);

        if (command) {
            filled[kept++] = command;
        }
    }
    return kept ? filled : NULL;
}

void reason_fill_remedies(struct reasoning *it, struct candidate *candidate)
{
    const struct rule *rule = candidate->rule;
    struct finding_remedy *remedies =
        ARENA_ARRAY(it->report->arena, struct finding_remedy, rule->n_remedies);
    size_t n = 0;

    for (size_t i = 0; i < rule->n_remedies; i++) {
        const struct remedy *remedy = &rule->remedies[i];
        const char *action = template_fill(remedy->action, &candidate->texts, it->report->arena);

        if (remedy->when && when_ask(remedy->when, &candidate->scope) != IS_TRUE) {
            continue;
        }
        remedies[n] = (struct finding_remedy){ remedy->kind, action,
                                               fill_commands(it, remedy->run, &candidate->texts),
                                               remedy->needs, remedy->risk };
        if (*action || remedies[n].run) {
            n++;
        }
    }
    candidate->finding.remedies = remedies;
    candidate->finding.n_remedies = n;
}
