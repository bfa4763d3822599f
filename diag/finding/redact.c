/* Takes secrets out of what is shown.
 *
 *   Authorization: Bearer eyJhbGciOi...   ->   Authorization: Bearer [redacted]
 *
 * What is a secret is a table: a text that has to be there (cheap), and a pattern whose only group
 * is what goes. Names of Secret objects (`secret="kube-system/token-x"`) are no secrets and stay.
 */

#include "finding/redact.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/pattern.h"
#include "signal/facts.h"

#include <stdlib.h>

/* clang-format off */
static const struct {
    const char *literal, *pattern;
} secrets[] = {
    { "earer ", "\\b[Bb]earer\\s+(?<secret>[A-Za-z0-9._~+/=-]{8,})" },
    { "uthorization:", "(?i)authorization:\\s*basic\\s+(?<secret>\\S+)" },
    { "eyJ", "\\b(?<secret>eyJ[\\w-]{8,}\\.[\\w-]{8,}(?:\\.[\\w-]*)?)" },
    { "oken", "(?i)--[a-z-]*token[= ]\\\\?[\"']?(?<secret>[^\\s\"'\\\\]+)" },
    { "oken=", "(?i)\\b[\\w-]*token=\\\\?[\"']?(?<secret>[^\\s\"'&,;\\\\]+)" },
    { "assw", "(?i)passw(?:or)?d=\\\\?[\"']?(?<secret>[^\\s\"'&,;\\\\]+)" },
    { "--pass", "--pass(?:word)? (?<secret>\\S+)" },
    { "ecret", "(?i)(?:client[-_]?secret|secret[-_]?(?:access[-_]?)?key)[=:]\\s*\\\\?[\"']?"
               "(?<secret>[^\\s\"'&,;\\\\]+)" },
    { "://", "\\b[a-z][a-z0-9+.-]*://[^\\s/:@]*:(?<secret>[^\\s/@]+)@" },
    { "PRIVATE KEY-----", "(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----(?<secret>.*?)(?:-----END|\\z)" },
};
/* clang-format on */

struct redactor {
    struct pattern *patterns[N_ELEMENTS(secrets)];
};

struct redactor *redactor_new(void)
{
    struct redactor *redactor = ALLOC(struct redactor);

    for (size_t i = 0; i < N_ELEMENTS(secrets); i++) {
        int r = pattern_compile(span_of(secrets[i].pattern), &redactor->patterns[i],
                                /* reterr= */ NULL);

        if (r < 0) { /* the table is ours: a bad pattern in it must not leak secrets quietly */
            abort();
        }
    }
    return redactor;
}

void redactor_free(struct redactor *redactor)
{
    if (!redactor) {
        return;
    }
    for (size_t i = 0; i < N_ELEMENTS(secrets); i++) {
        pattern_free(redactor->patterns[i]);
    }
    free(redactor);
}

/* Replaces what the pattern's group covers; false when it matches nowhere. */
static bool replace(struct pattern *pattern, struct span text, struct buf *out)
{
    size_t start = 0;

    while (start < text.size && pattern_match(pattern, text, start) > 0) {
        struct span secret = pattern_group(pattern, 0);
        size_t from = (size_t)(secret.data - text.data);

        buf_add(out, (struct span){ text.data + start, from - start });
        buf_add_string(out, "[redacted]");
        start = from + (secret.size ? secret.size : 1);
    }
    if (start > 0) {
        buf_add(out, span_skip(text, start));
    }
    return start > 0;
}

struct span redact(const struct redactor *redactor, struct span text, struct arena *arena)
{
    for (size_t i = 0; i < N_ELEMENTS(secrets); i++) {
        CLEANUP(buf_done_at) struct buf out = { 0 };

        if (span_find(text, span_of(secrets[i].literal)) >= 0 &&
            replace(redactor->patterns[i], text, &out)) {
            text = arena_copy(arena, buf_span(&out));
        }
    }
    return text;
}

/* --- the report --- */

struct walker {
    const struct redactor *redactor;
    struct arena *arena;
};

static const char *redact_string(const struct walker *walker, const char *string)
{
    struct span before = span_of(string), after;

    after = redact(walker->redactor, before, walker->arena);
    return after.data == before.data ? string : arena_string(walker->arena, after);
}

static const char *const *redact_strings(const struct walker *walker, const char *const *items)
{
    const char **copy;
    size_t n = 0;

    while (items && items[n]) {
        n++;
    }
    if (n == 0) {
        return items;
    }
    copy = ARENA_ARRAY(walker->arena, const char *, n + 1);
    for (size_t i = 0; i < n; i++) {
        copy[i] = redact_string(walker, items[i]);
    }
    return copy;
}

static const struct fact *redact_facts(const struct walker *walker, const struct fact *facts,
                                       size_t n)
{
    struct fact *copy = facts_copy(walker->arena, facts, n);

    for (size_t i = 0; i < n; i++) {
        copy[i].text = redact(walker->redactor, copy[i].text, walker->arena);
    }
    return copy;
}

