/* What completes an entry: klog inside a journal's MESSAGE, and the streams. */

#include "input/completion.h"

#include "format/layer.h"

static position locate(void *owner, size_t offset)
{
    struct completion *completion = owner;

    return batch_locate(&completion->inner, offset);
}

static void decode_layers(struct arena *arena, struct entry *entry)
{
    struct format_context context = { .arena = arena };

    layer_refine(&context, entry);
    while (span_ends(entry->message, SPAN("\n"))) {
        entry->message.size--;
    }
}

static int decode(void *owner, position at, struct arena *arena, struct entry *ret)
{
    struct completion *completion = owner;
    int r = batch_decode(&completion->inner, at, arena, ret);

    if (r <= 0) {
        return r;
    }
    if (completion->layers) {
        decode_layers(arena, ret);
    }
    ret->origin.input = completion->input;
    if (completion->streams) {
        ret->streams = streams_of_entry(completion->streams, ret);
    }
    return r;
}

static int step(void *owner, position at, int direction, position *ret)
{
    struct completion *completion = owner;

    return batch_step(&completion->inner, at, direction, ret);
}

struct batch completion_apply(struct completion *completion, const struct batch *batch)
{
    struct batch ret = *batch;

    completion->inner = *batch;
    ret.owner = completion;
    ret.locate = locate;
    ret.decode = decode;
    ret.step = step;
    return ret;
}
