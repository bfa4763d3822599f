#ifndef NODECAUSE_FINDING_REPORT_H
#define NODECAUSE_FINDING_REPORT_H

#include "base/arena.h"
#include "entry/notes.h"
#include "rule/rule.h"
#include "rule/verdict.h"
#include "signal/signal.h"

/* The answer: everything a renderer prints. All of it lives in the report's arena. Texts may hold
 * hostile bytes of the logs; renderers make them harmless. The keys of JSON schema 1 have the same
 * names. */

enum finding_role {
    FINDING_ROOT,
    FINDING_CONSEQUENCE,
    FINDING_CONTRIBUTING
};

struct evidence {
    struct moment when;
    struct span stamp;
    struct span stream; /* name */
    struct span signal; /* name in the rule, or `state/fstab` for a row of a state file */
    struct origin origin;
    struct span unit, host;
    int64_t pid; /* -1: unknown */
    struct span message;
    uint64_t count;  /* how often such a line was seen, this one included */
    unsigned weight; /* 0 first: where there is room for a few only, which to show */
};

/* A fact of a finding: one value, several, or a table. */
struct finding_fact {
    struct span name;
    const struct fact *values;
    size_t n_values;
    bool list;                      /* printed as a list also when there is one value */
    bool is_command;                /* words of a command: never quoted for the shell */
    const struct fact_table *table; /* NULL: values */
};

/* The fact of that name, borrowed from the list; NULL when there is no such fact. */
const struct finding_fact *finding_fact_find(const struct finding_fact *facts, size_t n,
                                             struct span name);

struct finding_remedy {
    enum remedy_kind kind;
    const char *action;
    const char *const *run;          /* NULL-terminated; NULL when there are no commands */
    const char *needs, *risk, *undo; /* may be NULL */
};

struct ruled_out {
    const char *rule, *because;
};

struct finding {
    const struct rule *rule;
    const char *title;
    enum finding_role role;
    enum finding_confidence confidence;
    struct component component; /* that logged its evidence; the one known best */
    bool unattributed;          /* no component is known, and others log such words */
    const char *const *reasons; /* for the confidence; NULL-terminated */
    enum finding_status status;
    uint32_t group; /* findings of the node that a reader takes for one have the same number; 0: it
                     * is alone */
    enum rule_severity severity; /* the worst of its rule's and of those folded under it */
    const uint32_t *events;      /* of the timeline, in order, for verdict/; at least one */
    size_t n_events;
    struct moment first, last;
    struct span first_stamp, last_stamp;
    struct span boot;  /* in which it was seen first; empty: unknown */
    uint64_t count;    /* entries that report it */
    uint64_t runs;     /* runs of the unit that it was seen in; 0: not about a run of a unit */
    uint64_t runs_all; /* runs of that unit in the input that ended */
    const char *runs_sentence; /* in how many of them it was seen, in words; or NULL */
    const struct finding_fact *facts;
    size_t n_facts;
    const char *explain;
    const uint32_t *explained_by; /* indexes of findings in the node, best first */
    size_t n_explained_by;
    const uint32_t *explains;
    size_t n_explains;
    const struct ruled_out *ruled_out;
    size_t n_ruled_out;
    const struct evidence *evidence;
    size_t n_evidence;
    const struct finding_remedy *remedies;
    size_t n_remedies;
};

/* What a unit is at the end of what was read. */
enum unit_state {
    UNIT_RUNNING,
    UNIT_DEAD,    /* its last run died, and none began */
    UNIT_LOOPING, /* its runs end and begin */
    UNIT_STOPPED, /* systemd stopped it on request */
    UNIT_NEVER_STARTED,
    UNIT_NOT_IN_INPUT
};

/* `running`, `dead`, `looping`, `stopped`, `never-started`, `not-in-this-input`. */
extern const char *const unit_state_words[];

/* The word of the value. Static. */
const char *unit_state_name(enum unit_state state);

/* The value of the word, or -1. */
int unit_state_find(struct span word);

/* A unit of a node, in the last boot that was read. */
struct node_unit {
    struct span unit; /* the name of its stream where the input does not name the unit */
    bool known;       /* the input names the unit */
    uint64_t streams;
    enum unit_state state;
    struct moment since;
    struct span since_stamp;
    struct span exit_status; /* of its last death; empty: unknown */
    uint64_t runs, deaths;
    bool expected;          /* every node has it: that it does not run is an answer */
    const char *stopped_by; /* `alice ran /usr/bin/systemctl stop kubelet`; NULL: unknown, or not
                             * stopped */
    bool listed;            /* known only by what systemctl printed */
    bool with_node;         /* stopped because the node was shut down */
    const struct evidence *evidence; /* what proves the state, in order; `signal` is `started`,
                                      * `own-line` (its last one), `heard-of`
                                      * (a heartbeat after its last death), `exited`, `requested`,
                                      * `stopped`, `listed` (by a state file) or
                                      * `earlier-boot` (its last line there) */
    size_t n_evidence;
};

/* A unit as a state file lists it. */
struct listed_unit {
    struct span name;
    struct span
        active;       /* `inactive`, as systemctl list-units prints it; empty: only its unit file is
                         * known */
    struct span line; /* the row as written */
    uint32_t input;   /* index; UINT32_MAX: unknown */
    uint64_t line_number;
};

