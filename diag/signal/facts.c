/* Lists of facts. */

#include "signal/facts.h"

const struct fact *facts_find(const struct fact *facts, size_t n, struct span name)
{
    for (size_t i = 0; i < n; i++) {
        if (span_equal(facts[i].name, name)) {
            return &facts[i];
        }
    }
    return NULL;
}

struct fact *facts_copy(struct arena *arena, const struct fact *facts, size_t n)
{
    struct fact *copy = ARENA_ARRAY(arena, struct fact, n);

    for (size_t i = 0; i < n; i++) {
        copy[i] = facts[i];
        copy[i].name = arena_copy(arena, facts[i].name);
        copy[i].text = arena_copy(arena, facts[i].text);
    }
    return copy;
}
