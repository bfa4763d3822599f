#include "bundle/crash.h"

#include "base/calendar.h"

enum {
    PART_DIGITS = 5 /* of the part and the count, after the time */
};

/* `[ 4003.000000]`, with the level before it or without. */
static int64_t read_stamp(struct span line)
{
    struct span text, seconds, whole;
    uint64_t s, us;

    if (span_starts(line, SPAN("<"))) {
        (void)span_cut(&line, '>', &text);
    }
    if (!span_starts(line, SPAN("["))) {
        return TIME_UNKNOWN;
    }
    line = span_skip(line, 1);
    if (!span_cut(&line, ']', &text)) {
        return TIME_UNKNOWN;
    }
    seconds = span_trim(text);
    if (!span_cut(&seconds, '.', &whole) || seconds.size != 6 || !span_to_uint(whole, &s) ||
        !span_to_uint(seconds, &us) || s > INT64_MAX / USEC_PER_SEC / 2) {
        return TIME_UNKNOWN;
    }
    return (int64_t)(s * USEC_PER_SEC + us);
}

static int64_t last_stamp(struct span text)
{
    struct span line;
    int64_t last = TIME_UNKNOWN;

    while (span_cut(&text, '\n', &line)) {
        int64_t stamp = read_stamp(line);

        last = stamp != TIME_UNKNOWN && (last == TIME_UNKNOWN || stamp > last) ? stamp : last;
    }
    return last;
}

/* What the paths of the parts of a crash have in common; the whole path of what has no parts. */
static struct span crash_of(struct span path)
{
    size_t n = path.size;

    while (n > 0 && is_digit(path.data[n - 1])) {
        n--;
    }
    return path.size - n > PART_DIGITS ? span_head(path, path.size - PART_DIGITS) : path;
}

int64_t crash_last_us(struct tree *tree, const struct tree_member *member)
{
    struct span crash = crash_of(span_of(member->path));
    int64_t last = TIME_UNKNOWN;

    for (size_t i = 0; i < tree->members.n; i++) {
        const struct tree_member *part = &tree->members.items[i];

        if (part->kind == MEMBER_FILE && span_equal(crash_of(span_of(part->path)), crash)) {
            int64_t stamp = last_stamp(tree_tail(tree, part));

            last = stamp != TIME_UNKNOWN && (last == TIME_UNKNOWN || stamp > last) ? stamp : last;
        }
    }
    return last;
}
