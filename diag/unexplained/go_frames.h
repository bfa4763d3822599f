#ifndef NODECAUSE_UNEXPLAINED_GO_FRAMES_H
#define NODECAUSE_UNEXPLAINED_GO_FRAMES_H

#include "base/arena.h"
#include "base/span.h"

enum {
    GO_FRAMES_MAX = 3
};

/* Finds the first frames of the first goroutine in the lines of a stack dump, in their order,
 * without the frames of the Go runtime itself, which every panic has:
 *
 *     goroutine 1 [running]:
 *     panic(0x1a2b3c, 0x4d5e6f)
 *             /usr/lib/go/src/runtime/panic.go:770 +0x124
 *     main.load(0xc42000e001)                                    main.load  /src/main.go:8
 *             /src/main.go:8 +0x1d
 *
 * Returns their number, at most GO_FRAMES_MAX. The texts are in `arena`. */
size_t go_frames_find(const struct span *lines, size_t n, struct arena *arena, struct span *ret);

#endif
