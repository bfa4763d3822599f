/* The messages by which the components of a node report trouble (fixtures/messages): each matches the rule that its row names,
 * and those that are listed as matched by none are. */

#include "pipeline.h"
#include "rule/load.h"
#include "signal/store.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* A row: what the component logs, and which rule must match it. */
struct row {
    struct span id, message, component, rule;
};

enum {
    COLUMN_ID,
    COLUMN_PATTERN,
    COLUMN_MESSAGE,
    COLUMN_COMPONENT,
    COLUMN_VERSIONS,
    COLUMN_RULE,
    COLUMN_SOURCE,
    N_COLUMNS
};

static bool read_row(struct span line, struct row *ret)
{
    struct span column[N_COLUMNS];

    if (span_starts(line, SPAN("#"))) {
        return false;
    }
    for (size_t i = 0; i < N_COLUMNS; i++) {
        if (!span_cut(&line, '\t', &column[i])) {
            return false;
        }
    }
    *ret = (struct row){ .id = column[COLUMN_ID],
                         .message = column[COLUMN_MESSAGE],
                         .component = column[COLUMN_COMPONENT],
                         .rule = column[COLUMN_RULE] };
    return true;
}

/* --- as the journal shows it --- */

static void add_header(struct buf *out, struct span component)
{
    if (span_is(component, "-")) {
        return;
    }
    buf_add_string(out, "May 15 10:20:30 node1 ");
    buf_add(out, component);
    buf_add_string(out, span_is(component, "kernel") ? ": " : "[1234]: ");
}

/* In the table `\t`, `\n` and `\\` stand for themselves; each line is an entry of its own. */
static void add_log(struct buf *out, const struct row *row)
{
    static const char from[] = "tn\\", to[] = "\t\n\\";
    struct span text = row->message;

    add_header(out, row->component);
    for (size_t i = 0; i < text.size; i++) {
        bool escaped = text.data[i] == '\\' && i + 1 < text.size && strchr(from, text.data[i + 1]);
        char c = escaped ? to[strchr(from, text.data[++i]) - from] : text.data[i];

        buf_add_byte(out, c);
        if (c == '\n') {
            add_header(out, row->component);
        }
    }
    buf_add_byte(out, '\n');
}

/* --- which rules match --- */

/* Facts only are no match. */
static bool is_match(const struct rules *rules, const struct signal *signal)
{
    enum signal_role role = rules->items[signal->rule].signals[signal->signal].role;

    return role == ROLE_PROOF || role == ROLE_SIGN;
}

static void add_word(struct buf *out, const char *text)
{
    char word[128];

    (void)snprintf(word, sizeof(word), " %s ", text);
    if (!strstr(out->data, word)) {
        buf_add_string(out, word + 1);
    }
}

/* The ids of the rules of which it is a proof or a sign, each once, between blanks. */
static void add_rules(struct buf *out, const struct rules *rules, const struct row *row)
{
    struct pipeline_options options = { .rules = rules, .fail_on = RULE_ERROR };
    CLEANUP(pipeline_free_at) struct pipeline *pipeline = pipeline_new(&options);
    CLEANUP(buf_done_at) struct buf log = { 0 };
    const struct store *store;

    add_log(&log, row);
    pipeline_read_text(pipeline, "log", buf_span(&log));
    store = pipeline_signals(pipeline);
    buf_add_string(out, " ");
    for (size_t i = 0; i < store_n_groups(store); i++) {
        const struct signal *signal = store_group(store, i)->signal;

        if (is_match(rules, signal)) {
            add_word(out, rules->items[signal->rule].id);
        }
    }
}

static bool is_right(const struct row *row, struct span found)
{
    char word[128];

    if (span_starts(row->rule, SPAN("none: "))) {
        return found.size == 1;
    }
    (void)snprintf(word, sizeof(word), " %.*s ", (int)row->rule.size, row->rule.data);
    return strstr(found.data, word) != NULL;
}

/* Prints a row that is wrong. */
static bool check_row(const struct rules *rules, const struct row *row)
{
    CLEANUP(buf_done_at) struct buf found = { 0 };
    bool right;

    add_rules(&found, rules, row);
    right = is_right(row, buf_span(&found));
    if (!right) {
        print_error("%.*s\t%.*s\tmatched by:%s\n", (int)row->id.size, row->id.data,
                    (int)row->rule.size, row->rule.data, found.size > 1 ? found.data : " none");
    }
    return right;
}

/* --- the files --- */

static size_t count_wrong_rows(const struct rules *rules, const char *path, size_t *n)
{
    FILE *file = fopen(path, "r");
    size_t allocated = 0, n_wrong = 0;
    char *line = NULL;
    ssize_t size;

    assert_non_null(file);
    while ((size = getline(&line, &allocated, file)) > 0) {
        struct row row;

        if (read_row((struct span){ line, (size_t)size - 1 }, &row)) {
            n_wrong += !check_row(rules, &row);
            (*n)++;
        }
    }
    free(line);
    (void)fclose(file);
    return n_wrong;
}

static void match_the_rules_they_name(void **state)
{
    static const char folder[] = SOURCE_DIR "/fixtures/messages";
    CLEANUP(rule_set_free_at) struct rule_set *set = rule_set_new();
    DIR *listing = opendir(folder);
    const struct dirent *file;
    size_t n = 0, n_wrong = 0;

    (void)state;
    assert_int_equal(rule_set_add_builtin(set, NULL), 0);
    assert_int_equal(rule_set_finish(set, NULL), 0);
    assert_non_null(listing);
    while ((file = readdir(listing))) {
        char path[512];

        if (span_ends(span_of(file->d_name), SPAN(".tsv"))) {
            (void)snprintf(path, sizeof(path), "%s/%s", folder, file->d_name);
            n_wrong += count_wrong_rows(rule_set_rules(set), path, &n);
        }
    }
    (void)closedir(listing);
    assert_true(n > 300);
    assert_int_equal(n_wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(match_the_rules_they_name) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
