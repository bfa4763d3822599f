/* The running kernel: uname(1) -a or -r, and /proc/version.
 *
 *   Linux node01 5.4.0-42-generic #46-Ubuntu SMP Fri Jul 10 00:24:02 UTC 2020 x86_64 GNU/Linux
 *   Linux version 5.15.0-101-generic (buildd@lcy02-amd64-036) (gcc ...) #111-Ubuntu SMP Tue Mar 5 ...
 */

#include "state/host.h"
#include "state/rows.h"

struct kernel {
    struct span host, release, version, machine; /* parts missing in the line are empty */
};

/* `5.4.0-42-generic`: digits, dot, digits. */
static bool is_release(struct span word)
{
    struct span rest = word;
    struct span part;
    uint64_t number;

    return span_find_byte(word, '.') > 0 && span_cut(&rest, '.', &part) &&
           span_to_uint(part, &number) && !span_empty(rest) && rest.data[0] >= '0' &&
           rest.data[0] <= '9';
}

/* From the word that starts with `#` to the end: `#46-Ubuntu SMP ...`. */
static struct span version_of(struct span line)
{
    ptrdiff_t at = span_find(line, SPAN(" #"));

    return at < 0 ? (struct span){ NULL, 0 } : span_trim(span_skip(line, (size_t)at));
}

static struct span machine_of(struct span line)
{
    static const char *const machines[] = { "x86_64", "aarch64", "armv7l", "ppc64le",
                                            "s390x",  "riscv64", "i686",   NULL };
    struct span word;

    while (span_word(&line, &word)) {
        if (word_among(word, machines)) {
            return word;
        }
    }
    return (struct span){ NULL, 0 };
}

static bool split(struct span line, struct kernel *ret)
{
    struct span words[4] = { { NULL, 0 } };
    size_t n = words_of(line, words, N_ELEMENTS(words));

    *ret = (struct kernel){ .version = version_of(line), .machine = machine_of(line) };
    if (n == 1 && is_release(words[0])) {
        ret->release = words[0];
        return true;
    }
    if (n < 4 || !span_is(words[0], "Linux") || !is_release(words[2])) {
        return false;
    }
    ret->release = words[2];
    if (!span_is(words[1], "version")) {
        ret->host = words[1];
    }
    return true;
}

/* Accepts a single line only: a kernel log may start with the same words. A bare release requires a
 * matching path. */
static int bid(struct span path, struct span head)
{
    struct span line = span_trim(head);
    struct span name = path_base(path);
    bool named = span_contains(name, "uname") || span_contains(name, "kernel") ||
                 span_is(name, "version") || span_is(name, "osrelease");
    struct kernel kernel;

    if (span_find_byte(line, '\n') >= 0 || !split(line, &kernel)) {
        return STATE_BID_NO;
    }
    if (span_empty(kernel.version) && !named) {
        return STATE_BID_NO;
    }
    return STATE_BID_SURE;
}

static void add(struct rows *rows, struct span line, const struct kernel *kernel)
{
    const struct fact facts[] = {
        rows_cell(rows, "release", FACT_TEXT, kernel->release),
        rows_cell(rows, "version", FACT_TEXT, kernel->version),
        rows_cell(rows, "machine", FACT_TEXT, kernel->machine),
        rows_cell(rows, "host", FACT_TEXT, kernel->host),
    };

    rows_add(rows, line, facts, N_ELEMENTS(facts));
}

static void parse(const struct state_text *text, struct arena *arena, struct notes *notes,
                  struct state_table *ret)
{
    struct kernel kernel;
    struct rows rows;
    struct span line;

    rows_init(&rows, text, arena, notes);
    while (rows_next(&rows, &line)) {
        if (split(line, &kernel)) {
            add(&rows, line, &kernel);
        } else {
            rows_bad(&rows);
        }
    }
    rows_finish(&rows, ret);
}

const struct state_kind state_kernel = {
    .name = "kernel",
    .summary = "the running kernel",
    .columns = "release version machine host line",
    .host_paths = "/proc/version",
    .bid = bid,
    .parse = parse,
};
