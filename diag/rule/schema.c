/* The keys of rule files (rules/README.md is the manual) and of streams.yaml. */

#include "rule/schema.h"

#include "base/calendar.h"
#include "rule/verdict.h"

#include <errno.h>
#include <stdio.h>

enum value {
    TEXT,        /* any text but the empty one */
    WORD,        /* letters, digits, `_` and `-` */
    TRUTH,       /* true or false */
    COUNT,       /* 1 and above */
    DURATION,    /* 30s, 5m, 250ms */
    CHOICE,      /* one of `choices` */
    STREAM,      /* name of a stream, or state/<kind> */
    RULE,        /* id of a rule */
    FACT_TYPE,   /* type of a fact */
    HEX_ID,      /* 32 hex digits */
    PATTERN,     /* PCRE2; compiled by the loader */
    MAP,         /* `map` */
    TEXTS,       /* any key: text */
    ANY_MAPS,    /* any key: `map` */
    TREE,        /* a name, or `map`, which is a tree */
    FACT,        /* a type, [type], or `map` */
    NAME_OR_MAP, /* a name, or `map` */
};

enum shape {
    ONE,
    MANY,
    ONE_OR_MANY
};

struct schema_map;

struct schema_key {
    const char *name;
    enum value value;
    enum shape shape;
    bool required;
    const char *const *choices; /* of a CHOICE; NULL-terminated */
    const struct schema_map *map;
    const char *summary;
};

struct schema_map {
    const char *name; /* for messages: `a signal` */
    const struct schema_key *keys;
    size_t n_keys;
    bool one_key; /* exactly one of the keys */
};

#define KEYS(keys) keys, N_ELEMENTS(keys)
#define CHOICES(...)                                                                               \
    (const char *const[])                                                                          \
    {                                                                                              \
        __VA_ARGS__, NULL                                                                          \
    }

/* clang-format off */
static const struct schema_map tree;

static const struct schema_key count_keys[] = {
    { "signal", WORD, .required = true, .summary = "the signal that is counted" },
    { "at_least", COUNT, .required = true, .summary = "so often" },
    { "within", DURATION, .summary = "within this window" },
};
static const struct schema_map count_map = { "a count", KEYS(count_keys), false };

static const struct schema_key distinct_keys[] = {
    { "signal", WORD, .required = true, .summary = "the signal whose values are counted" },
    { "fact", TEXT, .required = true, .summary = "its fact" },
    { "at_least", COUNT, .required = true, .summary = "so many different values" },
    { "within", DURATION, .summary = "within this window" },
};
static const struct schema_map distinct_map = { "a distinct", KEYS(distinct_keys), false };

static const struct schema_key sequence_keys[] = {
    { "signals", WORD, MANY, true, .summary = "signals in this order" },
    { "within", DURATION, .summary = "all of them within this window" },
};
static const struct schema_map sequence_map = { "a sequence", KEYS(sequence_keys), false };

static const struct schema_key absent_keys[] = {
    { "signal", WORD, .required = true, .summary = "the signal that was not seen" },
    { "within", DURATION, .summary = "within this window after `after`" },
    { "after", WORD, .summary = "the signal that opens the window" },
};
static const struct schema_map absent_map = { "an absent", KEYS(absent_keys), false };

static const struct schema_key tree_keys[] = {
    { "state", WORD, .summary = "true when the state is true" },
    { "unknown", WORD, ONE_OR_MANY, .summary = "true when the states are unknown" },
    { "all", TREE, MANY, .map = &tree, .summary = "true when all are" },
    { "any", TREE, MANY, .map = &tree, .summary = "true when one is" },
    { "none", TREE, MANY, .map = &tree, .summary = "true when none is" },
    { "count", MAP, .map = &count_map, .summary = "a signal was seen so often" },
    { "distinct", MAP, .map = &distinct_map, .summary = "a fact had so many values" },
    { "sequence", MAP, .map = &sequence_map, .summary = "signals were seen in this order" },
    { "absent", MAP, .map = &absent_map, .summary = "a signal was not seen" },
};
static const struct schema_map tree = { "a tree", KEYS(tree_keys), true };

