/* Properties of lines, independent of the format. */

#include "format/line.h"

#include "base/cleanup.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* `k8s.io/klog.stacks(0xc42000e001, 0xb09)`, `main.main()` */
static bool is_call(struct span line)
{
    ptrdiff_t open = span_find_byte(line, '('), blank = span_find_byte(line, ' ');

    return open > 0 && line.data[line.size - 1] == ')' && (blank < 0 || blank > open) &&
           span_find_byte(span_head(line, (size_t)open), '.') > 0;
}

bool line_continues(struct span line)
{
    if (line.size == 0 || is_blank(line.data[0])) {
        return true;
    }
    if (line.data[0] == '}' || line.data[0] == ')' || line.data[0] == ']') {
        return true;
    }
    return span_starts(line, SPAN("goroutine ")) || span_starts(line, SPAN("created by ")) ||
           is_call(line);
}

bool line_is_debris(struct span line)
{
    static const struct span starts[] = {
        { "-- ", 3 },
        { "\xe2\x96\x91\xe2\x96\x91", 6 },
        { "==> ", 4 },
        { "```", 3 },
    };

    line = span_trim(line);
    if (line.size == 0 || span_is(line, "--")) {
        return true;
    }
    for (size_t i = 0; i < N_ELEMENTS(starts); i++) {
        if (span_starts(line, starts[i])) {
            return true;
        }
    }
    return false;
}

/* Sizes of the prefixes; each is 0 if it is not present. */

static size_t indent(struct span line)
{
    return take_blanks(&line);
}

static size_t mark(struct span line)
{
    static const struct span marks[] = {
        { "> ", 2 }, { ">", 1 }, { "* ", 2 }, { "- ", 2 }, { "\"", 1 }, { "'", 1 },
    };

    for (size_t i = 0; i < N_ELEMENTS(marks); i++) {
        if (span_starts(line, marks[i])) {
            return marks[i].size;
        }
    }
    return 0;
}

static size_t line_number(struct span line)
{
    struct span at = line;
    int64_t number;

    if (!span_starts(line, SPAN("Line "))) {
        return 0;
    }
    at = span_skip(at, 5);
    if (!take_digits(&at, 1, 12, &number) || !take_byte(&at, ':')) {
        return 0;
    }
    return line.size - at.size;
}

/* `kubelet.log-81243-` of grep with context lines: the name up to its extension, and the number */
static size_t context_name(struct span line)
{
    struct span name = span_head(line, 256);
    size_t at = 0, n = 0;
    int64_t number;

    while (at < name.size && !is_blank(name.data[at]) && name.data[at] != '.') {
        at++;
    }
    for (name = span_skip(name, at); name.size; name = span_skip(name, 1)) {
        if (is_blank(name.data[0])) {
            return 0;
        }
        n = name.data[0] == '.' ? 0 : n + 1;
        if (name.data[0] == '-' && n <= 5) {
            break;
        }
    }
    if (!take_byte(&name, '-')) {
        return 0;
    }
    if (take_digits(&name, 1, 12, &number)) {
        (void)take_byte(&name, '-');
    }
    return (size_t)(name.data - line.data);
}

/* `/var/log/kubelet.log:`, `81243:`, `172.20.191.184:` */
static size_t file_name(struct span line)
{
    struct span name = span_head(line, 256);
    ptrdiff_t colon = span_find_byte(name, ':');
    bool looks_so = false, digits = true;

    if (colon <= 0) {
        return 0;
    }
    name = span_head(name, (size_t)colon);
    for (size_t i = 0; i < name.size; i++) {
        if (is_blank(name.data[i]) || strchr("\"'[]()=", name.data[i])) {
            return 0;
        }
        looks_so |= name.data[i] == '/' || name.data[i] == '.';
        digits &= is_digit(name.data[i]);
    }
    return looks_so || digits ? name.size + 1 : 0;
}

static size_t time_of_day(struct span line)
{
    struct logtime time;
    struct span at = line;

    return logtime_clock(&at, &time) && take_blanks(&at) ? line.size - at.size : 0;
}

static size_t screen_time(struct span line, struct logtime *ret)
{
    struct logtime time;
    struct span at = line;

    if (!logtime_screen(&at, &time)) {
        return 0;
    }
    if (ret) {
        *ret = time;
    }
    return line.size - at.size;
}

static size_t iso_time(struct span line, struct logtime *ret)
{
    struct logtime time;
    struct span at = line;

    if (!logtime_iso(&at, &time) || take_blanks(&at) == 0) {
        return 0;
    }
    if (ret && time.zone_known) {
        *ret = time;
    }
    return line.size - at.size;
}

size_t line_prefix(struct span line, struct logtime *ret)
{
    static size_t (*const kinds[])(struct span) = { indent,      mark,      line_number,
                                                    time_of_day, file_name, context_name };
    size_t n = iso_time(line, ret);

    if (n == 0) {
        n = screen_time(line, ret);
    }
    for (size_t i = 0; n == 0 && i < N_ELEMENTS(kinds); i++) {
        n = kinds[i](line);
    }
    return n;
}

int line_average(struct span head, int (*score)(struct span line))
{
    enum {
        ENOUGH = 128
    };
    struct span line;
    int sum = 0, n = 0;

    if (span_find_byte(head, '\n') < 0) {
        return span_empty(head) ? 0 : score(head); /* whether it counts or not */
    }
    while (n < ENOUGH && span_cut(&head, '\n', &line)) {
        int points = score(line);

        if (points == 0 && (line_continues(line) || line_is_debris(line))) {
            continue;
        }
        sum += points;
        n++;
    }
    return n ? sum / n : 0;
}