static const struct fact_table *redact_table(const struct walker *walker,
                                             const struct fact_table *table)
{
    struct fact_table *copy = ARENA_NEW(walker->arena, struct fact_table);
    struct fact_row *rows = ARENA_ARRAY(walker->arena, struct fact_row, table->n_rows);

    *copy = *table;
    for (size_t i = 0; i < table->n_rows; i++) {
        rows[i].n_facts = table->rows[i].n_facts;
        rows[i].facts = redact_facts(walker, table->rows[i].facts, table->rows[i].n_facts);
    }
    copy->rows = rows;
    return copy;
}

static const struct finding_fact *redact_finding_facts(const struct walker *walker,
                                                       const struct finding *finding)
{
    struct finding_fact *copy = ARENA_ARRAY(walker->arena, struct finding_fact, finding->n_facts);

    for (size_t i = 0; i < finding->n_facts; i++) {
        copy[i] = finding->facts[i];
        if (copy[i].table) {
            copy[i].table = redact_table(walker, copy[i].table);
        }
        copy[i].values = redact_facts(walker, copy[i].values, copy[i].n_values);
    }
    return copy;
}

static const struct evidence *redact_evidence(const struct walker *walker,
                                              const struct finding *finding)
{
    struct evidence *copy = ARENA_ARRAY(walker->arena, struct evidence, finding->n_evidence);

    for (size_t i = 0; i < finding->n_evidence; i++) {
        copy[i] = finding->evidence[i];
        copy[i].message = redact(walker->redactor, copy[i].message, walker->arena);
    }
    return copy;
}

static const struct finding_remedy *redact_remedies(const struct walker *walker,
                                                    const struct finding *finding)
{
    struct finding_remedy *copy =
        ARENA_ARRAY(walker->arena, struct finding_remedy, finding->n_remedies);

    for (size_t i = 0; i < finding->n_remedies; i++) {
        copy[i] = finding->remedies[i];
        copy[i].action = redact_string(walker, copy[i].action);
        copy[i].run = redact_strings(walker, copy[i].run);
    }
    return copy;
}

static const struct ruled_out *redact_ruled_out(const struct walker *walker,
                                                const struct finding *finding)
{
    struct ruled_out *copy = ARENA_ARRAY(walker->arena, struct ruled_out, finding->n_ruled_out);

    for (size_t i = 0; i < finding->n_ruled_out; i++) {
        copy[i] = finding->ruled_out[i];
        copy[i].because = redact_string(walker, copy[i].because);
    }
    return copy;
}

static struct finding redacted_finding(const struct walker *walker, const struct finding *finding)
{
    struct finding copy = *finding;

    copy.title = redact_string(walker, finding->title);
    copy.explain = redact_string(walker, finding->explain);
    copy.runs_sentence = redact_string(walker, finding->runs_sentence);
    copy.reasons = redact_strings(walker, finding->reasons);
    copy.facts = redact_finding_facts(walker, finding);
    copy.evidence = redact_evidence(walker, finding);
    copy.remedies = redact_remedies(walker, finding);
    copy.ruled_out = redact_ruled_out(walker, finding);
    return copy;
}

static void redact_nodes(const struct walker *walker, struct report *report)
{
    struct node *nodes = ARENA_ARRAY(walker->arena, struct node, report->n_nodes);

    for (size_t i = 0; i < report->n_nodes; i++) {
        const struct node *node = &report->nodes[i];
        struct finding *findings = ARENA_ARRAY(walker->arena, struct finding, node->n_findings);

        for (size_t k = 0; k < node->n_findings; k++) {
            findings[k] = redacted_finding(walker, &node->findings[k]);
        }
        nodes[i] = *node;
        nodes[i].findings = findings;
    }
    report->nodes = nodes;
}

static void redact_unexplained(const struct walker *walker, struct report *report)
{
    struct unexplained *units =
        ARENA_ARRAY(walker->arena, struct unexplained, report->n_unexplained);

    for (size_t i = 0; i < report->n_unexplained; i++) {
        const struct unexplained *unit = &report->unexplained[i];
        struct last_word *words = ARENA_ARRAY(walker->arena, struct last_word, unit->n_last_words);

        for (size_t k = 0; k < unit->n_last_words; k++) {
            words[k] = unit->last_words[k];
            words[k].text = redact(walker->redactor, words[k].text, walker->arena);
        }
        units[i] = *unit;
        units[i].last_words = words;
    }
    report->unexplained = units;
}

void redact_report(struct report *report)
{
    CLEANUP(redactor_free_at) struct redactor *redactor = redactor_new();
    struct walker walker = { .redactor = redactor, .arena = report->arena };

    redact_nodes(&walker, report);
    redact_unexplained(&walker, report);
}
