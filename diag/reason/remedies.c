/* What to do about a finding. */

#include "reason/remedies.h"

#include "reason/texts.h"

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

/* What is left without its commands: an instruction to change something still helps, a question that nothing can
 * be asked with does not. */
static bool is_useful(const struct remedy *remedy, const struct finding_remedy *filled)
{
    bool asks = remedy->kind == REMEDY_INSPECT || remedy->kind == REMEDY_VERIFY;

    return filled->run || (*filled->action && !(asks && remedy->run && remedy->run[0]));
}

void reason_fill_remedies(struct reasoning *it, struct candidate *candidate)
{
    const struct rule *rule = candidate->rule;
    struct finding_remedy *remedies =
        ARENA_ARRAY(it->report->arena, struct finding_remedy, rule->n_remedies);
    size_t n = 0;

    for (size_t i = 0; i < rule->n_remedies; i++) {
        const struct remedy *remedy = &rule->remedies[i];

        if (remedy->when && when_ask(remedy->when, &candidate->scope) != IS_TRUE) {
            continue;
        }
        remedies[n] = (struct finding_remedy){
            .kind = remedy->kind,
            .action = reason_fill_text(it, candidate, remedy->action),
            .run = fill_commands(it, remedy->run, &candidate->texts),
            .needs = remedy->needs,
            .risk = reason_fill_text(it, candidate, remedy->risk),
            .undo = reason_fill_text(it, candidate, remedy->undo),
        };
        n += is_useful(remedy, &remedies[n]);
    }
    candidate->finding.remedies = remedies;
    candidate->finding.n_remedies = n;
}