static const struct schema_key rows_keys[] = {
    { "name", WORD, .required = true, .summary = "name of the table" },
    { "pattern", PATTERN, .required = true, .summary = "an entry that is a row; its groups are the columns" },
    { "top", WORD, .summary = "rows are ranked by this column, the largest first" },
    { "keep", COUNT, .summary = "so many rows stay" },
};
static const struct schema_map rows_map = { "block.rows", KEYS(rows_keys), false };

static const struct schema_key block_keys[] = {
    { "from", PATTERN, .summary = "walk back to the nearest entry of the stream that matches" },
    { "to", PATTERN, .summary = "walk forward likewise" },
    { "lines", COUNT, .summary = "at most so many entries in each direction; default 256" },
    { "within", DURATION, .summary = "and no further away in time" },
    { "read", PATTERN, ONE_OR_MANY, .summary = "tried on each entry of the block; their groups become facts" },
    { "rows", MAP, .map = &rows_map, .summary = "entries that are rows of a table" },
};
static const struct schema_map block_map = { "a block", KEYS(block_keys), false };

static const struct schema_key set_keys[] = {
    { "if", TEXTS, .summary = "conditions on facts, all of which must hold; without it the row always holds" },
    { "then", TEXTS, .required = true, .summary = "facts that are added" },
};
static const struct schema_map set_map = { "a row of set", KEYS(set_keys), false };

static const struct schema_key signal_keys[] = {
    { "name", WORD, .required = true, .summary = "unique in the file" },
    { "stream", STREAM, ONE_OR_MANY, true, .summary = "who says it: names from streams.yaml, or state/<kind>" },
    { "pattern", PATTERN, .summary = "matched against the decoded message; named groups are facts" },
    { "literal", TEXT, ONE_OR_MANY, .summary = "text of which one must stand in the raw line" },
    { "message_id", HEX_ID, ONE_OR_MANY, .summary = "the entry's MESSAGE_ID" },
    { "fields", TEXTS, .summary = "conditions on the entry's fields" },
    { "role", CHOICE, .required = true, .choices = signal_role_words,
      .summary = "what it is worth: proof is enough alone, a sign needs company, context gives facts only, against contradicts" },
    { "fatal", TRUTH, .summary = "the process says that it dies of this" },
    { "run", CHOICE, .choices = run_mark_words + RUN_BEGINS, .summary = "the unit's process was started, or ended" },
    { "blind_spot", CHOICE, .choices = blind_spot_words + BLIND_SPOT_SUPPRESSED,
      .summary = "the log says that lines are missing: the report counts them as what it could not see" },
    { "where", TEXTS, .summary = "conditions on its facts" },
    { "each", PATTERN, .summary = "every occurrence inside the message is a row of the table named like the signal" },
    { "set", MAP, MANY, .map = &set_map, .summary = "facts derived by a decision table; the first row that holds" },
    { "block", MAP, .map = &block_map, .summary = "entries around this one are read with it" },
};
static const struct schema_map signal_map = { "a signal", KEYS(signal_keys), false };

static const struct schema_key fact_keys[] = {
    { "field", TEXT, .required = true, .summary = "taken from this field of the entry when it has one" },
    { "type", FACT_TYPE, .summary = "type of the fact; default text" },
};
static const struct schema_map fact_map = { "a fact", KEYS(fact_keys), false };

static const struct schema_key state_keys[] = {
    { "from", WORD, .required = true, .summary = "kind of state table" },
    { "any", TEXTS, .summary = "true when a row fulfils these conditions on its columns" },
    { "all", TEXTS, .summary = "true when every row does" },
    { "none", TEXTS, .summary = "true when no row does" },
    { "count", TEXTS, .summary = "true when at_least rows do" },
    { "at_least", COUNT, .summary = "rows for count" },
    { "path", TEXT, .summary = "path of a value: a.b.c" },
    { "equals", TEXT, .summary = "condition on the value at path" },
};
static const struct schema_map state_map = { "a state", KEYS(state_keys), false };

static const struct schema_key explains_keys[] = {
    { "rule", RULE, .required = true, .summary = "the consequence" },
    { "within", DURATION, .summary = "it begins at most so long after the cause" },
    { "same", CHOICE, ONE_OR_MANY, .choices = same_words, .summary = "what both must share; default host and boot" },
};
static const struct schema_map explains_map = { "an edge", KEYS(explains_keys), false };

