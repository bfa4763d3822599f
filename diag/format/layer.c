/* The layers around a message, from the outermost to the innermost. */

#include "format/layer.h"

#include "format/capnslog.h"
#include "format/clean.h"
#include "format/klog.h"
#include "format/klog_json.h"
#include "format/logrus.h"

/* Colours, which the export format and Docker's JSON contain. */
static void drop_escapes(struct arena *arena, struct entry *entry)
{
    struct span rest = entry->message;
    size_t size = 0;
    char *out;

    if (span_find_byte(rest, '\x1b') < 0) {
        return;
    }
    out = arena_alloc(arena, rest.size);
    while (rest.size) {
        size_t escape = clean_escape_size(rest);

        if (escape == 0) {
            out[size++] = rest.data[0];
        }
        rest = span_skip(rest, escape ? escape : 1);
    }
    entry->message = (struct span){ out, size };
}

void layer_refine(const struct format_context *context, struct entry *entry)
{
    drop_escapes(context->arena, entry);
    if (!logrus_refine(context, entry) && !klog_json_refine(context, entry)) {
        (void)capnslog_refine(context, entry);
    }
    klog_refine(context, entry);
}
