/* The table of renderers by name. */

#include "render/render.h"

const struct renderer *renderer_find(struct span name)
{
    for (const struct renderer *const *renderer = renderers; *renderer; renderer++) {
        if (span_is(name, (*renderer)->name)) {
            return *renderer;
        }
    }
    return NULL;
}