static const struct schema_key suppresses_keys[] = {
    { "rule", RULE, .required = true, .summary = "the wrong finding" },
    { "same", CHOICE, ONE_OR_MANY, .choices = same_words, .summary = "what both must share; default: the same record" },
};
static const struct schema_map suppresses_map = { "an item of suppresses", KEYS(suppresses_keys), false };

static const struct schema_key rules_out_keys[] = {
    { "rule", RULE, .required = true, .summary = "what it is not" },
    { "if", TREE, .map = &tree, .summary = "when; default always" },
    { "because", TEXT, .required = true, .summary = "the reason that is printed" },
};
static const struct schema_map rules_out_map = { "an item of rules_out", KEYS(rules_out_keys), false };

static const struct schema_key mover_keys[] = {
    { "if", TREE, .required = true, .map = &tree, .summary = "when" },
    { "because", TEXT, .required = true, .summary = "the reason that is printed" },
};
static const struct schema_map mover_map = { "an item of confidence", KEYS(mover_keys), false };

static const struct schema_key confidence_keys[] = {
    { "raised_by", NAME_OR_MAP, MANY, .map = &mover_map, .summary = "names of states or signals, or {if, because}" },
    { "lowered_by", NAME_OR_MAP, MANY, .map = &mover_map, .summary = "names of states or signals, or {if, because}" },
};
static const struct schema_map confidence_map = { "confidence", KEYS(confidence_keys), false };

static const struct schema_key remedy_keys[] = {
    { "kind", CHOICE, .required = true, .choices = remedy_kind_words, .summary = "what it is good for" },
    { "do", TEXT, .required = true, .summary = "one sentence" },
    { "run", TEXT, ONE_OR_MANY, .summary = "commands to type; never run by nodecause" },
    { "needs", CHOICE, .choices = CHOICES("root"), .summary = "who may type them" },
    { "risk", TEXT, .summary = "what may go wrong" },
    { "if", TREE, .map = &tree, .summary = "when it is of use; default always" },
};
static const struct schema_map remedy_map = { "a remedy", KEYS(remedy_keys), false };

static const struct schema_key expect_keys[] = {
    { "root", RULE, .summary = "the first root cause" },
    { "confidence", CHOICE, .choices = finding_confidence_words, .summary = "of that root" },
    { "status", CHOICE, .choices = finding_status_words, .summary = "of that root" },
    { "exit", TEXT, .summary = "the exit code" },
    { "blind_spot", CHOICE, .choices = blind_spot_words, .summary = "what could not be seen" },
    { "facts", TEXTS, .summary = "of that root: path and value" },
    { "folds", RULE, ONE_OR_MANY, .summary = "rules explained by it" },
    { "findings", RULE, ONE_OR_MANY, .summary = "rules found in any role" },
};
static const struct schema_map expect_map = { "expect", KEYS(expect_keys), false };

static const struct schema_key test_keys[] = {
    { "name", TEXT, .required = true, .summary = "what it shows" },
    { "format", WORD, .summary = "format of the input; default found by itself" },
    { "formats", WORD, MANY, .summary = "the input is rendered in each of these" },
    { "input", TEXT, .summary = "log text" },
    { "state", TEXTS, .summary = "state files by kind" },
    { "expect", MAP, .map = &expect_map, .summary = "what must be found" },
    { "expect_none", RULE, ONE_OR_MANY, .summary = "rules that must not be found" },
    { "versions", TEXT, .summary = "what it stands for" },
};
static const struct schema_map test_map = { "a test", KEYS(test_keys), false };

