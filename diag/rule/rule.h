#ifndef NODECAUSE_RULE_RULE_H
#define NODECAUSE_RULE_RULE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/words.h"
#include "entry/entry.h"
#include "entry/streams.h"
#include "signal/fact.h"

/* Rules as they were loaded and checked; rules/README.md is the manual of the language, and each
 * struct here is one of its maps. Everything belongs to the rule set's arena and dies with it.
 * Names that refer to signals, states and rules are resolved to indexes by the loader, so
 * other code never sees an unknown one. */

enum rule_severity {
    RULE_INFO,
    RULE_WARNING,
    RULE_ERROR,
    RULE_CRITICAL
};

/* `info`, `warning`, `error`, `critical`. */
extern const char *const rule_severity_words[];

/* The word of the value. Static. */
const char *rule_severity_name(enum rule_severity severity);

/* The value of the word, or -1. */
int rule_severity_find(struct span word);

/* What two things must share to be connected. A bit mask. */
enum same {
    SAME_HOST = 1,
    SAME_BOOT = 2,
    SAME_UNIT = 4, /* the same stream of unit: the kubelet, the runtime, ... */
    SAME_RUN = 8,  /* the same run of that unit, from its start to its exit */
    SAME_PID = 16,
};

/* `host`, `boot`, `unit`, `run`, `pid`: the word at index i is the bit 1 << i. */
extern const char *const same_words[];

struct yaml; /* rule/yaml.h */

/* A position in a rule file, for messages. */
struct place {
    const char *path;
    unsigned line, column; /* 1-based */
};

/* What a signal is worth. */
enum signal_role {
    ROLE_PROOF,   /* sufficient alone */
    ROLE_SIGN,    /* requires others */
    ROLE_CONTEXT, /* facts only */
    ROLE_AGAINST, /* contradicts */
};

/* `proof`, `sign`, `context`, `against`. */
extern const char *const signal_role_words[];

/* The word of the value. Static. */
const char *signal_role_name(enum signal_role role);

/* The value of the word, or -1. */
int signal_role_find(struct span word);

/* `facts:` the type of a named group, or of a fact taken from a field. */
struct fact_declaration {
    struct span name;
    enum fact_type type;
    bool list;         /* `[pod]`: always a list in the report, also of one */
    struct span field; /* `{field: EXIT_STATUS}`: taken from this field of the entry when it has
                        * one, which wins over the pattern; else empty */
};

enum comparison {
    IS_EQUAL,
    IS_NOT_EQUAL,
    IS_LESS,
    IS_AT_MOST,
    IS_GREATER,
    IS_AT_LEAST,
    IS_MATCHING,
    IS_GLOB,
    IS_UNIT_OF, /* a unit of the stream or group; `pattern` matches its units */
    IS_NOT_UNIT_OF
};

/* Does `pattern` of the condition decide? */
bool comparison_by_pattern(enum comparison comparison);

/* One line of `where:`, of a state's conditions, or of a `set:` row's `if:`. */
struct condition {
    struct span name; /* fact or column */
    enum comparison comparison;
    struct span text;       /* right side as written: the pattern, or the name of the group */
    struct span other_fact; /* `'< {quantity}'`: compared with this fact instead; else empty */
    uint32_t pattern;       /* index in rules.patterns when comparison_by_pattern(), else
                             * PATTERN_NONE */
};

/* One row of `set:`: the first whose conditions all hold adds its facts. */
struct set_row {
    const struct condition *conditions;
    size_t n_conditions;
    const struct field *facts; /* name and text; types by the rule's declarations */
    size_t n_facts;
};

/* `block:` many entries around the signal's own, read as one signal. */
struct block_rule {
    bool present;
    uint32_t from;     /* pattern: walk back to the nearest such entry; PATTERN_NONE: not back */
    uint32_t to;       /* pattern: walk forward to the nearest such entry; PATTERN_NONE: not on */
    unsigned lines;    /* entries of the stream looked at in each direction, at most */
    int64_t within_us; /* and no further away in time; 0: no bound */
    const uint32_t *reads; /* patterns tried on each entry: their groups become facts of the signal,
                            * those nearest to the signal's own entry win */
    size_t n_reads;
    struct span rows_name; /* table of rows; empty: no table */
    uint32_t rows;         /* pattern of a row */
    struct span rows_top;  /* fact by which the rows are ranked, the largest first */
    unsigned rows_keep;
};

#define PATTERN_NONE UINT32_MAX /* more than an enumerator can have */

/* How a signal changes the run of its unit. */
enum run_mark {
    RUN_GOES_ON,
    RUN_BEGINS, /* `run: begins`: the unit's process was started */
    RUN_ENDS,   /* `run: ends`: the unit's process ended */
    RUN_UP,     /* `run: up`: the unit has reached a point from which it works */
    RUN_STOPS,  /* `run: stops`: systemd stops the unit on request */
    RUN_ASKS, /* `run: asks`: a user or a program requests a stop, of the unit that the message names or of
                 * the whole node */
};

/* `goes-on`, `begins`, `ends`, `up`, `stops`, `asks`. */
extern const char *const run_mark_words[];

