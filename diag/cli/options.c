/* The command line. journalctl's words mean the same here (journalctl(1)); those that are not built
 * yet are refused by name, never ignored.
 *
 *   nodecause -u kubelet -b -1 -o json
 *   nodecause _SYSTEMD_UNIT=kubelet.service + _TRANSPORT=kernel
 *   nodecause kubelet.log messages.1.gz */

#include "cli/options.h"

#include "base/calendar.h"
#include "base/span.h"
#include "rule/rule.h"
#include "source/journal_query.h"
#include "source/time_words.h"

#include <errno.h>
#include <getopt.h>

/* Options without a letter. */
enum {
    KEY_FILE = 256,
    KEY_CASE,
    KEY_ROOT,
    KEY_AFTER_CURSOR,
    KEY_CURSOR_FILE,
    KEY_NAMESPACE,
    KEY_LIST_BOOTS,
    KEY_LIST_INVOCATIONS,
    KEY_UTC,
    KEY_NO_PAGER,
    KEY_FORMAT,
    KEY_RULES,
    KEY_NO_BUILTIN,
    KEY_NO_STATE,
    KEY_FAIL_ON,
    KEY_COLOR,
    KEY_ALL,
    KEY_CORPUS,
    KEY_FAMILIES,
    KEY_MIN,
    KEY_WHY_NOT,
    KEY_VERSION,
    KEY_REFUSED, /* and above: one for each refused option without a letter */
};

/* clang-format off */
const struct cli_option cli_options[] = {
    { "unit", 'u', GROUP_JOURNAL, "UNIT", "entries of this unit, and systemd's about it" },
    { "identifier", 't', GROUP_JOURNAL, "NAME", "entries of this syslog identifier" },
    { "dmesg", 'k', GROUP_JOURNAL, NULL, "the kernel's messages, of this boot" },
    { "boot", 'b', GROUP_JOURNAL, "[ID]", "this boot, or the one named: -1, ID, all" },
    { "since", 'S', GROUP_JOURNAL, "TIME", "from this time on: yesterday, -2h, 2026-11-20 10:00" },
    { "until", 'U', GROUP_JOURNAL, "TIME", "up to this time" },
    { "lines", 'n', GROUP_JOURNAL, "N", "only the last N entries" },
    { "priority", 'p', GROUP_JOURNAL, "LEVEL", "of this level (0..7, err, ...) or worse; FROM..TO" },
    { "directory", 'D', GROUP_JOURNAL, "DIR", "journal files of this directory" },
    { "file", KEY_FILE, GROUP_JOURNAL, "GLOB", "this journal file" },
    { "root", KEY_ROOT, GROUP_JOURNAL, "DIR", "the journal and state of the system below DIR" },
    { "invocation", 'I', GROUP_JOURNAL, "[ID]", "of the last run of -u UNIT, or the one named: -1, ID" },
    { "namespace", KEY_NAMESPACE, GROUP_JOURNAL, "NAME", "the journal of this namespace; * for all" },
    { "merge", 'm', GROUP_JOURNAL, NULL, "all journals, also of other machines" },
    { "machine", 'M', GROUP_JOURNAL, "NAME", "the journal of this container that runs here" },
    { "follow", 'f', GROUP_JOURNAL, NULL, "go on reading what is written; also files and pipes" },
    { "grep", 'g', GROUP_JOURNAL, "PATTERN", "entries whose message matches; all small: any case" },
    { "case-sensitive", KEY_CASE, GROUP_JOURNAL, "[BOOL]", "whether -g tells capitals from small letters" },
    { "cursor", 'c', GROUP_JOURNAL, "CURSOR", "from the entry at this cursor on" },
    { "after-cursor", KEY_AFTER_CURSOR, GROUP_JOURNAL, "CURSOR", "from the entry behind it on" },
    { "cursor-file", KEY_CURSOR_FILE, GROUP_JOURNAL, "FILE", "only what is new since the last run with this file" },
    { "list-boots", KEY_LIST_BOOTS, GROUP_JOURNAL, NULL, "only list the boots of the journal" },
    { "list-invocations", KEY_LIST_INVOCATIONS, GROUP_JOURNAL, NULL, "only list the runs of -u UNIT; default kubelet" },

    { "format", KEY_FORMAT, GROUP_INPUT, "NAME", "text input is in this format (see: nodecause formats)" },
    { "rules", KEY_RULES, GROUP_INPUT, "DIR", "more rules; a rule of the same id replaces ours" },
    { "no-builtin", KEY_NO_BUILTIN, GROUP_INPUT, NULL, "without the rules of the program" },
    { "no-host-state", KEY_NO_STATE, GROUP_INPUT, NULL, "do not look at this host's fstab, df, sysctl, ..." },

    { "output", 'o', GROUP_OUTPUT, "FORMAT", "text, json or ndjson" },
    { "all", KEY_ALL, GROUP_OUTPUT, NULL, "unfold what the causes led to, and all evidence" },
    { "utc", KEY_UTC, GROUP_OUTPUT, NULL, "times in UTC" },
    { "color", KEY_COLOR, GROUP_OUTPUT, "WHEN", "auto, always or never" },
    { "fail-on", KEY_FAIL_ON, GROUP_OUTPUT, "SEVERITY", "exit 1 from: info, warning, error (default), critical" },
    { "quiet", 'q', GROUP_OUTPUT, NULL, "as in journalctl: no remarks beside the report" },
    { "no-pager", KEY_NO_PAGER, GROUP_OUTPUT, NULL, "as in journalctl; there is no pager anyway" },

    { "corpus", KEY_CORPUS, GROUP_TEST, "DIR", "diagnose the labelled cases of this directory" },
    { "families", KEY_FAMILIES, GROUP_TEST, "FILE", "which rules a label allows; default DIR/families.tsv" },
    { "min", KEY_MIN, GROUP_TEST, "PERCENT", "so many of them must be right; default 100" },
    { "why-not", KEY_WHY_NOT, GROUP_TEST, "RULE", "say where this rule stopped in the files named" },

    { "help", 'h', GROUP_HELP, NULL, "this page" },
    { "version", KEY_VERSION, GROUP_HELP, NULL, "the version" },
    { 0 },
};
/* clang-format on */