static const struct schema_key rule_keys[] = {
    { "title", TEXT, .required = true, .summary = "the trouble said as a state, one line, no full stop" },
    { "severity", CHOICE, .required = true, .choices = rule_severity_words, .summary = "roots of error and worse are named in the verdict" },
    { "symptom", TRUTH, .summary = "a consequence by nature" },
    { "disabled", TRUTH, .summary = "switches off the rule of this id from an earlier directory" },
    { "signals", MAP, MANY, true, .map = &signal_map, .summary = "how it shows" },
    { "facts", FACT, .map = &fact_map, .summary = "types of the facts of all signals" },
    { "state", ANY_MAPS, .map = &state_map, .summary = "what state files say" },
    { "when", TREE, .map = &tree, .summary = "what must come together; default: any proof, or any sign" },
    { "same", CHOICE, ONE_OR_MANY, .choices = same_words, .summary = "what the signals of one finding must share; default host" },
    { "key", TEXT, ONE_OR_MANY, .summary = "one finding for each value of these facts" },
    { "explains", MAP, MANY, .map = &explains_map, .summary = "consequences, folded under this finding" },
    { "suppresses", MAP, MANY, .map = &suppresses_map, .summary = "tempting wrong findings, silenced by this one" },
    { "rules_out", MAP, MANY, .map = &rules_out_map, .summary = "printed under what it is not" },
    { "recovered_by", RULE, ONE_OR_MANY, .summary = "a later finding of one of these ends this one" },
    { "includes", WORD, ONE_OR_MANY, .summary = "parts of common.yaml whose lists are appended to this rule's" },
    { "confidence", MAP, .map = &confidence_map, .summary = "what moves it" },
    { "explain", TEXT, .required = true, .summary = "what happened, in two or three sentences" },
    { "remedies", MAP, MANY, .map = &remedy_map, .summary = "what to type" },
    { "references", TEXT, MANY, .summary = "URLs" },
    { "tests", MAP, MANY, .map = &test_map, .summary = "samples; the last key of the file" },
};
static const struct schema_map rule_map = { "a rule", KEYS(rule_keys), false };

static const struct schema_key common_keys[] = {
    { "explains", MAP, MANY, .map = &explains_map, .summary = "consequences" },
    { "recovered_by", RULE, ONE_OR_MANY, .summary = "a later finding of one of these ends the rule's" },
    { "remedies", MAP, MANY, .map = &remedy_map, .summary = "what to type" },
    { "includes", WORD, ONE_OR_MANY, .summary = "parts above this one" },
};
static const struct schema_map common_map = { "a common part", KEYS(common_keys), false };

static const struct schema_key stream_keys[] = {
    { "units", TEXT, MANY, .summary = "globs of systemd unit names" },
    { "identifiers", TEXT, MANY, .summary = "globs of syslog identifiers" },
    { "transports", TEXT, MANY, .summary = "journal transports, and what formats say" },
    { "klog_wrappers", TEXT, MANY, .summary = "identifiers that pass klog lines on" },
    { "anonymous", TRUTH, .summary = "a line that names no sender may belong to it" },
};
static const struct schema_map stream_map = { "a stream", KEYS(stream_keys), false };
/* clang-format on */

#define TEXT_OF(span) (int)span_head(span, 64).size, (span).data ? (span).data : ""

/* ---- nearness ---- */

enum {
    NAME_MAX_NEAR = 64
};

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Optimal string alignment, three rows of the table at a time. */
size_t schema_distance(struct span a, struct span b)
{
    size_t rows[3][NAME_MAX_NEAR + 1];
    size_t *before = rows[0], *above = rows[1], *row = rows[2];

    if (a.size > NAME_MAX_NEAR || b.size > NAME_MAX_NEAR) {
        return SIZE_MAX;
    }
    for (size_t j = 0; j <= b.size; j++) {
        above[j] = before[j] = j;
    }
    for (size_t i = 1; i <= a.size; i++) {
        size_t *oldest = before;

        row[0] = i;
        for (size_t j = 1; j <= b.size; j++) {
            bool same = a.data[i - 1] == b.data[j - 1];

            row[j] = least(least(above[j] + 1, row[j - 1] + 1), above[j - 1] + !same);
            if (i > 1 && j > 1 && a.data[i - 1] == b.data[j - 2] &&
                a.data[i - 2] == b.data[j - 1]) {
                row[j] = least(row[j], before[j - 2] + 1);
            }
        }
        before = above;
        above = row;
        row = oldest;
    }
    return above[b.size];
}

struct span schema_nearer(struct span name, struct span best, struct span candidate)
{
    size_t bound = name.size < 4 ? 1 : name.size < 8 ? 2 : 3;
    size_t distance = schema_distance(name, candidate);

