/* Findings that a reader takes for one.
 *
 *   memory/container-oom  happened  nginx, 10:00:01
 *   memory/container-oom  happened  java, 10:07:12        group 1, both */

#include "verdict/alike.h"

#include <string.h>

static bool has_same_causes(const struct finding *a, const struct finding *b)
{
    return a->n_explained_by == b->n_explained_by &&
           (a->n_explained_by == 0 || memcmp(a->explained_by, b->explained_by,
                                             a->n_explained_by * sizeof(*a->explained_by)) == 0);
}

static bool is_alike(const struct finding *a, const struct finding *b)
{
    return a->rule == b->rule && strcmp(a->title, b->title) == 0 && a->role == b->role &&
           a->status == b->status && a->confidence == b->confidence && has_same_causes(a, b);
}

/* The first one before `at` that it belongs to; NULL: it is the first. */
static struct finding *find_first(struct finding *findings, size_t at)
{
    for (size_t i = 0; i < at; i++) {
        if (is_alike(&findings[i], &findings[at])) {
            return &findings[i];
        }
    }
    return NULL;
}

void alike_find(struct judging *it)
{
    for (size_t i = 0; i < it->report->n_nodes; i++) {
        uint32_t n = 0;

        for (size_t k = 0; k < it->report->nodes[i].n_findings; k++) {
            struct finding *first = find_first(it->findings[i], k);

            if (first && first->group == 0) {
                first->group = ++n;
            }
            it->findings[i][k].group = first ? first->group : 0;
        }
    }
}
