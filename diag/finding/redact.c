/* Takes secrets out of a report. */

#include "finding/redact.h"

#include "finding/redactor.h"
#include "signal/facts.h"

struct redaction {
    const struct redactor *redactor;
    struct arena *arena;
};

static const char *redact_string(const struct redaction *redaction, const char *string)
{
    struct span before = span_of(string), after;

    after = redact(redaction->redactor, before, redaction->arena);
    return after.data == before.data ? string : arena_string(redaction->arena, after);
}

static const char *const *redact_strings(const struct redaction *redaction,
                                         const char *const *items)
{
    const char **copy;
    size_t n = 0;

    while (items && items[n]) {
        n++;
    }
    if (n == 0) {
        return items;
    }
    copy = ARENA_ARRAY(redaction->arena, const char *, n + 1);
    for (size_t i = 0; i < n; i++) {
        copy[i] = redact_string(redaction, items[i]);
    }
    return copy;
}

static const struct fact *redact_facts(const struct redaction *redaction, const struct fact *facts,
                                       size_t n)
{
    struct fact *copy = facts_copy(redaction->arena, facts, n);

    for (size_t i = 0; i < n; i++) {
        copy[i].text = redact(redaction->redactor, copy[i].text, redaction->arena);
    }
    return copy;
}

static const struct fact_table *redact_table(const struct redaction *redaction,
                                             const struct fact_table *table)
{
    struct fact_table *copy = ARENA_NEW(redaction->arena, struct fact_table);
    struct fact_row *rows = ARENA_ARRAY(redaction->arena, struct fact_row, table->n_rows);

    *copy = *table;
    for (size_t i = 0; i < table->n_rows; i++) {
        rows[i].n_facts = table->rows[i].n_facts;
        rows[i].facts = redact_facts(redaction, table->rows[i].facts, table->rows[i].n_facts);
    }
    copy->rows = rows;
    return copy;
}

static const struct finding_fact *redact_finding_facts(const struct redaction *redaction,
                                                       const struct finding *finding)
{
    struct finding_fact *copy =
        ARENA_ARRAY(redaction->arena, struct finding_fact, finding->n_facts);

    for (size_t i = 0; i < finding->n_facts; i++) {
        copy[i] = finding->facts[i];
        if (copy[i].table) {
            copy[i].table = redact_table(redaction, copy[i].table);
        }
        copy[i].values = redact_facts(redaction, copy[i].values, copy[i].n_values);
    }
    return copy;
}

static const struct evidence *redact_evidence(const struct redaction *redaction,
                                              const struct evidence *evidence, size_t n)
{
    struct evidence *copy = ARENA_ARRAY(redaction->arena, struct evidence, n);

    for (size_t i = 0; i < n; i++) {
        copy[i] = evidence[i];
        copy[i].message = redact(redaction->redactor, copy[i].message, redaction->arena);
    }
    return copy;
}

static const struct node_unit *redact_units(const struct redaction *redaction,
                                            const struct node *node)
{
    struct node_unit *copy = ARENA_ARRAY(redaction->arena, struct node_unit, node->n_units);

    for (size_t i = 0; i < node->n_units; i++) {
        copy[i] = node->units[i];
        copy[i].stopped_by = redact_string(redaction, copy[i].stopped_by);
        copy[i].evidence = redact_evidence(redaction, copy[i].evidence, copy[i].n_evidence);
    }
    return copy;
}

static const struct finding_remedy *redact_remedies(const struct redaction *redaction,
                                                    const struct finding *finding)
{
    struct finding_remedy *copy =
        ARENA_ARRAY(redaction->arena, struct finding_remedy, finding->n_remedies);

    for (size_t i = 0; i < finding->n_remedies; i++) {
        copy[i] = finding->remedies[i];
        copy[i].action = redact_string(redaction, copy[i].action);
        copy[i].run = redact_strings(redaction, copy[i].run);
        copy[i].risk = redact_string(redaction, copy[i].risk);
        copy[i].undo = redact_string(redaction, copy[i].undo);
    }
    return copy;
}

static const struct ruled_out *redact_ruled_out(const struct redaction *redaction,
                                                const struct finding *finding)
{
    struct ruled_out *copy = ARENA_ARRAY(redaction->arena, struct ruled_out, finding->n_ruled_out);

    for (size_t i = 0; i < finding->n_ruled_out; i++) {
        copy[i] = finding->ruled_out[i];
        copy[i].because = redact_string(redaction, copy[i].because);
    }
    return copy;
}

static struct finding redacted_finding(const struct redaction *redaction,
                                       const struct finding *finding)
{
    struct finding copy = *finding;

    copy.title = redact_string(redaction, finding->title);
    copy.explain = redact_string(redaction, finding->explain);
    copy.runs_sentence = redact_string(redaction, finding->runs_sentence);
    copy.reasons = redact_strings(redaction, finding->reasons);
    copy.facts = redact_finding_facts(redaction, finding);
    copy.evidence = redact_evidence(redaction, finding->evidence, finding->n_evidence);
    copy.remedies = redact_remedies(redaction, finding);
    copy.ruled_out = redact_ruled_out(redaction, finding);
    return copy;
}

static void redact_nodes(const struct redaction *redaction, struct report *report)
{
    struct node *nodes = ARENA_ARRAY(redaction->arena, struct node, report->n_nodes);

    for (size_t i = 0; i < report->n_nodes; i++) {
        const struct node *node = &report->nodes[i];
        struct finding *findings = ARENA_ARRAY(redaction->arena, struct finding, node->n_findings);

        for (size_t k = 0; k < node->n_findings; k++) {
            findings[k] = redacted_finding(redaction, &node->findings[k]);
        }
        nodes[i] = *node;
        nodes[i].findings = findings;
        nodes[i].units = redact_units(redaction, node);
    }
    report->nodes = nodes;
}

static void redact_unexplained(const struct redaction *redaction, struct report *report)
{
    struct unexplained *units =
        ARENA_ARRAY(redaction->arena, struct unexplained, report->n_unexplained);

    for (size_t i = 0; i < report->n_unexplained; i++) {
        const struct unexplained *unit = &report->unexplained[i];
        struct last_word *words =
            ARENA_ARRAY(redaction->arena, struct last_word, unit->n_last_words);

        for (size_t k = 0; k < unit->n_last_words; k++) {
            words[k] = unit->last_words[k];
            words[k].text = redact(redaction->redactor, words[k].text, redaction->arena);
        }
        units[i] = *unit;
        units[i].last_words = words;
    }
    report->unexplained = units;
}

void redact_report(struct report *report)
{
    CLEANUP(redactor_free_at) struct redactor *redactor = redactor_new();
    struct redaction redaction = { .redactor = redactor, .arena = report->arena };

    redact_nodes(&redaction, report);
    redact_unexplained(&redaction, report);
}