enum {
    OPTIONS_MAX = 64
};

static int argument_kind(const struct cli_option *option)
{
    if (!option->argument) {
        return no_argument;
    }
    return option->argument[0] == '[' ? optional_argument : required_argument;
}

/* The table in the words of getopt_long(3). */
static void make_getopt(struct option *ret_long, char *ret_short)
{
    size_t n = 0;

    *ret_short++ = ':'; /* we say ourselves what is wrong */
    for (; cli_options[n].name; n++) {
        const struct cli_option *option = &cli_options[n];

        ret_long[n] = (struct option){ option->name, argument_kind(option), NULL, option->key };
        if (option->key > 255) {
            continue;
        }
        *ret_short++ = (char)option->key;
        for (int i = 0; i < argument_kind(option); i++) { /* one colon, or two when optional */
            *ret_short++ = ':';
        }
    }
    ret_long[n] = (struct option){ 0 };
    *ret_short = '\0';
}

static const struct cli_option *find_option(int key)
{
    for (const struct cli_option *option = cli_options; option->name; option++) {
        if (option->key == key) {
            return option;
        }
    }
    return NULL;
}

static int parse_level(const char *text, size_t size, int *ret, struct error *reterr)
{
    int level = severity_find((struct span){ text, size });

    if (level < 0 && size == 1 && text[0] >= '0' && text[0] <= '7') {
        level = text[0] - '0';
    }
    if (level >= 0) {
        *ret = level;
        return 0;
    }
    return error_set(reterr, -EINVAL,
                     "'%.*s' is no level: 0 to 7, emerg, alert, crit, err, warning, "
                     "notice, info or debug",
                     (int)size, text);
}

/* `err`, or `warning..crit`, whichever comes first. */
static int parse_priority(const char *text, diag_journal *journal, struct error *reterr)
{
    const char *dots = strstr(text, "..");
    int from = 0, to;
    int r = parse_level(text, dots ? (size_t)(dots - text) : strlen(text), &to, reterr);

    if (r >= 0 && dots) {
        r = parse_level(dots + 2, strlen(dots + 2), &from, reterr);
    }
    if (r < 0) {
        return r;
    }
    journal->priority_from = from < to ? from : to;
    journal->priority = from < to ? to : from;
    return 0;
}

static int parse_severity(const char *text, int *ret, struct error *reterr)
{
    int severity = rule_severity_find(span_of(text));

    if (severity >= 0) {
        *ret = severity;
        return 0;
    }
    return error_set(reterr, -EINVAL, "'%s' is no severity: info, warning, error or critical",
                     text);
}

static int parse_colour(const char *text, enum colour_when *ret, struct error *reterr)
{
    static const char *const names[] = {
        [COLOUR_AUTO] = "auto",
        [COLOUR_ALWAYS] = "always",
        [COLOUR_NEVER] = "never",
    };

    for (size_t i = 0; i < N_ELEMENTS(names); i++) {
        if (strcmp(text, names[i]) == 0) {
            *ret = (enum colour_when)i;
            return 0;
        }
    }
    return error_set(reterr, -EINVAL, "--color=%s: must be auto, always or never", text);
}

