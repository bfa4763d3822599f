/* One rule from the tree of its file. The schema has checked types and required keys; what is left
 * are patterns, and names inside the file. */

#include "rule/build.h"

#include "rule/build_fact.h"
#include "rule/build_finding.h"
#include "rule/build_signal.h"
#include "rule/build_state.h"
#include "rule/build_test.h"
#include "rule/build_when.h"
#include "rule/names.h"
#include "rule/value.h"

static int build_body(struct builder *builder, const struct yaml *root)
{
    const struct yaml *signals = yaml_get(root, "signals");
    const struct yaml *states = yaml_get(root, "state");
    struct built_rule *built = builder->built;
    int r;

    build_head(builder, root);
    build_facts(builder, yaml_get(root, "facts"));
    names_add(builder, signals, states);
    r = names_check(builder, signals);
    if (r >= 0) {
        r = build_signals(builder, signals);
    }
    if (r >= 0) {
        r = build_facts_check(builder, yaml_get(root, "facts"));
    }
    builder_keep_facts(builder);
    if (r >= 0) {
        r = build_key(builder, yaml_get(root, "key"));
    }
    if (r >= 0) {
        r = build_states(builder, states);
    }
    if (r >= 0) {
        r = build_when(built, yaml_get(root, "when"), builder->arena, &built->rule.when,
                       builder->reterr);
    }
    if (r >= 0) {
        r = build_confidence(builder, yaml_get(root, "confidence"));
    }
    if (r >= 0) {
        r = build_remedies(builder, yaml_get(root, "remedies"));
    }
    return r < 0 ? r : build_tests(builder, yaml_get(root, "tests"));
}

int build_rule(const struct yaml *root, const struct build_options *options, struct arena *arena,
               struct pattern_table *patterns, struct built_rule *ret, struct error *reterr)
{
    struct builder builder = {
        .options = options, .arena = arena, .patterns = patterns, .built = ret, .reterr = reterr
    };
    int r;

    ret->rule.tree = root;
    ret->rule.place = yaml_place(root);
    ret->disabled = value_true(root, "disabled");
    r = ret->disabled ? 0 : build_body(&builder, root);
    vec_free(&builder.known);
    return r;
}