    if (distance > bound) {
        return best;
    }
    if (!span_empty(best) && schema_distance(name, best) <= distance) {
        return best;
    }
    return candidate;
}

/* ---- checks ---- */

static int check_value(const struct yaml *node, const struct schema_key *key, struct error *reterr);

static const struct schema_key *find_key(const struct schema_map *map, struct span name)
{
    for (size_t i = 0; i < map->n_keys; i++) {
        if (span_is(name, map->keys[i].name)) {
            return &map->keys[i];
        }
    }
    return NULL;
}

static int unknown_key(const struct yaml *child, const struct schema_map *map, struct error *reterr)
{
    struct span near = { 0 };

    for (size_t i = 0; i < map->n_keys; i++) {
        near = schema_nearer(child->key, near, span_of(map->keys[i].name));
    }
    if (span_empty(near)) {
        return yaml_error(child->key_at, reterr, "%s has no key '%.*s'", map->name,
                          TEXT_OF(child->key));
    }
    return yaml_error(child->key_at, reterr, "%s has no key '%.*s', did you mean '%.*s'?",
                      map->name, TEXT_OF(child->key), TEXT_OF(near));
}

static int check_keys(const struct yaml *node, const struct schema_map *map, struct error *reterr)
{
    for (const struct yaml *child = node->first; child; child = child->next) {
        const struct schema_key *key = find_key(map, child->key);
        int r = key ? check_value(child, key, reterr) : unknown_key(child, map, reterr);

        if (r < 0) {
            return r;
        }
    }
    return 0;
}

static int check_required(const struct yaml *node, const struct schema_map *map,
                          struct error *reterr)
{
    for (size_t i = 0; i < map->n_keys; i++) {
        if (map->keys[i].required && !yaml_get(node, map->keys[i].name)) {
            return yaml_error(node, reterr, "%s needs the key '%s'", map->name, map->keys[i].name);
        }
    }
    if (map->one_key && node->n != 1) {
        return yaml_error(node, reterr, "%s has exactly one key", map->name);
    }
    return 0;
}

static int check_map(const struct yaml *node, const struct schema_map *map, struct error *reterr)
{
    int r;

    if (node->type != YAML_MAP) {
        return yaml_error(node, reterr, "%s must be a map", map->name);
    }
    r = check_keys(node, map, reterr);
    if (r < 0) {
        return r;
    }
    return check_required(node, map, reterr);
}

static bool is_word(struct span text)
{
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];

        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
              c == '_' || c == '-')) {
            return false;
        }
    }
    return text.size > 0;
}

/* Words with slashes between them. */
static bool is_path(struct span text)
{
    struct span word;

    if (span_ends(text, SPAN("/"))) {
        return false;
    }
    while (span_cut(&text, '/', &word)) {
        if (!is_word(word)) {
            return false;
        }
    }
    return true;
}

static bool is_stream(struct span text)
{
    if (span_starts(text, SPAN("state/"))) {
        return is_word(span_skip(text, strlen("state/")));
    }
    return is_word(text);
}

static bool is_truth(struct span text)
{
    return span_is(text, "true") || span_is(text, "false");
}

static bool is_count(struct span text)
{
    uint64_t n;

    return span_to_uint(text, &n) && n > 0 && n <= UINT32_MAX;
}

static bool is_duration(struct span text)
{
    int64_t us;

    return calendar_duration(text, &us) && us > 0;
}

static bool is_fact_type(struct span text)
{
    return fact_type_from_name(text) != FACT_TYPES;
}

static bool is_hex_id(struct span text)
{
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];

        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
            return false;
        }
    }
    return text.size == 32;
}