static int parse_lines(const char *text, uint64_t *ret, struct error *reterr)
{
    if (strcmp(text, "all") == 0) {
        *ret = 0;
        return 0;
    }
    if (!span_to_uint(span_of(text), ret) || *ret == 0) {
        return error_set(reterr, -EINVAL, "-n %s: must be a number above 0, or all", text);
    }
    return 0;
}

static int parse_case(const char *text, enum diag_case *ret, struct error *reterr)
{
    static const char *const words[] = { "1", "yes", "true", "on", "0", "no", "false", "off" };
    size_t i = 0;

    while (text && i < N_ELEMENTS(words) && strcmp(text, words[i]) != 0) {
        i++;
    }
    if (i == N_ELEMENTS(words)) {
        return error_set(reterr, -EINVAL, "--case-sensitive=%s: must be yes or no", text);
    }
    *ret = i < N_ELEMENTS(words) / 2 ? DIAG_CASE_SENSITIVE : DIAG_CASE_IGNORE;
    return 0;
}

/* A pattern that is none is found here, not for each journal. */
static int check_grep(const diag_journal *journal, struct error *reterr)
{
    CLEANUP(pattern_free_at) struct pattern *pattern = NULL;
    enum grep_case how = (enum grep_case)journal->grep_case;

    return journal->grep ? grep_compile(journal->grep, how, &pattern, reterr) : 0;
}

/* `-b -1` is two arguments in journalctl too: the next word belongs to it when it looks like a
 * boot. So it is with `-I -1` here. */
static const char *boot_argument(int argc, char **argv)
{
    struct span word;
    int64_t offset;
    bool hex = true;

    if (optarg) {
        return optarg;
    }
    if (optind >= argc) {
        return "";
    }
    word = span_of(argv[optind]);
    for (size_t i = 0; i < word.size; i++) {
        hex = hex && strchr("0123456789abcdef-+", word.data[i]);
    }
    if (span_is(word, "all") || span_to_int(word, &offset) || (hex && word.size >= 32)) {
        return argv[optind++];
    }
    return "";
}

static int apply_journal(struct options *options, int key, int argc, char **argv, int64_t now_us,
                         struct error *reterr)
{
    diag_journal *journal = &options->journal;

    switch (key) {
    case 'u':
        vec_push(&options->units, optarg);
        return 0;
    case 't':
        vec_push(&options->identifiers, optarg);
        return 0;
    case 'k':
        journal->dmesg = true;
        return 0;
    case 'b':
        journal->boot = boot_argument(argc, argv);
        return 0;
    case 'S':
        return time_words_parse(optarg, now_us, &journal->since_us, reterr);
    case 'U':
        return time_words_parse(optarg, now_us, &journal->until_us, reterr);
    case 'n':
        return parse_lines(optarg, &journal->lines, reterr);
    case 'p':
        return parse_priority(optarg, journal, reterr);
    case 'g':
        journal->grep = optarg;
        return 0;
    case KEY_CASE:
        return parse_case(optarg, &journal->grep_case, reterr);
    case 'D':
        journal->directory = optarg;
        return 0;
    case 'I':
        journal->invocation = boot_argument(argc, argv);
        return 0;
    case KEY_LIST_BOOTS:
        options->list_boots = true;
        return 0;
    case KEY_LIST_INVOCATIONS:
        options->list_invocations = true;
        return 0;
    case 'M':
        journal->machine = optarg;
        return 0;
    case KEY_NAMESPACE:
        journal->name_space = optarg;
        return 0;
    case KEY_FILE:
        vec_push(&options->journal_files, optarg);
        return 0;
    case KEY_ROOT:
        journal->root = optarg;
        return 0;
    case 'f':
        options->follow = true;
        return 0;
    case KEY_CURSOR_FILE:
        options->cursor_file = optarg;
        return 0;
    case 'c':
    case KEY_AFTER_CURSOR:
        journal->cursor = optarg;
        journal->after_cursor = key != 'c';
        return 0;
    default:
        journal->merge = true; /* -m */
        return 0;
    }
}

static int parse_percent(const char *text, double *ret, struct error *reterr)
{
    uint64_t percent;

    if (!span_to_uint(span_of(text), &percent) || percent > 100) {
        return error_set(reterr, -EINVAL, "--min=%s: must be a number from 0 to 100", text);
    }
    *ret = (double)percent;
    return 0;
}

static int apply_test(struct options *options, int key, struct error *reterr)
{
    switch (key) {
    case KEY_CORPUS:
        options->corpus = optarg;
        return 0;
    case KEY_FAMILIES:
        options->families = optarg;
        return 0;
    case KEY_WHY_NOT:
        options->why_not = optarg;
        return 0;
    default:
        return parse_percent(optarg, &options->least, reterr);
    }
}