/* How long what a rule reports lasts. */
enum rule_lasting {
    LASTS_WHILE_SEEN,   /* until it was silent for some of its own intervals */
    LASTS_MOMENT,       /* an event without duration: an OOM kill */
    LASTS_UNTIL_LIFTED, /* a condition: until a rule of `recovered_by:` is found */
    LASTS_BOOT,         /* until the next boot: a read-only file system */
};

/* `while-seen`, `moment`, `until-lifted`, `boot`. */
extern const char *const rule_lasting_words[];

/* The log itself reports missing lines. */
enum blind_spot {
    BLIND_SPOT_NONE,
    BLIND_SPOT_SUPPRESSED, /* NOTE_SUPPRESSED */
    BLIND_SPOT_MISSED,     /* NOTE_MISSED */
};

/* `none`, `suppressed`, `missed`: the last two are also the names of the notes. */
extern const char *const blind_spot_words[];

struct signal_rule {
    struct span name;
    struct place place;
    uint64_t streams; /* set of streams that can log it, without state/<kind> */
    struct span
        state_kind;   /* `state/swaps`: also tried on the lines of such a state file; or empty */
    uint32_t pattern; /* PATTERN_NONE: only message_id and fields decide */
    const struct span *literals; /* one of them must be in the raw record; the loader derives them
                    * from the pattern when `literal:` is not given, and adds the message
                    * ids. Empty only if `streams` is */
    size_t n_literals;
    bool literals_caseless;
    const struct span *also; /* one of them must be in the raw line of the literal, too */
    size_t n_also;           /* 0: the literal is sufficient */
    const struct span
        *message_ids; /* any of them is sufficient, even if the pattern does not match */
    size_t n_message_ids;
    const struct condition *fields; /* all must hold on the entry's fields */
    size_t n_fields;
    enum signal_role role;
    bool fatal;     /* the process logs it as the reason for its exit */
    bool anonymous; /* a line whose component is unknown counts, too */
    enum run_mark run;
    enum blind_spot blind_spot;
    const struct condition *where;
    size_t n_where;
    uint32_t each; /* pattern of rows within the message; PATTERN_NONE: no rows */
    const struct set_row *set;
    size_t n_set;
    struct block_rule block;
};

enum state_match {
    STATE_ANY,
    STATE_ALL,
    STATE_NONE,
    STATE_PATH,
    STATE_COUNT
};

/* `state:` a question to a state table: true, false or unknown. */
struct state_rule {
    struct span name;
    struct place place;
    struct span from; /* kind of table: `fstab` */
    enum state_match match;
    const struct condition *conditions;
    size_t n_conditions;
    struct span path;  /* for STATE_PATH: `evictionHard.memory.available`, the column `value` of the
                        * row  whose `path` it is */
    uint64_t at_least; /* for STATE_COUNT: number of rows that meet the conditions */
    struct span holding; /* fact with a path: only the row of the mount that holds it; or empty */
    struct span most; /* fact with the name of a column: of the rows that meet the conditions, the
                          * one with the largest number there answers; or empty */
};

/* `when:`, `if:` and the like: a tree of questions. */
enum when_kind {
    WHEN_SIGNAL,  /* the signal was seen */
    WHEN_STATE,   /* the state is true */
    WHEN_UNKNOWN, /* the state is unknown */
    WHEN_ALL,
    WHEN_ANY,
    WHEN_NONE,
    WHEN_COUNT,    /* the signal was seen at_least times, within a window if one is given */
    WHEN_DISTINCT, /* the fact of the signal had at_least different values, within the window */
    WHEN_SEQUENCE, /* the signals were seen in this order, within the window */
    WHEN_ABSENT, /* the signal did not occur within the window after `after`, or before `before`, or
                    * at all */
};

struct when {
    enum when_kind kind;
    struct place place;
    uint32_t signal;          /* index in the rule: SIGNAL, COUNT, DISTINCT, ABSENT */
    uint32_t after, before;   /* index of a signal, or UINT32_MAX; one of them at most: ABSENT */
    uint32_t state;           /* index in the rule: STATE, UNKNOWN */
    struct span fact;         /* DISTINCT */
    uint64_t at_least;        /* COUNT, DISTINCT */
    int64_t within_us;        /* 0: no window */
    const uint32_t *sequence; /* signals, SEQUENCE */
    size_t n_sequence;
    const struct when *children; /* ALL, ANY, NONE */
    size_t n_children;
};

/* An edge of the graph of causes. */
struct explains {
    uint32_t rule;     /* index in the rule set */
    int64_t within_us; /* maximum time from the cause to the consequence; 0: no bound */
    unsigned same;     /* set of enum same */
    struct place place;
};

struct suppresses {
    uint32_t rule;
    unsigned same; /* 0: seen in the same record */
};

struct rules_out {
    uint32_t rule;
    const struct when *when; /* NULL: always, by the nature of the evidence */
    const char *because;     /* template */
};

/* Something that moves the confidence, with the reason that is printed. */
struct confidence_mover {
    const struct when *when;
    const char *because; /* template, or the loader's sentence made of the name */
};

