/* The text of capnslog, which etcd used up to 3.4. Its journal sink and syslog write no header.
 * https://github.com/coreos/pkg/blob/v4/capnslog/formatters.go
 *
 *   2020-03-05 08:00:01.123456 C | etcdmain: listen tcp 10.0.0.11:2380: bind: ...
 */

#include "format/capnslog.h"

#include "format/logtime.h"

#include <ctype.h>

/* Letter of the level, or SEVERITY_UNKNOWN. */
static enum severity severity_of(char letter)
{
    static const struct {
        char letter;
        enum severity severity;
    } levels[] = {
        { 'C', SEVERITY_CRITICAL }, { 'E', SEVERITY_ERROR }, { 'W', SEVERITY_WARNING },
        { 'N', SEVERITY_NOTICE },   { 'I', SEVERITY_INFO },  { 'D', SEVERITY_DEBUG },
        { 'T', SEVERITY_DEBUG },
    };

    for (size_t i = 0; i < N_ELEMENTS(levels); i++) {
        if (levels[i].letter == letter) {
            return levels[i].severity;
        }
    }
    return SEVERITY_UNKNOWN;
}

/* `W | wal: `; the name of the package may have slashes. */
static bool has_level_and_package(struct span text)
{
    size_t i = 4;

    if (text.size < 7 || severity_of(text.data[0]) == SEVERITY_UNKNOWN ||
        !span_starts(span_skip(text, 1), SPAN(" | "))) {
        return false;
    }
    while (i < text.size && (isalnum((unsigned char)text.data[i]) || text.data[i] == '/' ||
                             text.data[i] == '-' || text.data[i] == '_')) {
        i++;
    }
    return i > 4 && i < text.size && text.data[i] == ':';
}

bool capnslog_refine(const struct format_context *context, struct entry *entry)
{
    struct span rest = entry->message;
    struct logtime time;

    if (rest.size == 0 || rest.data[0] != '2' || !logtime_iso(&rest, &time) ||
        !take_byte(&rest, ' ') || !has_level_and_package(rest)) {
        return false;
    }
    if (entry->when.time_us == TIME_UNKNOWN) {
        entry->when = logtime_moment(&time, context);
        entry->stamp = span_head(entry->message, entry->message.size - rest.size - 1);
    }
    entry->severity = severity_of(rest.data[0]);
    entry->message = rest;
    return true;
}
