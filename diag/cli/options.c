/* One parser for the option tables of all commands, over getopt_long(3). */

#include "cli/options.h"

#include "base/buf.h"

#include <assert.h>
#include <errno.h>
#include <getopt.h>
#include <string.h>

enum {
    OPTIONS_MAX = 64,
    KEY_FIRST = 256 /* of an option without a letter: KEY_FIRST + its row */
};

struct option_row {
    const struct cli_option *option;
    void *member; /* of the settings */
};

/* The tables of a command as getopt_long(3) wants them. */
struct option_table {
    struct option_row rows[OPTIONS_MAX];
    size_t n;
    struct option long_options[OPTIONS_MAX + 1];
    char short_options[3 * OPTIONS_MAX + 2];
};

const struct cli_option common_options[] = {
    { .name = "help", .letter = 'h', .help = "this page" },
    { .name = "version", .help = "the version" },
    { 0 },
};

/* ---- stores ---- */

int option_flag(const struct cli_option *option, const char *text, void *member,
                struct error *reterr)
{
    (void)option;
    (void)text;
    (void)reterr;
    *(bool *)member = true;
    return 0;
}

int option_text(const struct cli_option *option, const char *text, void *member,
                struct error *reterr)
{
    (void)option;
    (void)reterr;
    *(const char **)member = text ? text : "";
    return 0;
}

int option_list(const struct cli_option *option, const char *text, void *member,
                struct error *reterr)
{
    string_list *list = member;

    (void)option;
    (void)reterr;
    vec_push(list, text);
    vec_push(list, NULL);
    list->n--;
    return 0;
}

static int refuse_choice(const struct cli_option *option, struct error *reterr)
{
    CLEANUP(buf_done_at) struct buf words = { 0 };

    for (size_t i = 0; option->choice(i); i++) {
        const char *before = i == 0 ? "" : option->choice(i + 1) ? ", " : " or ";

        buf_printf(&words, "%s%s", before, option->choice(i));
    }
    return error_set(reterr, -EINVAL, "must be %s", words.data);
}

int option_index(const struct cli_option *option, const char *text, void *member,
                 struct error *reterr)
{
    for (size_t i = 0; option->choice(i); i++) {
        if (strcmp(text, option->choice(i)) == 0) {
            *(int *)member = (int)i;
            return 0;
        }
    }
    return refuse_choice(option, reterr);
}

int option_word(const struct cli_option *option, const char *text, void *member,
                struct error *reterr)
{
    int index, r = option_index(option, text, &index, reterr);

    if (r >= 0) {
        *(const char **)member = text;
    }
    return r;
}

/* ---- the table ---- */

static int argument_kind(const struct cli_option *option)
{
    if (!option->argument) {
        return no_argument;
    }
    return option->argument[0] == '[' ? optional_argument : required_argument;
}

static int key_of(const struct cli_option *option, size_t row)
{
    return option->letter ? option->letter : KEY_FIRST + (int)row;
}

static void add_options(struct option_table *table, const struct cli_option *options,
                        char *settings)
{
    for (const struct cli_option *option = options; option->name; option++) {
        size_t row = table->n++;

        assert(row < OPTIONS_MAX);
        table->rows[row].option = option;
        table->rows[row].member = settings ? settings + option->offset : NULL;
        table->long_options[row] =
            (struct option){ option->name, argument_kind(option), NULL, key_of(option, row) };
    }
}

static void add_letters(struct option_table *table)
{
    char *letters = table->short_options;

    *letters++ = ':'; /* errors are reported here, not by getopt */
    for (size_t row = 0; row < table->n; row++) {
        const struct cli_option *option = table->rows[row].option;

        if (!option->letter) {
            continue;
        }
        *letters++ = option->letter;
        for (int i = 0; i < argument_kind(option); i++) { /* one colon, or two when optional */
            *letters++ = ':';
        }
    }
}