enum remedy_kind {
    REMEDY_NOW,
    REMEDY_PERSIST,
    REMEDY_INSTEAD,
    REMEDY_INSPECT,
    REMEDY_VERIFY,
};

/* `now`, `persist`, `instead`, `inspect`, `verify`. */
extern const char *const remedy_kind_words[];

/* The word of the value. Static. */
const char *remedy_kind_name(enum remedy_kind kind);

/* The value of the word, or -1. */
int remedy_kind_find(struct span word);

/* Facts of a finding and their values, as globs: all of them must match. */
struct fact_globs {
    const struct field *facts;
    size_t n_facts;
};

struct remedy {
    enum remedy_kind kind;
    const char *action;      /* `do:`, a template */
    const char *const *run;  /* commands, templates; NULL-terminated; may be NULL */
    const char *needs;       /* `root`; NULL: no privileges */
    const char *risk;        /* a template; NULL: no side effects */
    const char *undo;        /* how to go back, a template; NULL: nothing to undo, or impossible */
    const struct when *when; /* `if:`; NULL: always */
    const struct fact_globs *given; /* one of them must hold; none: always */
    size_t n_given;
    const struct fact_globs *unless; /* none of them may hold */
    size_t n_unless;
};

struct rule_test {
    const char *name;
    struct place place;
    const char *const *formats; /* `format:` or `formats:`; NULL-terminated; empty: found by bids */
    struct span input;          /* empty when only state is given */
    const struct field *state;  /* kind and text */
    size_t n_state;
    const struct field *expect; /* flattened: `root`, `confidence`, `status`, `exit`, `blind_spot`,
                                   `facts.swaps.device` */
    size_t n_expect;
    const char *const *folds; /* rules that must be folded under the root; NULL-terminated */
    const char *const *expect_findings; /* rules that must be found, in any role; NULL-terminated */
    const char *const *expect_none;     /* rules that must not be found; NULL-terminated */
    const char *const *remedies;    /* texts that must be in the root's remedies or their commands;
                                  * NULL-terminated */
    const char *const *no_remedies; /* texts that must not be; NULL-terminated */
    const char *versions;           /* the versions it covers, as text; may be NULL */
};

struct rule {
    const char *id; /* `kubelet/swap-enabled`: the path under rules/ without .yaml */
    struct place place;
    const char *origin; /* "built in", or the directory it came from */
    const char *title;
    enum rule_severity severity;
    enum rule_lasting lasts;
    bool symptom; /* always a consequence: if no finding explains it, the result is inconclusive */
    const struct signal_rule *signals;
    size_t n_signals;
    const struct fact_declaration *facts; /* of all signals */
    size_t n_facts;
    const struct state_rule *states;
    size_t n_states;
    const struct when *when; /* NULL: any proof, or any sign */
    unsigned same;           /* what its signals must share; SAME_HOST by default */
    const struct span *key;  /* one finding for each value of these facts */
    size_t n_key;
    const struct explains *explains;
    size_t n_explains;
    const struct suppresses *suppresses;
    size_t n_suppresses;
    const struct rules_out *rules_out;
    size_t n_rules_out;
    const uint32_t *recovered_by; /* rules */
    size_t n_recovered_by;
    const struct confidence_mover *raised_by, *lowered_by;
    size_t n_raised_by, n_lowered_by;
    const char *explain; /* template */
    const struct remedy *remedies;
    size_t n_remedies;
    const char *const *references; /* NULL-terminated */
    const struct rule_test *tests; /* NULL in the built-in set, which has no tests */
    size_t n_tests;
    bool checked;            /* to be tested and linted; others are there to be named */
    const struct yaml *tree; /* the file, for places of values that are in no struct here */
};

/* A pattern of any rule; compiled where it is used (base/pattern.h). */
struct rule_pattern {
    struct span text;
    struct place place;
    struct span units; /* the stream or group whose units it matches: the loader makes the text
                        * (rule/unit_pattern.h); empty: the text is the file's */
    bool negated;      /* it matches all other units */
};

/* A file with `disabled: true`. */
struct disabled_rule {
    const char *id;
    struct place place;
    bool idle; /* there was no rule of that id to switch off */
};

struct rules {
    const struct rule *items; /* in the order of ids */
    size_t n;
    const struct disabled_rule *disabled;
    size_t n_disabled;
    const struct error *skipped; /* bad files that were left out (rule/rule_search.h) */
    size_t n_skipped;
    const struct rule_pattern *patterns;
    size_t n_patterns;
    struct streams streams;
};

/* Index of the rule of that id, or -1. */
int64_t rules_find(const struct rules *rules, struct span id);

/* The fact's declaration in the rule, or NULL: then it is text. */
const struct fact_declaration *rule_fact(const struct rule *rule, struct span name);

/* Index of the signal of that name in the rule, or -1. */
int64_t rule_signal(const struct rule *rule, struct span name);

/* Index of the state of that name in the rule, or -1. */
int64_t rule_state(const struct rule *rule, struct span name);

#endif
