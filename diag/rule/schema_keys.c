/* The keys of rule files (rules/README.md is the manual), of common.yaml and of streams.yaml. */

#include "rule/schema_keys.h"

#include "base/calendar.h"
#include "rule/rule.h"
#include "rule/verdict.h"

bool schema_is_word(struct span text)
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
        if (!schema_is_word(word)) {
            return false;
        }
    }
    return true;
}

static bool is_stream(struct span text)
{
    if (span_starts(text, SPAN("state/"))) {
        return schema_is_word(span_skip(text, strlen("state/")));
    }
    return schema_is_word(text);
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

const struct text_value text_values[] = {
    [TEXT] = { NULL, "a text", "\"type\":[\"string\",\"number\",\"boolean\"]" },
    [WORD] = { schema_is_word, "a word of letters, digits, '_' and '-'",
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
    [FACT_TYPE] = { is_fact_type, "a fact type", NULL },
    [HEX_ID] = { is_hex_id, "32 lower-case hex digits",
                 "\"type\":\"string\",\"pattern\":\"^[0-9a-f]{32}$\"" },
    [PATTERN] = { NULL, "a pattern", "\"type\":\"string\"" },
};

#define KEYS(keys) keys, N_ELEMENTS(keys)
#define CHOICES(...)                                                                               \
    (const char *const[])                                                                          \
    {                                                                                              \
        __VA_ARGS__, NULL                                                                          \
    }

/* clang-format off */


static const struct schema_key count_keys[] = {
    { "signal", WORD, .required = true, .summary = "the signal that is counted" },
    { "at_least", COUNT, .required = true, .summary = "at least this many times" },
    { "within", DURATION, .summary = "within this window" },
};
static const struct schema_map count_map = { "a count", KEYS(count_keys), false };

static const struct schema_key distinct_keys[] = {
    { "signal", WORD, .required = true, .summary = "the signal whose values are counted" },
    { "fact", TEXT, .required = true, .summary = "its fact" },
    { "at_least", COUNT, .required = true, .summary = "at least this many different values" },
    { "within", DURATION, .summary = "within this window" },
};
static const struct schema_map distinct_map = { "a distinct", KEYS(distinct_keys), false };

static const struct schema_key sequence_keys[] = {
    { "signals", WORD, MANY, true, .summary = "signals in this order" },
    { "within", DURATION, .summary = "all of them within this window" },
};
static const struct schema_map sequence_map = { "a sequence", KEYS(sequence_keys), false };

static const struct schema_key absent_keys[] = {
    { "signal", WORD, .required = true, .summary = "the signal that did not occur" },
    { "within", DURATION, .summary = "within this window after `after` or before `before`" },
    { "after", WORD, .summary = "the signal that opens the window" },
    { "before", WORD, .summary = "the signal that closes the window" },
};
static const struct schema_map absent_map = { "an absent", KEYS(absent_keys), false };

static const struct schema_key tree_keys[] = {
    { "state", WORD, .summary = "true when the state is true" },
    { "unknown", WORD, ONE_OR_MANY, .summary = "true when the states are unknown" },
    { "all", TREE, MANY, .map = &schema_tree, .summary = "true when all are" },
    { "any", TREE, MANY, .map = &schema_tree, .summary = "true when one is" },
    { "none", TREE, MANY, .map = &schema_tree, .summary = "true when none is" },
    { "count", MAP, .map = &count_map, .summary = "a signal occurred at least this many times" },
    { "distinct", MAP, .map = &distinct_map, .summary = "a fact had at least this many values" },
    { "sequence", MAP, .map = &sequence_map, .summary = "signals occurred in this order" },
    { "absent", MAP, .map = &absent_map, .summary = "a signal did not occur" },
};
const struct schema_map schema_tree = { "a tree", KEYS(tree_keys), true };

static const struct schema_key rows_keys[] = {
    { "name", WORD, .required = true, .summary = "name of the table" },
    { "pattern", PATTERN, .required = true, .summary = "an entry that is a row; its groups are the columns" },
    { "top", WORD, .summary = "rows are ranked by this column, the largest first" },
    { "keep", COUNT, .summary = "number of rows that are kept" },
};
static const struct schema_map rows_map = { "block.rows", KEYS(rows_keys), false };

static const struct schema_key block_keys[] = {
    { "from", PATTERN, .summary = "walk back to the nearest entry of the stream that matches" },
    { "to", PATTERN, .summary = "walk forward likewise" },
    { "lines", COUNT, .summary = "maximum number of entries in each direction; default 256" },
    { "within", DURATION, .summary = "maximum distance in time" },
    { "read", PATTERN, ONE_OR_MANY, .summary = "tried on each entry of the block; their groups become facts" },
    { "rows", MAP, .map = &rows_map, .summary = "entries that are rows of a table" },
};
static const struct schema_map block_map = { "a block", KEYS(block_keys), false };

static const struct schema_key set_keys[] = {
    { "if", TEXTS, .summary = "conditions on facts, all of which must hold; without it the row always applies" },
    { "then", TEXTS, .required = true, .summary = "facts that are added" },
};
static const struct schema_map set_map = { "a row of set", KEYS(set_keys), false };

static const struct schema_key signal_keys[] = {
    { "name", WORD, .required = true, .summary = "unique in the file" },
    { "stream", STREAM, ONE_OR_MANY, true, .summary = "who logs it: names from streams.yaml, or state/<kind>" },
    { "pattern", PATTERN, .summary = "matched against the decoded message; named groups are facts" },
    { "literal", TEXT, ONE_OR_MANY, .summary = "texts, one of which must be in the raw line" },
    { "also", TEXT, ONE_OR_MANY, .summary = "texts, one of which must be in the same raw line as the literal" },
    { "message_id", HEX_ID, ONE_OR_MANY, .summary = "the entry's MESSAGE_ID" },
    { "fields", TEXTS, .summary = "conditions on the entry's fields" },
    { "role", CHOICE, .required = true, .choices = signal_role_words,
      .summary = "proof: sufficient alone; sign: requires others; context: facts only; against: contradicts" },
    { "fatal", TRUTH, .summary = "the process logs it as the reason for its exit" },
    { "anonymous", TRUTH, .summary = "a line whose component is unknown counts, too: only this one logs such words, or it does not matter who does" },
    { "run", CHOICE, .choices = run_mark_words + RUN_BEGINS, .summary = "the unit's process was started, ended, works, or is being stopped; or a user or program requests a stop" },
    { "blind_spot", CHOICE, .choices = blind_spot_words + BLIND_SPOT_SUPPRESSED,
      .summary = "the log reports missing lines: the report lists them under blind spots" },
    { "where", TEXTS, .summary = "conditions on its facts" },
    { "each", PATTERN, .summary = "every occurrence inside the message is a row of the table named like the signal" },
    { "set", MAP, MANY, .map = &set_map, .summary = "facts derived by a decision table; the first row that applies" },
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
    { "holding", WORD, .summary = "fact with a path: only the row of the mount that holds it counts" },
    { "most", WORD, .summary = "fact with the name of a column: the row with the largest number there answers" },
};
static const struct schema_map state_map = { "a state", KEYS(state_keys), false };

static const struct schema_key explains_keys[] = {
    { "rule", RULE, .required = true, .summary = "the consequence" },
    { "within", DURATION, .summary = "maximum time from the cause to the consequence" },
    { "same", CHOICE, ONE_OR_MANY, .choices = same_words, .summary = "what both must share; default host and boot" },
};
static const struct schema_map explains_map = { "an edge", KEYS(explains_keys), false };

static const struct schema_key suppresses_keys[] = {
    { "rule", RULE, .required = true, .summary = "the wrong finding" },
    { "same", CHOICE, ONE_OR_MANY, .choices = same_words, .summary = "what both must share; default: the same record" },
};
static const struct schema_map suppresses_map = { "an item of suppresses", KEYS(suppresses_keys), false };

static const struct schema_key rules_out_keys[] = {
    { "rule", RULE, .required = true, .summary = "the rule that does not apply" },
    { "if", TREE, .map = &schema_tree, .summary = "when; default always" },
    { "because", TEXT, .required = true, .summary = "the reason that is printed" },
};
static const struct schema_map rules_out_map = { "an item of rules_out", KEYS(rules_out_keys), false };

static const struct schema_key mover_keys[] = {
    { "if", TREE, .required = true, .map = &schema_tree, .summary = "when" },
    { "because", TEXT, .required = true, .summary = "the reason that is printed" },
};
static const struct schema_map mover_map = { "an item of confidence", KEYS(mover_keys), false };

static const struct schema_key confidence_keys[] = {
    { "raised_by", NAME_OR_MAP, MANY, .map = &mover_map, .summary = "names of states or signals, or {if, because}" },
    { "lowered_by", NAME_OR_MAP, MANY, .map = &mover_map, .summary = "names of states or signals, or {if, because}" },
};
static const struct schema_map confidence_map = { "confidence", KEYS(confidence_keys), false };

static const struct schema_key remedy_keys[] = {
    { "kind", CHOICE, .required = true, .choices = remedy_kind_words, .summary = "purpose" },
    { "do", TEXT, .required = true, .summary = "one sentence" },
    { "run", TEXT, ONE_OR_MANY, .summary = "commands; never run by nodecause" },
    { "needs", CHOICE, .choices = CHOICES("root"), .summary = "privileges that the commands require" },
    { "risk", TEXT, .summary = "side effects" },
    { "undo", TEXT, .summary = "how to go back" },
    { "if", TREE, .map = &schema_tree, .summary = "when it applies; default always" },
    { "given", TEXTS, ONE_OR_MANY, .summary = "it applies if these facts have these values (globs); of a list, any" },
    { "unless", TEXTS, ONE_OR_MANY, .summary = "it does not apply if these facts have these values (globs); of a list, any" },
};
static const struct schema_map remedy_map = { "a remedy", KEYS(remedy_keys), false };

static const struct schema_key expect_keys[] = {
    { "root", RULE, .summary = "the first root cause" },
    { "confidence", CHOICE, .choices = finding_confidence_words, .summary = "of that root" },
    { "status", CHOICE, .choices = finding_status_words, .summary = "of that root" },
    { "exit", TEXT, .summary = "the exit code" },
    { "blind_spot", CHOICE, .choices = blind_spot_words, .summary = "the blind spot in the report" },
    { "facts", TEXTS, .summary = "of that root: path and value" },
    { "folds", RULE, ONE_OR_MANY, .summary = "rules explained by it" },
    { "findings", RULE, ONE_OR_MANY, .summary = "rules found in any role" },
    { "remedies", TEXT, ONE_OR_MANY, .summary = "texts in the remedies of that root, or in their commands" },
    { "no_remedies", TEXT, ONE_OR_MANY, .summary = "texts that are in none of them" },
};
static const struct schema_map expect_map = { "expect", KEYS(expect_keys), false };

static const struct schema_key test_keys[] = {
    { "name", TEXT, .required = true, .summary = "what it tests" },
    { "format", WORD, .summary = "format of the input; detected by default" },
    { "formats", WORD, MANY, .summary = "the input is rendered in each of these" },
    { "input", TEXT, .summary = "log text" },
    { "state", TEXTS, .summary = "state files by kind" },
    { "expect", MAP, .map = &expect_map, .summary = "what must be found" },
    { "expect_none", RULE, ONE_OR_MANY, .summary = "rules that must not be found" },
    { "versions", TEXT, .summary = "the versions it covers" },
};
static const struct schema_map test_map = { "a test", KEYS(test_keys), false };

static const struct schema_key rule_keys[] = {
    { "title", TEXT, .required = true, .summary = "the problem as a state, one line, no full stop" },
    { "severity", CHOICE, .required = true, .choices = rule_severity_words, .summary = "roots of error and worse are named in the verdict" },
    { "lasts", CHOICE, .choices = rule_lasting_words, .summary = "how long it lasts; default: while it is seen" },
    { "symptom", TRUTH, .summary = "always a consequence" },
    { "disabled", TRUTH, .summary = "disables the rule with this ID from an earlier directory" },
    { "signals", MAP, MANY, true, .map = &signal_map, .summary = "how it appears in logs" },
    { "facts", FACT, .map = &fact_map, .summary = "types of the facts of all signals" },
    { "state", ANY_MAPS, .map = &state_map, .summary = "questions to state files" },
    { "when", TREE, .map = &schema_tree, .summary = "the required combination of signals; default: any proof, or any sign" },
    { "same", CHOICE, ONE_OR_MANY, .choices = same_words, .summary = "what the signals of one finding must share; default host" },
    { "key", TEXT, ONE_OR_MANY, .summary = "one finding for each value of these facts" },
    { "explains", MAP, MANY, .map = &explains_map, .summary = "consequences, folded under this finding" },
    { "suppresses", MAP, MANY, .map = &suppresses_map, .summary = "wrong findings that this one removes" },
    { "rules_out", MAP, MANY, .map = &rules_out_map, .summary = "rules that this one excludes, with the reason" },
    { "recovered_by", RULE, ONE_OR_MANY, .summary = "a later finding of one of these rules marks this one as recovered" },
    { "includes", WORD, ONE_OR_MANY, .summary = "parts of common.yaml whose lists are appended to this rule's" },
    { "confidence", MAP, .map = &confidence_map, .summary = "what raises or lowers it" },
    { "explain", TEXT, .required = true, .summary = "what happened, in two or three sentences" },
    { "remedies", MAP, MANY, .map = &remedy_map, .summary = "commands that diagnose or solve the problem" },
    { "references", TEXT, MANY, .summary = "URLs" },
    { "tests", MAP, MANY, .map = &test_map, .summary = "samples; the last key of the file" },
};
const struct schema_map schema_rule = { "a rule", KEYS(rule_keys), false };

static const struct schema_key common_keys[] = {
    { "explains", MAP, MANY, .map = &explains_map, .summary = "consequences" },
    { "recovered_by", RULE, ONE_OR_MANY, .summary = "a later finding of one of these rules marks the rule as recovered" },
    { "remedies", MAP, MANY, .map = &remedy_map, .summary = "commands that diagnose or solve the problem" },
    { "includes", WORD, ONE_OR_MANY, .summary = "parts above this one" },
};
const struct schema_map schema_common = { "a common part", KEYS(common_keys), false };

static const struct schema_key variant_keys[] = {
    { "name", WORD, .required = true, .summary = "the distribution or product" },
    { "units", TEXT, ONE_OR_MANY, .summary = "globs of the units in which the component runs there" },
    { "identifiers", TEXT, ONE_OR_MANY, .summary = "globs of the syslog identifiers that it has there" },
    { "hosts", TEXT, ONE_OR_MANY, .summary = "globs of the host names of such nodes" },
    { "runs", WORD, ONE_OR_MANY, .summary = "streams that run in the same unit" },
    { "texts", TEXTS, .summary = "words of commands, and paths, that texts of rules can name" },
    { "assumed", TRUTH, .summary = "it applies where nothing shows another" },
};
static const struct schema_map variant_map = { "a variant", KEYS(variant_keys), false };

static const struct schema_key stream_keys[] = {
    { "units", TEXT, MANY, .summary = "globs of systemd unit names" },
    { "identifiers", TEXT, MANY, .summary = "globs of syslog identifiers" },
    { "transports", TEXT, MANY, .summary = "journal transports, and those set by formats" },
    { "klog_wrappers", TEXT, MANY, .summary = "identifiers that forward klog lines" },
    { "all_in_one", TEXT, MANY, .summary = "globs of units and identifiers of processes that contain other components, too" },
    { "callers", TEXT, MANY, .summary = "files in klog's header that only it has" },
    { "headings", TEXT, MANY, .summary = "globs of headings in a collection of logs" },
    { "paths", TEXT, MANY, .summary = "globs of paths of its logs" },
    { "words", TEXT, MANY, .summary = "texts in a message that only it logs" },
    { "shared_words", TRUTH, .summary = "other components log the same texts" },
    { "container_ids", TRUTH, .summary = "an identifier that is the ID of a container belongs to it" },
    { "expected", TRUTH, .summary = "every node has it: that it does not run at the end is an answer" },
    { "anonymous", TRUTH, .summary = "a line without any sender can belong to it" },
    { "variants", MAP, MANY, .map = &variant_map, .summary = "how some nodes run it: commands and paths that differ" },
};
const struct schema_map schema_stream = { "a stream", KEYS(stream_keys), false };

static const struct schema_key sign_keys[] = {
    { "path", TEXT, ONE_OR_MANY, true, .summary = "globs that must all match, seen from the root of the bundle" },
    { "contains", TEXT, .summary = "text in the file that the first of them matches" },
};
static const struct schema_map sign_map = { "a sign", KEYS(sign_keys), false };

static const struct schema_key layout_file_keys[] = {
    { "path", TEXT, ONE_OR_MANY, true, .summary = "globs, seen from the root of the bundle; <node> is the node's name" },
    { "log", WORD, .summary = "a log of this stream; `any`: its lines say whose they are" },
    { "state", WORD, .summary = "a state file of this kind; `any`: its content says which" },
    { "archive", TRUTH, .summary = "a bundle inside this one" },
    { "sections", WORD, .summary = "a file of sections, read as the files of a folder of its name" },
    { "skip", TEXT, .summary = "not read, and why" },
    { "format", WORD, .summary = "format of the log" },
    { "zone", TEXT, .summary = "zone of its stamps, `UTC` or an offset; default: that of the node" },
    { "keeps", TEXT, .summary = "what the collector keeps of it, such as `the last 60 lines`" },
    { "crash", TRUTH, .summary = "the kernel log of a boot that ended in a crash, of which the path says when it was" },
    { "first", TRUTH, .summary = "of the files that match, only the first is read" },
};
static const struct schema_map layout_file_map = { "a file", KEYS(layout_file_keys), false };

static const struct schema_key layout_keys[] = {
    { "title", TEXT, .required = true, .summary = "the kind of bundle, and what makes it" },
    { "url", TEXT, .summary = "where it is described" },
    { "recognise", MAP, MANY, .map = &sign_map, .summary = "signs of this kind, any of them; none: only for paths that no other kind knows" },
    { "hostname", TEXT, ONE_OR_MANY, .summary = "files that begin with the name of the node, the best one first" },
    { "collected", TEXT, ONE_OR_MANY, .summary = "files with the time at which the bundle was written" },
    { "commands", TEXT, .summary = "how the name of a file ends that says, as JSON with `command`, which command printed the one beside it" },
    { "files", MAP, MANY, true, .map = &layout_file_map, .summary = "what its files are; the first that matches decides" },
    { "never", TEXT, MANY, .summary = "what this kind never holds" },
};
const struct schema_map schema_layout = { "a layout", KEYS(layout_keys), false };
/* clang-format on */
