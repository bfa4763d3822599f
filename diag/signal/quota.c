/* Fair shares of the store.
 *
 * 4,200 inotify refusals with a path of their own, and one refusal to run with swap: the one is
 * what the kubelet died of. */

#include "signal/quota.h"

#include "base/alloc.h"

#include <stdlib.h>

struct member {
    const struct signal_group *group;
    size_t index;
};

#define BY(x, y)                                                                                   \
    if ((x) != (y))                                                                                \
    return (x) < (y) ? -1 : 1

static int compare_signals(const struct member *a, const struct member *b)
{
    BY(a->group->signal->rule, b->group->signal->rule);
    BY(a->group->signal->signal, b->group->signal->signal);
    return 0;
}

static int by_signal_and_first(const void *a, const void *b)
{
    const struct member *x = a, *y = b;
    int order = compare_signals(x, y);

    if (order == 0) {
        order = signal_compare_time(x->group->signal, y->group->signal);
    }
    return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

static int by_last(const void *a, const void *b)
{
    const struct member *x = a, *y = b;
    int order = signal_compare_time(x->group->last, y->group->last);

    return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

/* Number of members from `at` on that are of the same signal. */
static size_t size_of_signal(const struct member *members, size_t n, size_t at)
{
    size_t end = at + 1;

    while (end < n && compare_signals(&members[at], &members[end]) == 0) {
        end++;
    }
    return end - at;
}

/* How many groups stay when no signal keeps more than `share`. */
static size_t total(const struct member *members, size_t n, size_t share)
{
    size_t sum = 0, size;

    for (size_t at = 0; at < n; at += size) {
        size = size_of_signal(members, n, at);
        sum += size < share ? size : share;
    }
    return sum;
}

/* The largest share for which there is room, and at least 1. */
static size_t find_share(const struct member *members, size_t n, size_t room)
{
    size_t low = 1, high = n;

    while (low < high) {
        size_t middle = low + (high - low + 1) / 2;

        if (total(members, n, middle) <= room) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return low;
}

/* `members` are those of one signal, sorted by their first occurrence. */
static void choose(struct member *members, size_t n, size_t share, bool *keep)
{
    size_t first = share < n ? share / 2 : n;

    for (size_t i = 0; i < first; i++) {
        keep[members[i].index] = true;
    }
    if (first == n) {
        return;
    }
    qsort(members + first, n - first, sizeof(*members), by_last);
    for (size_t i = first; i < n; i++) {
        keep[members[i].index] = n - i <= share - first;
    }
}

void quota_choose(const struct signal_group *const *groups, size_t n, size_t room, bool *keep)
{
    struct member *members = alloc_bytes(n * sizeof(*members));
    size_t share, size;

    for (size_t i = 0; i < n; i++) {
        members[i] = (struct member){ groups[i], i };
    }
    if (n) {
        qsort(members, n, sizeof(*members), by_signal_and_first);
    }
    share = find_share(members, n, room);
    for (size_t at = 0; at < n; at += size) {
        size = size_of_signal(members, n, at);
        choose(members + at, size, share, keep);
    }
    free(members);
}