/* Values that are one text, how they are told from others, and what a JSON Schema says of them. */
static const struct text_value {
    bool (*fits)(struct span text);
    const char *what;
    const char *json;
} text_values[] = {
    [TEXT] = { NULL, "a text", "\"type\":[\"string\",\"number\",\"boolean\"]" },
    [WORD] = { is_word, "a word of letters, digits, '_' and '-'",
               "\"type\":\"string\",\"pattern\":\"^[A-Za-z0-9_-]+$\"" },
    [TRUTH] = { is_truth, "true or false", "\"type\":\"boolean\"" },
    [COUNT] = { is_count, "a number above 0", "\"type\":\"integer\",\"minimum\":1" },
    [DURATION] = { is_duration, "a duration such as 30s, 5m or 250ms",
                   "\"type\":\"string\",\"pattern\":\"^([0-9.]+(us|ms|s|m|min|h|d))+$\"" },
    [CHOICE] = { NULL, "a text", NULL },
    [STREAM] = { is_stream, "a stream or state/<kind>",
                 "\"type\":\"string\",\"pattern\":\"^(state/)?[A-Za-z0-9_-]+$\"" },
    [RULE] = { is_path, "a rule id such as kubelet/swap-enabled",
               "\"type\":\"string\",\"pattern\":\"^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*$\"" },
    [FACT_TYPE] = { is_fact_type, "a type of facts", NULL },
    [HEX_ID] = { is_hex_id, "32 lower-case hex digits",
                 "\"type\":\"string\",\"pattern\":\"^[0-9a-f]{32}$\"" },
    [PATTERN] = { NULL, "a pattern", "\"type\":\"string\"" },
};

static int wrong_choice(const struct yaml *node, const struct schema_key *key, struct error *reterr)
{
    char list[256] = "";
    struct span near = { 0 };
    size_t used = 0;

    for (const char *const *choice = key->choices; *choice; choice++) {
        near = schema_nearer(node->text, near, span_of(*choice));
        used +=
            (size_t)snprintf(list + used, sizeof(list) - used, "%s%s", used ? ", " : "", *choice);
    }
    if (span_empty(near)) {
        return yaml_error(node, reterr, "'%s' must be one of %s", key->name, list);
    }
    return yaml_error(node, reterr, "'%s' must be one of %s, did you mean '%.*s'?", key->name, list,
                      TEXT_OF(near));
}

static int check_text(const struct yaml *node, const struct schema_key *key, enum value value,
                      struct error *reterr)
{
    const struct text_value *rule = &text_values[value];

    if (node->type != YAML_TEXT || span_empty(node->text) ||
        (rule->fits && !rule->fits(node->text))) {
        return yaml_error(node, reterr, "'%s' must be %s", key->name, rule->what);
    }
    if (value != CHOICE) {
        return 0;
    }
    for (const char *const *choice = key->choices; *choice; choice++) {
        if (span_is(node->text, *choice)) {
            return 0;
        }
    }
    return wrong_choice(node, key, reterr);
}

static int check_texts(const struct yaml *node, const struct schema_key *key, struct error *reterr)
{
    for (const struct yaml *child = node->first; child; child = child->next) {
        if (span_empty(child->key)) {
            return yaml_error(child->key_at, reterr, "a name in '%s' is empty", key->name);
        }
        if (child->type != YAML_TEXT) {
            return yaml_error(child, reterr, "'%.*s' must be a text", TEXT_OF(child->key));
        }
    }
    return 0;
}

static int check_fact(const struct yaml *node, const struct schema_map *map, struct error *reterr)
{
    static const struct schema_key type = { .name = "type" };

    if (node->type == YAML_MAP) {
        return check_map(node, map, reterr);
    }
    if (node->type == YAML_TEXT) {
        return check_text(node, &type, FACT_TYPE, reterr);
    }
    if (node->n != 1) {
        return yaml_error(node, reterr, "a list of a type has exactly one item");
    }
    return check_text(node->first, &type, FACT_TYPE, reterr);
}

static int check_free_keys(const struct yaml *node, const struct schema_key *key,
                           struct error *reterr)
{
    if (node->type != YAML_MAP || !node->n) {
        return yaml_error(node, reterr, "'%s' must be a map", key->name);
    }
    if (key->value == TEXTS) {
        return check_texts(node, key, reterr);
    }
    for (const struct yaml *child = node->first; child; child = child->next) {
        int r;

        if (key->value == ANY_MAPS && !is_word(child->key)) {
            return yaml_error(child->key_at, reterr, "a name in '%s' must be %s", key->name,
                              text_values[WORD].what);
        }
        r = key->value == FACT ? check_fact(child, key->map, reterr)
                               : check_map(child, key->map, reterr);
        if (r < 0) {
            return r;
        }
    }
    return 0;
}

