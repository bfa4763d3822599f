#ifndef NODECAUSE_BASE_DEADLINE_H
#define NODECAUSE_BASE_DEADLINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The end of the time that something may take, by a clock such as clock_monotonic_us(). */
struct deadline {
    int64_t (*now_us)(void);
    int64_t end_us;
};

/* In so many microseconds from now. */
static inline void deadline_set(struct deadline *deadline, int64_t us)
{
    deadline->end_us = deadline->now_us() + us;
}

/* NULL: never. */
static inline bool deadline_has_passed(const struct deadline *deadline)
{
    return deadline && deadline->now_us() > deadline->end_us;
}

#endif
