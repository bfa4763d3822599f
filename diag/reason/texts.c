/* The texts of a finding's rule, filled with its facts. */

#include "reason/texts.h"

#include <inttypes.h>

static struct finding_fact builtin_fact(const struct reasoning *it, const char *name,
                                        struct span text, enum fact_type type)
{
    struct fact *fact = ARENA_NEW(it->report->arena, struct fact);

    *fact = fact_parse(span_of(name), type, text, it->report->arena);
    return (struct finding_fact){ .name = fact->name, .values = fact, .n_values = 1 };
}

static struct span number(const struct reasoning *it, uint64_t n)
{
    return span_of(arena_printf(it->report->arena, "%" PRIu64, n));
}

/* The rule's own facts win over those that every finding has, and these over the node's. */
struct template_scope reason_template_scope(const struct reasoning *it,
                                            const struct candidate *candidate)
{
    const struct finding *finding = &candidate->finding;
    const struct node_facts *node = &it->node_facts[candidate->node];
    struct finding_fact *facts =
        ARENA_ARRAY(it->report->arena, struct finding_fact, finding->n_facts + 5 + node->n);
    size_t n = finding->n_facts;

    if (n) {
        memcpy(facts, finding->facts, n * sizeof(*facts));
    }
    facts[n++] = builtin_fact(it, "count", number(it, finding->count), FACT_INTEGER);
    if (finding->runs) {
        facts[n++] = builtin_fact(it, "lives", number(it, finding->runs), FACT_INTEGER);
    }
    if (!span_empty(finding->first_stamp)) {
        facts[n++] = builtin_fact(it, "first", finding->first_stamp, FACT_TEXT);
    }
    if (!span_empty(finding->last_stamp)) {
        facts[n++] = builtin_fact(it, "last", finding->last_stamp, FACT_TEXT);
    }
    if (!span_empty(it->timeline->hosts[candidate->node])) {
        facts[n++] = builtin_fact(it, "host", it->timeline->hosts[candidate->node], FACT_TEXT);
    }
    if (node->n) {
        memcpy(&facts[n], node->facts, node->n * sizeof(*facts));
        n += node->n;
    }
    return (struct template_scope){ facts, n, candidate->rule, candidate->state_rows };
}

const char *reason_fill_text(const struct reasoning *it, const struct candidate *candidate,
                             const char *text)
{
    return text ? template_fill(text, &candidate->texts, it->report->arena) : NULL;
}
