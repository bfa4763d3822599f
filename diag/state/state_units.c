/* systemd units: systemctl list-units, list-unit-files and --failed (systemctl(1)).
 *
 *   ● kubelet.service            loaded failed failed    kubelet: The Kubernetes Node Agent
 *   dev-sda5.swap                              generated -
 */

#include "state/host.h"
#include "state/rows.h"

#include <dirent.h>
#include <stdio.h>
#include <unistd.h>

struct unit {
    struct span name, load, active, sub, description; /* of list-units */
    struct span state;                                /* of list-unit-files */
};

static bool is_unit_name(struct span word)
{
    static const char *const suffixes[] = { ".service",   ".socket", ".swap",   ".mount",
                                            ".automount", ".timer",  ".path",   ".target",
                                            ".slice",     ".scope",  ".device", NULL };
    size_t i;

    for (i = 0; suffixes[i]; i++) {
        if (word.size > strlen(suffixes[i]) && span_ends(word, span_of(suffixes[i]))) {
            return true;
        }
    }
    return false;
}

static bool is_load(struct span word)
{
    static const char *const words[] = { "loaded", "not-found", "bad-setting", "error",
                                         "masked", "merged",    "stub",        NULL };

    return word_among(word, words);
}

static bool is_active(struct span word)
{
    static const char *const words[] = { "active",      "reloading",  "inactive",
                                         "failed",      "activating", "deactivating",
                                         "maintenance", "refreshing", NULL };

    return word_among(word, words);
}

/* The words of systemctl, and `installed` from reading the unit directories. */
static bool is_file_state(struct span word)
{
    static const char *const words[] = {
        "enabled",   "enabled-runtime", "linked", "linked-runtime", "alias",
        "masked",    "masked-runtime",  "static", "disabled",       "indirect",
        "generated", "transient",       "bad",    "installed",      NULL
    };

    return word_among(word, words);
}

/* `●`, or `*` or `x` in a locale without UTF-8. */
static bool is_glyph(struct span word)
{
    return span_is(word, "*") || span_is(word, "x") ||
           ((unsigned char)word.data[0] >= 0x80 && word.size <= 4);
}

static bool split(struct span line, struct unit *ret)
{
    struct span words[6];
    size_t n = words_of(line, words, N_ELEMENTS(words));
    size_t at = n > 0 && is_glyph(words[0]) ? 1 : 0;

    *ret = (struct unit){ .name = words[at] };
    if (n < at + 2 || !is_unit_name(words[at])) {
        return false;
    }
    if (n > at + 3 && is_load(words[at + 1]) && is_active(words[at + 2])) {
        ret->load = words[at + 1];
        ret->active = words[at + 2];
        ret->sub = words[at + 3];
        if (n > at + 4) {
            ret->description = line_from(line, words[at + 4]);
        }
        return true;
    }
    ret->state = words[at + 1];
    return n <= at + 3 && is_file_state(ret->state);
}

static bool is_header_or_footer(struct span line)
{
    static const char *const beginnings[] = {
        "UNIT ", "LOAD ", "ACTIVE ", "SUB ", "JOB ", "Legend:", "To show all", "Pass --all", NULL
    };
    size_t i;

    line = span_trim(line);
    for (i = 0; beginnings[i]; i++) {
        if (span_begins(line, beginnings[i])) {
            return true;
        }
    }
    return span_ends(line, SPAN(" listed.")) ||
           span_ends(line, SPAN(" listed. Pass --all to see loaded but inactive units, too."));
}

static enum line_shape shape(struct span line)
{
    struct unit unit;

    if (is_header_or_footer(line)) {
        return LINE_NOISE;
    }
    return split(line, &unit) ? LINE_ROW : LINE_ALIEN;
}

static int bid(struct span path, struct span head)
{
    return bid_lines(head, shape, span_contains(path_base(path), "unit"));
}

static void add(struct rows *rows, struct span line, const struct unit *unit)
{
    const struct fact facts[] = {
        rows_cell(rows, "name", FACT_TEXT, unit->name),
        rows_cell(rows, "load", FACT_TEXT, unit->load),
        rows_cell(rows, "active", FACT_TEXT, unit->active),
        rows_cell(rows, "sub", FACT_TEXT, unit->sub),
        rows_cell(rows, "description", FACT_TEXT, unit->description),
        rows_cell(rows, "state", FACT_TEXT, unit->state),
    };

    rows_add(rows, line, facts, N_ELEMENTS(facts));
}

static void parse(const struct state_text *text, struct arena *arena, struct notes *notes,
                  struct state_table *ret)
{
    struct unit unit;
    struct rows rows;
    struct span line;

    rows_init(&rows, text, arena, notes);
    while (rows_next(&rows, &line)) {
        if (split(line, &unit)) {
            add(&rows, line, &unit);
        } else if (!is_header_or_footer(line)) {
            rows_bad(&rows);
        }
    }
    rows_finish(&rows, ret);
}

/* A masked unit is a link to /dev/null; the presence of a file shows no other state. */
static const char *state_of_file(const char *directory, const char *name)
{
    CLEANUP(buf_done_at) struct buf path = { 0 };
    char target[16];
    ssize_t n;

    if (strstr(directory, "/generator")) {
        return "generated";
    }
    buf_printf(&path, "%s/%s", directory, name);
    n = readlink(path.data, target, sizeof(target));
    return n > 0 && span_is((struct span){ target, (size_t)n }, "/dev/null") ? "masked"
                                                                             : "installed";
}

/* The names in a unit directory, as list-unit-files would print them. */
static void list_directory(struct states *states, const char *directory, struct notes *notes)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };
    struct dirent *item;
    DIR *dir = opendir(directory);

    if (!dir) {
        return;
    }
    while ((item = readdir(dir))) {
        if (is_unit_name(span_of(item->d_name)) && !strpbrk(item->d_name, " \t\n")) {
            buf_printf(&text, "%s %s\n", item->d_name, state_of_file(directory, item->d_name));
        }
    }
    closedir(dir);
    (void)states_add(states, "units", directory, buf_span(&text), notes);
}

static void add_host(struct states *states, const char *root, struct notes *notes)
{
    static const char *const directories[] = {
        "/etc/systemd/system",    "/run/systemd/system",         "/run/systemd/generator.early",
        "/run/systemd/generator", "/run/systemd/generator.late", "/lib/systemd/system",
    };
    size_t i;

    for (i = 0; i < N_ELEMENTS(directories); i++) {
        CLEANUP(buf_done_at) struct buf path = { 0 };

        buf_printf(&path, "%s%s", root, directories[i]);
        list_directory(states, path.data, notes);
    }
}

const struct state_kind state_units = {
    .name = "units",
    .summary = "systemd units and their states",
    .columns = "name load active sub description state line",
    .bid = bid,
    .parse = parse,
    .add_host = add_host,
};
