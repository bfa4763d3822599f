/* What lines cut by a pager may lose, and what not. */

#include "workbench/test_cut.h"

#include "base/pattern.h"

/* The n-th line, 1-based. */
static struct span line_at(struct span text, uint64_t n)
{
    struct span line = { 0 };

    while (n-- > 0) {
        if (!span_cut(&text, '\n', &line)) {
            return (struct span){ 0 };
        }
    }
    return line;
}

static const struct signal_rule *signal_of(const struct rule *rule, struct span name)
{
    int64_t index = rule_signal(rule, name);

    return index < 0 ? NULL : &rule->signals[index];
}

/* Where the signal has a pattern of its own and nothing around it counts, its words say it all. */
static bool is_plain_proof(const struct signal_rule *signal)
{
    return signal->role == ROLE_PROOF && signal->pattern != PATTERN_NONE && !signal->n_where &&
           !signal->n_fields && !signal->n_message_ids;
}

/* Is the message's end at the line's end, but for the quote that klog puts there? */
static bool ends_with_line(struct span message, struct span line)
{
    if (span_ends(line, SPAN("\""))) {
        line.size--;
    }
    return message.size > 0 && span_ends(line, span_skip(message, message.size - 1));
}

/* Does the evidence still hold the words when its line is cut after `columns`? A message
 * of several lines, or one that ends before its line does, is not compared. */
static bool is_intact(const struct rules *rules, const struct rule *rule,
                      const struct evidence *evidence, struct span input, unsigned columns)
{
    CLEANUP(pattern_free_at) struct pattern *pattern = NULL;
    const struct signal_rule *signal = signal_of(rule, evidence->signal);
    struct span line = line_at(input, evidence->origin.line), message = evidence->message;
    size_t lost = line.size > columns ? line.size - columns + 1 : 0;

    if (!signal || !is_plain_proof(signal) || lost >= message.size ||
        !ends_with_line(message, line) || span_find_byte(message, '\n') >= 0) {
        return false;
    }
    if (pattern_compile(rules->patterns[signal->pattern].text, &pattern, NULL) < 0) {
        return false;
    }
    return pattern_match(pattern, span_head(message, message.size - lost), 0) > 0;
}

static bool keeps_its_words(const struct rules *rules, const struct rule *rule,
                            const struct rule_test *test, unsigned columns,
                            const struct report *whole)
{
    for (size_t i = 0; i < whole->n_nodes; i++) {
        for (size_t k = 0; k < whole->nodes[i].n_findings; k++) {
            const struct finding *finding = &whole->nodes[i].findings[k];

            for (size_t e = 0; finding->rule == rule && e < finding->n_evidence; e++) {
                if (is_intact(rules, rule, &finding->evidence[e], test->input, columns)) {
                    return true;
                }
            }
        }
    }
    return false;
}

void test_cut_compare(const struct rules *rules, const struct rule *rule,
                      const struct rule_test *test, unsigned columns, const struct report *whole,
                      const struct report *cut, struct buf *out)
{
    for (const char *const *id = test->expect_none; *id; id++) {
        if (test_finds(cut, *id) && !test_finds(whole, *id)) {
            buf_printf(out, "    expect_none: found %s in cut lines\n", *id);
        }
    }
    if (test_expects(test, rule->id) && test_finds(whole, rule->id) && !test_finds(cut, rule->id) &&
        keeps_its_words(rules, rule, test, columns, whole)) {
        buf_printf(out,
                   "    %s is not found, but a cut line still has all the text of its pattern\n",
                   rule->id);
    }
}