static int apply_other(struct options *options, int key, struct error *reterr)
{
    switch (key) {
    case KEY_FORMAT:
        options->format = optarg;
        return 0;
    case KEY_RULES:
        vec_push(&options->rule_directories, optarg);
        return 0;
    case KEY_NO_BUILTIN:
        options->no_builtin = true;
        return 0;
    case KEY_NO_STATE:
        options->no_host_state = true;
        return 0;
    case 'o':
        options->output = optarg;
        return 0;
    case KEY_ALL:
        options->all = true;
        return 0;
    case KEY_UTC:
        options->utc = true;
        return 0;
    case KEY_COLOR:
        return parse_colour(optarg, &options->colour, reterr);
    case KEY_FAIL_ON:
        return parse_severity(optarg, &options->fail_on, reterr);
    case 'q':
        options->quiet = true;
        return 0;
    case KEY_NO_PAGER:
        options->no_pager = true;
        return 0;
    case 'h':
        options->help = true;
        return 0;
    default:
        options->version = true;
        return 0;
    }
}

/* getopt's own complaints, in our words. */
static int refuse(int key, char **argv, struct error *reterr)
{
    const char *word = argv[optind - 1];
    const struct cli_option *option = optopt ? find_option(optopt) : NULL;

    if (key == ':' && option) {
        return error_set(reterr, -EINVAL, "--%s needs %s", option->name, option->argument);
    }
    if (option) { /* known, but given an argument */
        return error_set(reterr, -EINVAL, "--%s takes no argument", option->name);
    }
    if (optopt && optopt < 256) {
        return error_set(reterr, -EINVAL, "unknown option -%c", optopt);
    }
    return error_set(reterr, -EINVAL, "unknown or ambiguous option %s", word);
}

static int apply(struct options *options, int key, int argc, char **argv, int64_t now_us,
                 struct error *reterr)
{
    const struct cli_option *option;

    if (key == '?' || key == ':') {
        return refuse(key, argv, reterr);
    }
    option = find_option(key);
    if (!option->help) {
        return error_set(reterr, -EINVAL, "--%s is not supported yet", option->name);
    }
    if (option->group == GROUP_JOURNAL) {
        return apply_journal(options, key, argc, argv, now_us, reterr);
    }
    if (option->group == GROUP_TEST) {
        return apply_test(options, key, reterr);
    }
    return apply_other(options, key, reterr);
}

/* `_PID=19593`, `+`: a match of the journal, whose field names are capitals, digits and `_`. */
static bool is_match(struct span word)
{
    ptrdiff_t equals = span_find_byte(word, '=');

    if (span_is(word, "+")) {
        return true;
    }
    for (ptrdiff_t i = 0; i < equals; i++) {
        if (!strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_", word.data[i])) {
            return false;
        }
    }
    return equals > 0;
}

static void add_words(struct options *options, int argc, char **argv)
{
    for (int i = optind; i < argc; i++) {
        if (is_match(span_of(argv[i]))) {
            vec_push(&options->matches, argv[i]);
        } else {
            vec_push(&options->paths, argv[i]);
        }
    }
}

static void point_to_lists(struct options *options)
{
    diag_journal *journal = &options->journal;

    journal->units = options->units.items;
    journal->n_units = options->units.n;
    journal->identifiers = options->identifiers.items;
    journal->n_identifiers = options->identifiers.n;
    journal->matches = options->matches.items;
    journal->n_matches = options->matches.n;
    journal->files = options->journal_files.items;
    journal->n_files = options->journal_files.n;
    vec_push(&options->rule_directories, NULL);
}

int options_parse(int argc, char **argv, int64_t now_us, struct options *ret, struct error *reterr)
{
    struct option long_options[OPTIONS_MAX];
    char short_options[3 * OPTIONS_MAX];
    int key, r;

    *ret = (struct options){
        .journal = DIAG_JOURNAL_INIT,
        .output = "text",
        .fail_on = RULE_ERROR,
        .least = 100,
    };
    make_getopt(long_options, short_options);
    optind = 0; /* glibc: start afresh */
    while ((key = getopt_long(argc, argv, short_options, long_options, NULL)) >= 0) {
        r = apply(ret, key, argc, argv, now_us, reterr);
        if (r < 0) {
            return r;
        }
    }
    add_words(ret, argc, argv);
    point_to_lists(ret);
    return check_grep(&ret->journal, reterr);
}

void options_done(struct options *options)
{
    vec_free(&options->units);
    vec_free(&options->identifiers);
    vec_free(&options->matches);
    vec_free(&options->journal_files);
    vec_free(&options->rule_directories);
    vec_free(&options->paths);
}

bool options_want_journal(const struct options *options)
{
    struct journal_query query = journal_query_from(&options->journal);

    return options->cursor_file || !journal_query_is_default(&query);
}