static int check_one(const struct yaml *node, const struct schema_key *key, struct error *reterr)
{
    switch (key->value) {
    case MAP:
        return check_map(node, key->map, reterr);
    case TEXTS:
    case ANY_MAPS:
    case FACT:
        return check_free_keys(node, key, reterr);
    case TREE:
    case NAME_OR_MAP:
        return node->type == YAML_TEXT ? check_text(node, key, WORD, reterr)
                                       : check_map(node, key->map, reterr);
    default:
        return check_text(node, key, key->value, reterr);
    }
}

static int check_value(const struct yaml *node, const struct schema_key *key, struct error *reterr)
{
    if (key->shape == ONE || (key->shape == ONE_OR_MANY && node->type != YAML_LIST)) {
        return check_one(node, key, reterr);
    }
    if (node->type != YAML_LIST || !node->n) {
        return yaml_error(node, reterr, "'%s' must be a list", key->name);
    }
    for (const struct yaml *item = node->first; item; item = item->next) {
        int r = check_one(item, key, reterr);

        if (r < 0) {
            return r;
        }
    }
    return 0;
}

/* The embedded rules are cut at `tests:`, so nothing may stand behind it. */
static int check_tests_last(const struct yaml *root, struct error *reterr)
{
    const struct yaml *tests = yaml_get(root, "tests");

    if (tests && tests->next) {
        return yaml_error(tests->next->key_at, reterr, "'tests' must be the last key of the file");
    }
    return 0;
}

int schema_check_rule(const struct yaml *root, struct error *reterr)
{
    int r;

    if (!span_is(yaml_text(root, "disabled"), "true")) {
        r = check_map(root, &rule_map, reterr);
        if (r < 0) {
            return r;
        }
    } else {
        r = check_keys(root, &rule_map, reterr);
        if (r < 0) {
            return r;
        }
    }
    return check_tests_last(root, reterr);
}

int schema_check_common(const struct yaml *root, struct error *reterr)
{
    static const struct schema_key common = { .name = "common.yaml",
                                              .value = ANY_MAPS,
                                              .map = &common_map };

    return check_value(root, &common, reterr);
}

static int check_stream_or_group(const struct yaml *node, struct error *reterr)
{
    const struct schema_key group = { .name = node->key.data, .value = TEXT, .shape = MANY };

    if (!is_word(node->key)) {
        return yaml_error(node->key_at, reterr, "the name of a stream must be %s",
                          text_values[WORD].what);
    }
    return node->type == YAML_LIST ? check_value(node, &group, reterr)
                                   : check_map(node, &stream_map, reterr);
}

int schema_check_streams(const struct yaml *root, struct error *reterr)
{
    int r = 0;

    if (root->type != YAML_MAP || !root->n) {
        return yaml_error(root, reterr, "streams.yaml must be a map");
    }
    for (const struct yaml *child = root->first; child && r >= 0; child = child->next) {
        r = check_stream_or_group(child, reterr);
    }
    return r;
}

/* ---- JSON Schema ---- */

static void add_map(struct buf *buf, const struct schema_map *map);

static void add_strings(struct buf *buf, const char *const *strings)
{
    buf_add_string(buf, "\"enum\":[");
    for (size_t i = 0; strings[i]; i++) {
        buf_printf(buf, "%s\"%s\"", i ? "," : "", strings[i]);
    }
    buf_add_string(buf, "]");
}

static void add_fact_types(struct buf *buf)
{
    const char *names[FACT_TYPES + 1] = { 0 };

    for (unsigned i = 0; i < FACT_TYPES; i++) {
        names[i] = fact_type_name((enum fact_type)i);
    }
    add_strings(buf, names);
}

/* The tree holds itself, so it stands apart and is referred to. */
static void add_reference(struct buf *buf, const struct schema_map *map)
{
    if (map == &tree) {
        buf_add_string(buf, "{\"$ref\":\"#/$defs/tree\"}");
    } else {
        add_map(buf, map);
    }
}

