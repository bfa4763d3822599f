/* How grave an entry sounds.
 *
 *   F0407 22:06:29.503369   19593 server.go:262] failed to run Kubelet      fatal
 *   time="2024-07-08T08:46:25Z" level=error msg="..."                       error
 *   Error: failed to parse kubelet flag: unknown flag: --foo                error
 *   panic: runtime error: index out of range [3] with length 2              fatal
 *   goroutine 1 [running]:                                                  stack
 */

#define _GNU_SOURCE /* strncasecmp in strict C */
#include "entry/tone.h"

#include "base/cleanup.h"

#include <strings.h>

enum {
    WORDS_WITHIN = 512 /* bytes of a message that are looked at for words */
};

bool tone_is_panic(struct span line)
{
    static const struct span heads[] = {
        { "panic: ", 7 },
        { "fatal error: ", 13 },
        { "runtime error: ", 15 },
        { "unexpected fault address ", 25 },
    };

    for (size_t i = 0; i < N_ELEMENTS(heads); i++) {
        if (span_starts(line, heads[i])) {
            return true;
        }
    }
    return false;
}

/* `k8s.io/klog.stacks(0xc42000e001, 0xb09)`, `main.main()` */
static bool is_call(struct span line)
{
    ptrdiff_t open = span_find_byte(line, '('), blank = span_find_byte(line, ' ');

    return open > 0 && line.data[line.size - 1] == ')' && (blank < 0 || blank > open) &&
           span_find_byte(span_head(line, (size_t)open), '.') > 0;
}

/* `rax    0x0` of a dump of registers */
static bool is_register(struct span line)
{
    ptrdiff_t at = span_find(line, SPAN(" 0x"));

    return at >= 2 && at <= 8 && line.size <= 32 && line.data[0] == 'r';
}

bool tone_is_stack(struct span line)
{
    static const struct span heads[] = {
        { "goroutine ", 10 }, { "created by ", 11 },          { "[signal ", 8 },
        { "panic(", 6 },      { "...additional frames", 20 },
    };

    struct span rest = line;

    (void)span_cut(&rest, '\n', &line); /* of a record of several lines the first */
    line = span_trim(line);
    if (line.size == 0) {
        return false;
    }
    for (size_t i = 0; i < N_ELEMENTS(heads); i++) {
        if (span_starts(line, heads[i])) {
            return true;
        }
    }
    if (line.data[0] == '/' && span_find(line, SPAN(".go:")) > 0) {
        return true;
    }
    return is_call(line) || is_register(line);
}

static bool holds_any(struct span text, const char *const *words)
{
    for (size_t i = 0; i < text.size; i++) {
        for (size_t k = 0; words[k]; k++) {
            size_t n = strlen(words[k]);

            if (i + n <= text.size && strncasecmp(text.data + i, words[k], n) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* A line without any level of its own. The help of a program's options, which many print before
 * they give up, speaks of failing and means nothing by it. */
static enum tone tone_of_words(struct span message)
{
    static const char *const failing[] = {
        "error",  "fail",    "fatal",  "panic",     "unable",  "cannot",  "can't", "could not",
        "refuse", "invalid", "denied", "not found", "no such", "unknown", "abort", NULL,
    };
    static const char *const trouble[] = {
        "warn",      "kill",    "out of ",  "exhaust", "timeout",     "timed out", "expired",
        "exceeded",  "stuck",   "blocked ", "lockup",  "dropp",       "corrupt",   "unhealthy",
        "not ready", "missing", "too many", "stale",   "not healthy", "throttl",   NULL,
    };

    message = span_trim(span_head(message, WORDS_WITHIN));
    if (message.size == 0 || message.data[0] == '-') {
        return TONE_PLAIN;
    }
    if (holds_any(message, failing)) {
        return TONE_ERROR;
    }
    return holds_any(message, trouble) ? TONE_WARNING : TONE_PLAIN;
}

static bool has_level(const struct entry *entry)
{
    for (size_t i = 0; i < entry->n_fields; i++) {
        if (span_is(entry->fields[i].name, "level")) {
            return true;
        }
    }
    return entry->klog.severity != 0;
}

static enum tone tone_of_severity(enum severity severity)
{
    if (severity <= SEVERITY_CRITICAL) {
        return TONE_FATAL;
    }
    if (severity == SEVERITY_ERROR) {
        return TONE_ERROR;
    }
    return severity == SEVERITY_WARNING ? TONE_WARNING : TONE_PLAIN;
}

/* journald gives a service's plain output priority 6, so that only a graver one means anything. */
enum tone tone_of_entry(const struct entry *entry)
{
    enum tone tone = tone_of_severity(entry->severity);

    if (has_level(entry)) {
        return tone;
    }
    if (tone_is_panic(entry->message)) {
        return TONE_FATAL;
    }
    if (tone_is_stack(entry->message)) {
        return TONE_STACK;
    }
    return tone == TONE_PLAIN ? tone_of_words(entry->message) : tone;
}

const char *tone_name(enum tone tone)
{
    static const char *const names[] = {
        [TONE_STACK] = "stack", [TONE_PLAIN] = "plain", [TONE_WARNING] = "warning",
        [TONE_ERROR] = "error", [TONE_FATAL] = "fatal",
    };

    return names[tone];
}
