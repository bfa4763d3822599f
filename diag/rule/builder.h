#ifndef NODECAUSE_RULE_BUILDER_H
#define NODECAUSE_RULE_BUILDER_H

#include "base/vec.h"
#include "rule/yaml.h"

/* What the files build_*.c share while they turn one file's tree into one rule. */

/* `in node`: a pattern that only the whole streams.yaml can give. */
struct unit_condition {
    uint32_t pattern; /* index in the table's list */
    const struct yaml *at;
};

/* All patterns of a rule set; rules hold indexes into it. */
struct pattern_table {
    VEC(struct rule_pattern) list;
    VEC(struct unit_condition) units; /* patterns whose text rule/unit_pattern.h makes */
};

/* A rule whose names of other rules and of streams are not resolved yet. */
struct built_rule {
    struct rule rule;
    struct signal_rule *signals; /* rule.signals, writable */
    const struct span *facts;    /* names of all facts, columns as `table.column` */
    size_t n_facts;
    bool trusted; /* then `facts` is empty, and any name is accepted */
    bool linked;  /* of builtin_tables, whose indexes it has (rule/relink.h) */
    bool disabled;
    bool idle; /* disabled, but there was no rule to disable */
};

struct build_options {
    bool with_tests;
    bool checked; /* as in struct rule */
    bool trusted; /* checked before: patterns are not compiled, names of facts not looked up */
};

/* The rule that is being built. */
struct builder {
    const struct build_options *options;
    struct arena *arena; /* of the rule set */
    struct pattern_table *patterns;
    struct built_rule *built;
    struct error *reterr;
    VEC(struct span) known; /* names of facts: those with a field first, then signal by signal */
    size_t n_fields;        /* how many of them have a field */
    size_t signal;          /* where the facts of the current signal begin */
};

/* `table.column`, in the arena. */
struct span builder_column(struct builder *builder, struct span table, struct span column);

/* Adds the name of a fact; it is borrowed. */
void builder_add_fact(struct builder *builder, struct span name);

/* -EINVAL at `at` when no fact from index `first` on has the name, and none with a field: `first`
 * is builder->signal for facts of the current signal, 0 for those of any. */
int builder_check_fact(struct builder *builder, const struct yaml *at, size_t first,
                       struct span name) MUST_CHECK;

/* Copies the known facts to the built rule, for what is built later. */
void builder_keep_facts(struct builder *builder);

/* Sets the error for an unknown fact, with the nearest known one. Returns -EINVAL. */
int builder_unknown_fact(const struct yaml *at, struct span name, const struct span *facts,
                         size_t n, struct error *reterr);

/* Adds a pattern and, as facts, the names of its groups: as columns when `table` is not empty.
 * `text` is part of the text of `at`. -EINVAL when it does not compile. */
int builder_add_pattern(struct builder *builder, const struct yaml *at, struct span text,
                        struct span table, uint32_t *ret) MUST_CHECK;

/* builder_add_pattern() for the pattern at a key of the map; PATTERN_NONE if the map has no such
 * key. */
int builder_pattern_of(struct builder *builder, const struct yaml *map, const char *key,
                       struct span table, uint32_t *ret) MUST_CHECK;

/* Adds a pattern that has no text yet: the units of the condition's stream or group. Returns its
 * index. */
uint32_t builder_add_units(struct builder *builder, const struct yaml *at,
                           const struct condition *condition);

#endif
