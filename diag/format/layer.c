/* The layers around a message, from the outside in. */

#include "format/layer.h"

#include "format/klog.h"

void layer_refine(const struct format_context *context, struct entry *entry)
{
    if (!logrus_refine(context, entry))
        (void)klog_json_refine(context, entry);
    klog_refine(context, entry);
}