static void make_table(struct option_table *table, const struct option_group *groups,
                       void *settings)
{
    *table = (struct option_table){ 0 };
    add_options(table, common_options, NULL);
    for (; groups && groups->options; groups++) {
        add_options(table, groups->options, (char *)settings + groups->offset);
    }
    add_letters(table);
}

/* The row of getopt's key, or NULL. */
static const struct option_row *find_row(const struct option_table *table, int key)
{
    for (size_t row = 0; row < table->n; row++) {
        if (key_of(table->rows[row].option, row) == key) {
            return &table->rows[row];
        }
    }
    return NULL;
}

/* ---- errors ---- */

/* `--li`: the options whose names begin with it. */
static size_t count_matches(const struct option_table *table, struct span name)
{
    size_t n = 0;

    for (size_t row = 0; row < table->n; row++) {
        n += span_starts(span_of(table->rows[row].option->name), name);
    }
    return n;
}

static int refuse_name(const struct option_table *table, const char *word, struct error *reterr)
{
    struct span name = span_head(span_of(word), strcspn(word, "="));
    const char *what = count_matches(table, span_skip(name, 2)) > 1 ? "ambiguous" : "unknown";

    return error_set(reterr, -EINVAL, "%s option '%.*s'", what, (int)name.size, name.data);
}

/* getopt gives '?' or ':', and in optopt the key of the option, or 0 for an unknown long name. */
static int refuse(const struct option_table *table, int key, const char *word, struct error *reterr)
{
    const struct option_row *row = optopt ? find_row(table, optopt) : NULL;

    if (row && key == ':') {
        return error_set(reterr, -EINVAL, "option '--%s' requires an argument", row->option->name);
    }
    if (row) {
        return error_set(reterr, -EINVAL, "option '--%s' takes no argument", row->option->name);
    }
    if (optopt) {
        return error_set(reterr, -EINVAL, "unknown option '-%c'", optopt);
    }
    return refuse_name(table, word, reterr);
}

/* ---- parsing ---- */

static const char *argument_of(const struct cli_option *option, int argc, char **argv)
{
    if (!optarg && option->takes_word && optind < argc && option->takes_word(argv[optind])) {
        return argv[optind++];
    }
    return optarg;
}

static int apply(const struct cli_option *option, const char *text, void *member,
                 struct error *reterr)
{
    struct error error = { 0 };
    int r;

    if (!option->help) {
        return error_set(reterr, -EINVAL, "option '--%s' of journalctl is not supported",
                         option->name);
    }
    r = option->store(option, text, member, &error);
    if (r < 0) {
        (void)error_set(reterr, r, "--%s=%s: %s", option->name, text ? text : "", error.text);
    }
    return r;
}

int options_parse(const struct option_group *groups, int argc, char **argv, void *settings,
                  struct words *ret, struct error *reterr)
{
    struct option_table table;
    int key;

    make_table(&table, groups, settings);
    optind = 0; /* glibc: start afresh */
    while ((key = getopt_long(argc, argv, table.short_options, table.long_options, NULL)) >= 0) {
        const struct cli_option *option;
        const struct option_row *row = find_row(&table, key);
        int r;

        if (!row) {
            return refuse(&table, key, argv[optind - 1], reterr);
        }
        option = row->option;
        if (!option->help || option->store) {
            r = apply(option, argument_of(option, argc, argv), row->member, reterr);
        } else {
            r = option == common_options ? OPTIONS_HELP : OPTIONS_VERSION;
        }
        if (r != 0) {
            return r;
        }
    }
    *ret = (struct words){ (const char *const *)argv + optind, (size_t)(argc - optind) };
    return 0;
}

void options_done(const struct option_group *groups, void *settings)
{
    for (; groups && groups->options; groups++) {
        for (const struct cli_option *option = groups->options; option->name; option++) {
            if (option->store == option_list) {
                string_list *list = (void *)((char *)settings + groups->offset + option->offset);

                vec_free(list);
            }
        }
    }
}
