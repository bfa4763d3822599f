/* Optimal string alignment distance. */

#include "base/near.h"

enum {
    NAME_MAX_NEAR = 64
};

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Optimal string alignment, three rows of the table at a time. */
size_t near_distance(struct span a, struct span b)
{
    size_t rows[3][NAME_MAX_NEAR + 1];
    size_t *before = rows[0], *above = rows[1], *row = rows[2];

    if (a.size > NAME_MAX_NEAR || b.size > NAME_MAX_NEAR) {
        return SIZE_MAX;
    }
    for (size_t j = 0; j <= b.size; j++) {
        above[j] = before[j] = j;
    }
    for (size_t i = 1; i <= a.size; i++) {
        size_t *oldest = before;

        row[0] = i;
        for (size_t j = 1; j <= b.size; j++) {
            bool same = a.data[i - 1] == b.data[j - 1];

            row[j] = least(least(above[j] + 1, row[j - 1] + 1), above[j - 1] + !same);
            if (i > 1 && j > 1 && a.data[i - 1] == b.data[j - 2] &&
                a.data[i - 2] == b.data[j - 1]) {
                row[j] = least(row[j], before[j - 2] + 1);
            }
        }
        before = above;
        above = row;
        row = oldest;
    }
    return above[b.size];
}

struct span near_better(struct span name, struct span best, struct span candidate)
{
    size_t bound = name.size < 4 ? 1 : name.size < 8 ? 2 : 3;
    size_t distance = near_distance(name, candidate);

    if (distance > bound) {
        return best;
    }
    if (!span_empty(best) && near_distance(name, best) <= distance) {
        return best;
    }
    return candidate;
}