struct node {
    struct span host;                 /* empty: the input does not name it */
    struct span boot;                 /* the last one read */
    const struct listed_unit *listed; /* services of the node in state files, for verdict/ */
    size_t n_listed;
    const struct node_unit *units;
    size_t n_units;
    const struct finding *findings; /* roots first, best first; then what they explain */
    size_t n_findings;
};

/* Files of a bundle that are not read. */
struct report_unread {
    struct span folder; /* seen from its root, with `/` at the end; empty: the root */
    const char *why;
    uint64_t n, bytes; /* files; their size as far as it is known */
};

/* A directory or an archive that inputs are in; of one with several support bundles, each of them. */
struct report_bundle {
    struct span name;  /* as it was given: `sos.tar.xz` */
    const char *kind;  /* of support bundle: `sos`; NULL: no known one */
    const char *title; /* of the kind, in words; NULL */
    struct span root;  /* its folder in there, with `/` at the end; empty: the top */
    struct span node;  /* that it is of; empty: several, or unknown */
    uint64_t n_files;  /* of it that are read */
    const struct report_unread *unread;
    size_t n_unread;
    uint64_t n_files_unread; /* in all of them */
};

struct report_input {
    const struct report_bundle *bundle; /* that it is in; NULL: none */

    struct span name, format;
    struct span host;  /* the node that it names; empty: none, or several */
    struct span about; /* the node that its Kubernetes objects name; empty: none, or several */
    bool about_several;
    bool is_state; /* a state file, or an input that comes with state: a live host's journal */
    uint64_t bytes, entries;
    struct moment first, last; /* by time */
    const char *year_from;     /* `stamp`, `header`, `date`, `inputs` (the others), `collected`,
                                * `file-time`, `unknown`; NULL: no stamps */
    const char *error;         /* why it could not be read; NULL when it could */
    bool left_out;    /* the options that select entries left some out; with an error, all */
    bool no_log;      /* text in which nothing looks like a log */
    bool empty;       /* that is the error: with other inputs, nothing was missed */
    bool uncollected; /* the error is that of its collector; it counts as empty */
};

/* A line of a process that died, or a frame of its stack. */
struct last_word {
    struct span text; /* may hold newlines */
    struct moment when;
    struct span stamp;
    struct origin origin;
    uint64_t count; /* lines with its template among the last ones; this is the latest */
};

/* A unit that died without an explanation, or with one that is merely possible. */
struct unexplained {
    struct span host, unit;  /* empty: unknown */
    const char *title;       /* of the symptom */
    uint64_t streams;        /* of the unit */
    bool is_last_death;      /* no rule explains how the last run of the unit ended */
    const char *deaths;      /* `died 40 times: ...`, when earlier ones differ; or NULL */
    struct span exit_status; /* as the log has it: `1`, `9/KILL`; may be empty */
    const struct last_word *last_words; /* the most relevant lines of the process, oldest first */
    size_t n_last_words;
};

enum exit_code {
    EXIT_NOTHING = 0,
    EXIT_FINDINGS = 1,
    EXIT_USAGE = 2,
    EXIT_INPUT = 3,
    EXIT_PARTIAL = 4,
    EXIT_INCONCLUSIVE = 5,
};

struct report {
    struct arena *arena; /* owns everything below */
    enum exit_code exit;
    const char *exit_reason;        /* `findings`, `nothing`, `inconclusive`, `input`, `partial` */
    const char *const *root_causes; /* rule ids of ongoing and happened roots of severity error or
                                     * worse, best first, each once; NULL-terminated */
    const char *const *before;      /* of causes that recovered, were superseded or are of an
                                     * earlier boot; NULL-terminated */
    const char *sentence;           /* what is wrong at the end, the first line of the report */
    const struct report_input *inputs;
    size_t n_inputs;
    const struct report_bundle *bundles; /* those with files that are read, or not read */
    size_t n_bundles;
    const struct node *nodes;
    size_t n_nodes;
    const struct unexplained *unexplained;
    size_t n_unexplained;
    const struct note *blind_spots;
    size_t n_blind_spots;
    struct {
        double seconds;
        uint64_t bytes, entries;
        uint64_t rules;
    } stats;
};

/* The times of the first and the last entry of the inputs whose year is certain. False with nothing
 * changed: there are none. */
bool report_inputs_range(const struct report_input *entries, size_t n, int64_t *first,
                         int64_t *last);

struct report *report_new(void);
void report_free(struct report *report); /* NULL is fine */
DEFINE_CLEANUP(struct report, report_free)

/* Fills in the blind spots, copied. */
void report_set_blind_spots(struct report *report, const struct notes *notes);

/* Corrects the exit code once findings, inputs and blind spots are in: nothing found means little
 * when nothing, or not all, could be read. */
void report_judge_inputs(struct report *report);

/* Does it not run at the end, though the node needs it, and no log says that it failed: it was stopped,
 * and not with its node, it was never started, or systemctl alone says that it failed? */
bool node_unit_is_off(const struct node_unit *unit);

/* Does the verdict begin with such a unit: no cause that holds at the end is named? */
bool report_leads_with_unit(const struct report *report);

/* Is it named in the verdict: a root of severity error or worse that holds at the end? */
bool finding_is_named(const struct finding *finding);

/* `root`, `consequence`, `contributing`. */
extern const char *const finding_role_words[];

/* The word of the value. Static. */
const char *finding_role_name(enum finding_role role);

/* The value of the word, or -1. */
int finding_role_find(struct span word);

#endif
