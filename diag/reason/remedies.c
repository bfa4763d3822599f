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

static bool has_value(const struct template_scope *scope, const struct field *wanted)
{
    const struct finding_fact *fact = finding_fact_find(scope->facts, scope->n_facts, wanted->name);

    for (size_t i = 0; fact && i < fact->n_values; i++) {
        if (span_matches_glob(fact->values[i].text, wanted->value.data)) {
            return true;
        }
    }
    return false;
}

/* Have the facts one of these sets of values? */
static bool have_values(const struct template_scope *scope, const struct fact_globs *globs,
                        size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t held = 0;

        while (held < globs[i].n_facts && has_value(scope, &globs[i].facts[held])) {
            held++;
        }
        if (held == globs[i].n_facts) {
            return true;
        }
    }
    return false;
}

static bool applies(const struct candidate *candidate, const struct remedy *remedy)
{
    const struct template_scope *facts = &candidate->texts;

    return (!remedy->when || when_ask(remedy->when, &candidate->scope) == IS_TRUE) &&
           (!remedy->n_given || have_values(facts, remedy->given, remedy->n_given)) &&
           !have_values(facts, remedy->unless, remedy->n_unless);
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

        if (!applies(candidate, remedy)) {
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