static void add_fact(struct buf *buf, const struct schema_map *map)
{
    buf_add_string(buf, "\"anyOf\":[{");
    add_fact_types(buf);
    buf_add_string(buf, "},{\"type\":\"array\",\"minItems\":1,\"maxItems\":1,\"items\":{");
    add_fact_types(buf);
    buf_add_string(buf, "}},");
    add_map(buf, map);
    buf_add_string(buf, "]");
}

/* The keywords of one value, without braces. */
static void add_keywords(struct buf *buf, const struct schema_key *key)
{
    switch (key->value) {
    case CHOICE:
        add_strings(buf, key->choices);
        break;
    case FACT_TYPE:
        add_fact_types(buf);
        break;
    case TEXTS:
        buf_printf(buf, "\"type\":\"object\",\"additionalProperties\":{%s}",
                   text_values[TEXT].json);
        break;
    case ANY_MAPS:
        buf_add_string(buf, "\"type\":\"object\",\"additionalProperties\":");
        add_map(buf, key->map);
        break;
    case FACT:
        buf_add_string(buf, "\"type\":\"object\",\"additionalProperties\":{");
        add_fact(buf, key->map);
        buf_add_string(buf, "}");
        break;
    case MAP:
        buf_add_string(buf, "\"allOf\":[");
        add_map(buf, key->map);
        buf_add_string(buf, "]");
        break;
    case TREE:
    case NAME_OR_MAP:
        buf_printf(buf, "\"anyOf\":[{%s},", text_values[WORD].json);
        add_reference(buf, key->map);
        buf_add_string(buf, "]");
        break;
    default:
        buf_add_string(buf, text_values[key->value].json);
    }
}

static void add_key(struct buf *buf, const struct schema_key *key)
{
    buf_printf(buf, "\"%s\":{\"description\":\"%s\",", key->name, key->summary);
    if (key->shape == ONE_OR_MANY) {
        buf_add_string(buf, "\"anyOf\":[{");
        add_keywords(buf, key);
        buf_add_string(buf, "},{\"type\":\"array\",\"minItems\":1,\"items\":{");
        add_keywords(buf, key);
        buf_add_string(buf, "}}]}");
    } else if (key->shape == MANY) {
        buf_add_string(buf, "\"type\":\"array\",\"minItems\":1,\"items\":{");
        add_keywords(buf, key);
        buf_add_string(buf, "}}");
    } else {
        add_keywords(buf, key);
        buf_add_string(buf, "}");
    }
}

static void add_required(struct buf *buf, const struct schema_map *map)
{
    bool first = true;

    buf_add_string(buf, "\"required\":[");
    for (size_t i = 0; i < map->n_keys; i++) {
        if (!map->keys[i].required) {
            continue;
        }
        buf_printf(buf, "%s\"%s\"", first ? "" : ",", map->keys[i].name);
        first = false;
    }
    buf_add_string(buf, "]");
}

/* What both a map and the whole file begin with, without braces. */
static void add_properties(struct buf *buf, const struct schema_map *map)
{
    buf_add_string(buf, "\"type\":\"object\",\"additionalProperties\":false,\"properties\":{");
    for (size_t i = 0; i < map->n_keys; i++) {
        if (i) {
            buf_add_byte(buf, ',');
        }
        add_key(buf, &map->keys[i]);
    }
    buf_add_string(buf, "},");
}

static void add_map(struct buf *buf, const struct schema_map *map)
{
    buf_add_byte(buf, '{');
    add_properties(buf, map);
    if (map->one_key) {
        buf_add_string(buf, "\"minProperties\":1,\"maxProperties\":1");
    } else {
        add_required(buf, map);
    }
    buf_add_byte(buf, '}');
}

void rule_schema_json(struct buf *buf)
{
    buf_add_string(buf, "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\","
                        "\"title\":\"a rule of nodecause\",\"$defs\":{\"tree\":");
    add_map(buf, &tree);
    buf_add_string(buf, "},");
    add_properties(buf, &rule_map);
    buf_add_string(buf, "\"if\":{\"properties\":{\"disabled\":{\"const\":true}},"
                        "\"required\":[\"disabled\"]},\"else\":{");
    add_required(buf, &rule_map);
    buf_add_string(buf, "}}\n");
}
