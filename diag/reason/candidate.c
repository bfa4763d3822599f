/* What a candidate owns. */

#include "reason/candidate.h"

void candidate_done(struct candidate *candidate)
{
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
