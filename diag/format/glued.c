/* Records with a prefix that was added by another program.
 *
 *   Line 81243: Sep 16 04:05:06 master-0 kubelet[2543]: E0916 04:05:06.000000    2543 kubelet.go:7]
 *   172.20.191.184: E0905 10:00:00.000000     812 kubelet.go:2461] node not found
 *   2016-07-22T11:50:41.310422203Z I0722 11:50:41.310120       1 server.go:202] Using self-signed
 */

#include "format/glued.h"

#include "format/klog.h"
#include "format/line.h"

enum {
    PREFIXES_MAX = 5, /* maximum number of prefixes of a line */
};

/* An item of a JSON list on a line of its own: `"Sep 16 ... node \"master\" ...", ` */
static struct span list_item(struct span text, struct arena *arena)
{
    const struct field *fields;
    size_t n_fields;

    text = span_trim(text);
    if (span_ends(text, SPAN(","))) {
        text.size--;
    }
    return klog_unquote(text, arena, &fields, &n_fields);
}

static bool is_known(const struct format_context *context, struct choices *choices,
                     struct span text, struct entry *ret)
{
    int bid;
    const struct format *format = choices_find(choices, text, &bid);

    *ret = entry_empty();
    return bid > BID_FALLBACK && format->decode(context, text, ret) > 0;
}

int glued_decode(const struct format_context *context, struct choices *choices, struct span record,
                 struct logtime *ret_time, struct entry *ret)
{
    struct span rest = record;

    for (int i = 0; i <= PREFIXES_MAX; i++) {
        size_t n;

        /* The item of a list is a copy, in memory that changes. */
        if (is_known(context, i == 0 ? choices : NULL, rest, ret)) {
            return 1;
        }
        n = line_prefix(rest, ret_time);
        if (n == 0) {
            break;
        }
        rest = rest.data[0] == '"' ? list_item(rest, context->arena) : span_skip(rest, n);
    }
    *ret_time = (struct logtime){ 0 };
    *ret = entry_empty();
    return format_text.decode(context, record, ret);
}

void glued_refine(const struct format_context *context, const struct logtime *time,
                  struct moment *when)
{
    struct moment other = logtime_moment(time, context);
    struct civil civil;

    if (time->civil.year == 0) {
        return;
    }
    if (time->zone_known || when->time_us == TIME_UNKNOWN) {
        other.monotonic_us = when->monotonic_us;
        *when = other;
    } else if (!when->year_known) {
        civil = civil_from_us(when->time_us);
        civil.year = time->civil.year + (civil.month < time->civil.month - 6) -
                     (civil.month > time->civil.month + 6);
        if (!civil_valid(&civil)) {
            return;
        }
        when->time_us = civil_to_us(&civil);
        when->year_known = true;
    }
}
