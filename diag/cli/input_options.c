/* journalctl's options (journalctl(1)). Those that nodecause does not have are refused by name,
 * never ignored.
 *
 *   nodecause -u kubelet -b -1 -o json
 *   nodecause _SYSTEMD_UNIT=kubelet.service + _TRANSPORT=kernel
 *   nodecause kubelet.log messages.1.gz */

#include "cli/input_options.h"

#include "base/calendar.h"
#include "base/span.h"
#include "format/format.h"
#include "source/journal_query.h"
#include "source/time_words.h"

#include <errno.h>
#include <string.h>
#include <time.h>

/* ---- arguments ---- */

static bool find_level(struct span text, int *ret)
{
    static const char *const names[] = { "emerg",   "alert",  "crit", "err",
                                         "warning", "notice", "info", "debug" };

    for (int i = 0; i < (int)N_ELEMENTS(names); i++) {
        if (span_is(text, names[i]) || (text.size == 1 && text.data[0] == '0' + i)) {
            *ret = i;
            return true;
        }
    }
    return false;
}

/* `err`: 0..err; `warning..crit`, whichever comes first. */
static int store_priority(const struct cli_option *option, const char *text, void *member,
                          struct error *reterr)
{
    struct priority_range *range = member;
    struct span all = span_of(text);
    ptrdiff_t dots = span_find(all, SPAN(".."));
    int from = 0, to;

    (void)option;
    if (!find_level(dots < 0 ? all : span_head(all, (size_t)dots), &to) ||
        (dots >= 0 && !find_level(span_skip(all, (size_t)dots + 2), &from))) {
        return error_set(reterr, -EINVAL,
                         "must be 0 to 7, emerg, alert, crit, err, warning, notice, info or "
                         "debug, or a range of two: err..alert");
    }
    range->given = true;
    range->from = from < to ? from : to;
    range->to = from < to ? to : from;
    return 0;
}

static int store_lines(const struct cli_option *option, const char *text, void *member,
                       struct error *reterr)
{
    uint64_t lines = 0;

    (void)option;
    if (strcmp(text, "all") != 0 && (!span_to_uint(span_of(text), &lines) || lines == 0)) {
        return error_set(reterr, -EINVAL, "must be a number above 0, or all");
    }
    *(uint64_t *)member = lines;
    return 0;
}

static int store_case(const struct cli_option *option, const char *text, void *member,
                      struct error *reterr)
{
    static const char *const words[] = { "1", "yes", "true", "on", "0", "no", "false", "off" };
    size_t i = 0;

    (void)option;
    while (text && i < N_ELEMENTS(words) && strcmp(text, words[i]) != 0) {
        i++;
    }
    if (i == N_ELEMENTS(words)) {
        return error_set(reterr, -EINVAL, "must be yes or no");
    }
    *(int *)member = i < N_ELEMENTS(words) / 2 ? DIAG_CASE_SENSITIVE : DIAG_CASE_IGNORE;
    return 0;
}

static int store_format(const struct cli_option *option, const char *text, void *member,
                        struct error *reterr)
{
    (void)option;
    if (!format_find(span_of(text))) {
        return error_set(reterr, -EINVAL, "unknown format; nodecause formats lists them");
    }
    *(const char **)member = text;
    return 0;
}

/* `-b -1` is two words in journalctl too: the next one belongs to -b when it looks like a boot. So
 * it is with `-I -1` here. */
static bool is_boot(const char *text)
{
    struct span word = span_of(text);
    int64_t offset;
    bool hex = word.size >= 32;

    for (size_t i = 0; i < word.size; i++) {
        hex = hex && strchr("0123456789abcdef-+", word.data[i]);
    }
    return hex || span_is(word, "all") || span_to_int(word, &offset);
}

/* ---- tables ---- */

#define MEMBER(name) .offset = offsetof(struct input_options, name)

