/* The frames of a Go stack dump: a call, and in the next line its place. */

#include "unexplained/go_frames.h"

/* Every panic has frames of the runtime. */
static bool is_runtime_frame(struct span call)
{
    return span_starts(call, SPAN("panic(")) || span_starts(call, SPAN("runtime.")) ||
           span_starts(call, SPAN("runtime/"));
}

static bool is_own_call(struct span call)
{
    return !span_empty(call) && !is_runtime_frame(call);
}

/* The function and its place, without the values of its arguments and the offset in its code. */
static struct span make_frame(struct arena *arena, struct span call, struct span place)
{
    ptrdiff_t offset = span_find(place, SPAN(" +0x"));
    size_t n = call.size;

    while (n > 0 && call.data[n - 1] != '(') {
        n--;
    }
    if (n > 1) {
        call = span_head(call, n - 1);
    }
    if (offset > 0) {
        place = span_head(place, (size_t)offset);
    }
    return span_of(arena_printf(arena, "    %.*s  %.*s", (int)call.size, call.data, (int)place.size,
                                place.data));
}

size_t go_frames_find(const struct span *lines, size_t n, struct arena *arena, struct span *ret)
{
    struct span call = { 0 };
    size_t n_frames = 0;
    unsigned n_goroutines = 0;

    for (size_t i = 0; i < n && n_frames < GO_FRAMES_MAX; i++) {
        struct span line = span_trim(lines[i]);

        n_goroutines += span_starts(line, SPAN("goroutine "));
        if (n_goroutines > 1 || span_starts(line, SPAN("created by "))) {
            break;
        }
        if (line.size && line.data[0] != '/') {
            call = line;
        } else if (is_own_call(call)) {
            ret[n_frames++] = make_frame(arena, call, line);
            call = (struct span){ 0 };
        }
    }
    /* The place of the last call may be missing. */
    if (n_frames < GO_FRAMES_MAX && is_own_call(call) && call.data[call.size - 1] == ')') {
        ret[n_frames++] = make_frame(arena, call, /* place= */ (struct span){ 0 });
    }
    return n_frames;
}
