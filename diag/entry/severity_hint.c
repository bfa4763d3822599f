/* The apparent severity of an entry.
 *
 *   F0407 22:06:29.503369   19593 server.go:262] failed to run Kubelet      fatal
 *   time="2024-07-08T08:46:25Z" level=error msg="..."                       error
 *   Error: failed to parse kubelet flag: unknown flag: --foo                error
 *   panic: runtime error: index out of range [3] with length 2              fatal
 *   goroutine 1 [running]:                                                  stack
 */

#define _GNU_SOURCE /* strncasecmp in strict C */
#include "entry/severity_hint.h"

#include "base/cleanup.h"
#include "entry/go_crash.h"

#include <strings.h>

enum {
    WORDS_WITHIN = 512 /* bytes of a message that are searched for words */
};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

/* The letters that the words begin with, as a set of bits. */
static uint32_t first_letters(const char *const *words)
{
    uint32_t set = 0;

    for (size_t k = 0; words[k]; k++) {
        set |= UINT32_C(1) << (words[k][0] - 'a');
    }
    return set;
}

static bool holds_any(struct span text, const char *const *words)
{
    uint32_t letters = first_letters(words);

    for (size_t i = 0; i < text.size; i++) {
        char first = lower(text.data[i]);

        if (first < 'a' || first > 'z' || !(letters >> (first - 'a') & 1)) {
            continue;
        }
        for (size_t k = 0; words[k]; k++) {
            size_t n = strlen(words[k]);

            if (first == words[k][0] && i + n <= text.size &&
                strncasecmp(text.data + i, words[k], n) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* For a line without a severity. Lines of a program's --help, which many print before they exit,
 * mention failures but do not report any. */
static enum severity_hint hint_of_words(struct span message)
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
        return HINT_PLAIN;
    }
    if (holds_any(message, failing)) {
        return HINT_ERROR;
    }
    return holds_any(message, trouble) ? HINT_WARNING : HINT_PLAIN;
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

static enum severity_hint hint_of_severity(enum severity severity)
{
    if (severity <= SEVERITY_CRITICAL) {
        return HINT_FATAL;
    }
    if (severity == SEVERITY_ERROR) {
        return HINT_ERROR;
    }
    return severity == SEVERITY_WARNING ? HINT_WARNING : HINT_PLAIN;
}

/* journald gives plain output of a service priority 6, so only a more severe one counts. */
enum severity_hint severity_hint_of(const struct entry *entry)
{
    enum severity_hint hint = hint_of_severity(entry->severity);

    if (has_level(entry)) {
        return hint;
    }
    if (go_crash_is_head(entry->message)) {
        return HINT_FATAL;
    }
    if (go_crash_is_stack(entry->message)) {
        return HINT_STACK;
    }
    return hint == HINT_PLAIN ? hint_of_words(entry->message) : hint;
}

const char *severity_hint_name(enum severity_hint hint)
{
    static const char *const names[] = {
        [HINT_STACK] = "stack", [HINT_PLAIN] = "plain", [HINT_WARNING] = "warning",
        [HINT_ERROR] = "error", [HINT_FATAL] = "fatal",
    };

    return names[hint];
}