/* clang-format off */
const struct cli_option input_options[] = {
    { "unit", 'u', "UNIT", "entries of this unit, and systemd's about it", option_list, MEMBER(units) },
    { "identifier", 't', "NAME", "entries with this syslog identifier", option_list, MEMBER(identifiers) },
    { "dmesg", 'k', NULL, "the kernel's messages, of this boot", option_flag, MEMBER(dmesg) },
    { "boot", 'b', "[ID]", "this boot, or the one named: -1, ID, all", option_text, MEMBER(boot), .takes_word = is_boot },
    { "invocation", 'I', "[ID]", "the last run of -u UNIT, or the one named: -1, ID", option_text, MEMBER(invocation), .takes_word = is_boot },
    { "since", 'S', "TIME", "from this time: yesterday, -2h, 2026-11-20 10:00", option_text, MEMBER(since) },
    { "until", 'U', "TIME", "until this time", option_text, MEMBER(until) },
    { "lines", 'n', "N", "only the last N entries", store_lines, MEMBER(lines) },
    { "priority", 'p', "LEVEL", "this level (0..7, err, ...) or worse; or FROM..TO", store_priority, MEMBER(priority) },
    { "grep", 'g', "PATTERN", "entries whose message matches; ignores case unless PATTERN has a capital letter", option_text, MEMBER(grep) },
    { "case-sensitive", 0, "[BOOL]", "whether -g distinguishes capital letters", store_case, MEMBER(grep_case) },
    { "cursor", 'c', "CURSOR", "from the entry with this cursor", option_text, MEMBER(cursor) },
    { "after-cursor", 0, "CURSOR", "from the entry after it", option_text, MEMBER(after_cursor) },
    { "directory", 'D', "DIR", "journal files of this directory", option_text, MEMBER(directory) },
    { "file", 0, "GLOB", "this journal file", option_list, MEMBER(files) },
    { "root", 0, "DIR", "the journal and state of the system below DIR", option_text, MEMBER(root) },
    { "machine", 'M', "NAME", "the journal of this local container", option_text, MEMBER(machine) },
    { "namespace", 0, "NAME", "the journal of this namespace; * for all", option_text, MEMBER(name_space) },
    { "merge", 'm', NULL, "all journals, also those of other machines", option_flag, MEMBER(merge) },
    { "quiet", 'q', NULL, "no remarks on standard error", option_flag, MEMBER(quiet) },
    { "no-pager", 0, NULL, "accepted; there is no pager", option_flag, MEMBER(no_pager) },

    { .name = "reverse", .letter = 'r' },
    { .name = "catalog", .letter = 'x' },
    { .name = "pager-end", .letter = 'e' },
    { .name = "facility", .argument = "NAME" },
    { .name = "user-unit", .argument = "UNIT" },
    { .name = "user" },
    { .name = "system" },
    { .name = "image", .argument = "FILE" },
    { .name = "show-cursor" },
    { .name = "no-tail" },
    { .name = "no-full" },
    { .name = "no-hostname" },
    { .name = "output-fields", .argument = "LIST" },
    { 0 },
};

const struct cli_option format_options[] = {
    { "format", 0, "NAME", "text input has this format (see nodecause formats)", store_format, .offset = 0 },
    { 0 },
};
/* clang-format on */

/* ---- the request ---- */

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

static void divide_words(const struct words *words, struct input_request *request)
{
    for (size_t i = 0; i < words->n; i++) {
        if (is_match(span_of(words->items[i]))) {
            vec_push(&request->matches, words->items[i]);
        } else {
            vec_push(&request->paths, words->items[i]);
        }
    }
}

static void copy_options(const struct input_options *options, struct input_request *request)
{
    diag_journal *journal = &request->journal;

    *journal = (diag_journal)DIAG_JOURNAL_INIT;
    journal->units = options->units.items;
    journal->n_units = options->units.n;
    journal->identifiers = options->identifiers.items;
    journal->n_identifiers = options->identifiers.n;
    journal->files = options->files.items;
    journal->n_files = options->files.n;
    journal->matches = request->matches.items;
    journal->n_matches = request->matches.n;
    journal->boot = options->boot;
    journal->invocation = options->invocation;
    journal->dmesg = options->dmesg;
    journal->lines = options->lines;
    journal->grep = options->grep;
    journal->grep_case = (enum diag_case)options->grep_case;
    journal->cursor = options->after_cursor ? options->after_cursor : options->cursor;
    journal->after_cursor = options->after_cursor != NULL;
    journal->directory = options->directory;
    journal->root = options->root;
    journal->machine = options->machine;
    journal->name_space = options->name_space;
    journal->merge = options->merge;
    if (options->priority.given) {
        journal->priority_from = options->priority.from;
        journal->priority = options->priority.to;
    }
}

static int read_time(const char *text, int64_t *ret_us, struct error *reterr)
{
    struct timespec now;

    if (!text) {
        return 0;
    }
    (void)clock_gettime(CLOCK_REALTIME, &now);
    return time_words_parse(text, (int64_t)now.tv_sec * USEC_PER_SEC + now.tv_nsec / 1000, ret_us,
                            reterr);
}

/* A bad pattern is found here, not once for each journal. */
static int check_grep(const diag_journal *journal, struct error *reterr)
{
    CLEANUP(pattern_free_at) struct pattern *pattern = NULL;
    enum grep_case how = (enum grep_case)journal->grep_case;

    return journal->grep ? grep_compile(journal->grep, how, &pattern, reterr) : 0;
}

int input_request_init(const struct input_options *options, const struct words *words,
                       struct input_request *ret, struct error *reterr)
{
    int r;

    *ret = (struct input_request){ 0 };
    divide_words(words, ret);
    copy_options(options, ret);
    r = read_time(options->since, &ret->journal.since_us, reterr);
    if (r >= 0) {
        r = read_time(options->until, &ret->journal.until_us, reterr);
    }
    return r < 0 ? r : check_grep(&ret->journal, reterr);
}

void input_request_done(struct input_request *request)
{
    vec_free(&request->paths);
    vec_free(&request->matches);
}

bool input_request_wants_journal(const struct input_request *request)
{
    struct journal_query query = journal_query_from(&request->journal);

    return !journal_query_is_default(&query);
}
