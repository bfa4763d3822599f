/* What a source of records leaves to us: klog inside a journal's MESSAGE, and who speaks. */

#include "input/whole.h"

#include "format/layer.h"

static position locate(void *owner, size_t offset)
{
    struct whole *whole = owner;

    return batch_locate(&whole->inner, offset);
}

static int decode(void *owner, position at, struct arena *arena, struct entry *ret)
{
    struct whole *whole = owner;
    struct format_context context = { .arena = arena };
    int r = batch_decode(&whole->inner, at, arena, ret);

    if (r <= 0) {
        return r;
    }
    layer_refine(&context, ret);
    ret->origin.input = whole->input;
    if (whole->streams) {
        ret->streams = streams_of_entry(whole->streams, ret);
    }
    return r;
}

static int step(void *owner, position at, int direction, position *ret)
{
    struct whole *whole = owner;

    return batch_step(&whole->inner, at, direction, ret);
}

struct batch whole_apply(struct whole *whole, const struct batch *batch)
{
    struct batch ret = *batch;

    whole->inner = *batch;
    ret.owner = whole;
    ret.locate = locate;
    ret.decode = decode;
    ret.step = step;
    return ret;
}
