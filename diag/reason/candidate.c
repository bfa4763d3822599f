/* What a candidate owns. */

#include "reason/candidate.h"

static void add_all(struct indexes *to, const struct indexes *from)
{
    for (size_t i = 0; i < from->n; i++) {
        vec_push(to, from->items[i]);
    }
}

void candidate_merge(struct candidate *candidate, struct candidate *other)
{
    vec_clear(&candidate->asked);
    add_all(&candidate->asked, &other->events);
    add_all(&candidate->asked, &other->context);
    indexes_sort(&candidate->asked);
    add_all(&candidate->events, &other->events);
    add_all(&candidate->context, &other->context);
    if (other->confidence > candidate->confidence) {
        candidate->confidence = other->confidence;
    }
    candidate_done(other);
}

void candidate_sort(struct candidate *candidate)
{
    indexes_sort(&candidate->events);
    indexes_sort(&candidate->context);
}

void candidate_done(struct candidate *candidate)
{
    vec_free(&candidate->asked);
    vec_free(&candidate->events);
    vec_free(&candidate->context);
    vec_free(&candidate->reasons);
    vec_free(&candidate->causes);
    vec_free(&candidate->effects);
}

void candidates_done(struct candidates *candidates)
{
    for (size_t i = 0; i < candidates->n; i++) {
        candidate_done(&candidates->items[i]);
    }
    vec_free(candidates);
}
