/* Which node an input is of, by the folders of the inputs. */

#include "reason/places.h"

#include "timeline/hosts.h"

/* Cuts the first folder off a path. False when only the name of the file is left. */
static bool cut_folder(struct span *path, struct span *ret)
{
    ptrdiff_t slash;

    while ((slash = span_find_byte(*path, '/')) >= 0) {
        *ret = span_head(*path, (size_t)slash);
        *path = span_skip(*path, (size_t)slash + 1);
        if (!span_empty(*ret) && !span_is(*ret, ".")) {
            return true;
        }
    }
    return false;
}

/* Two paths compared from their first folder on. */
struct fork {
    size_t shared;    /* folders that both have */
    struct span a, b; /* the folders where they part; empty: that path has none there */
};

static struct fork compare(struct span a, struct span b)
{
    struct fork fork = { 0 };

    for (;;) {
        fork.a = fork.b = (struct span){ 0 };
        (void)cut_folder(&a, &fork.a);
        (void)cut_folder(&b, &fork.b);
        if (span_empty(fork.a) || !span_equal(fork.a, fork.b)) {
            return fork;
        }
        fork.shared++;
    }
}

/* Folders of every system say nothing about its name. */
static bool is_system_folder(struct span folder)
{
    static const char *const names[] = { "dev", "etc", "proc", "run", "sys", "usr", "var" };

    for (size_t i = 0; i < N_ELEMENTS(names); i++) {
        if (span_is(folder, names[i])) {
            return true;
        }
    }
    return false;
}

/* The node that the inputs around this one show. */
static struct span find_by_folders(const struct report *report, size_t at)
{
    struct span host = { 0 };
    size_t best = 0;
    bool unclear = false;

    for (size_t i = 0; i < report->n_inputs; i++) {
        const struct report_input *other = &report->inputs[i];
        struct fork fork;
        struct span named = other->host;

        if (span_empty(named)) {
            continue;
        }
        fork = compare(report->inputs[at].name, other->name);
        if (!span_empty(fork.a) && !is_system_folder(fork.a) && hosts_are_same(fork.b, named)) {
            named = fork.a;
        }
        if (span_empty(host) || fork.shared > best) {
            host = named;
            best = fork.shared;
            unclear = false;
        } else if (fork.shared == best && !hosts_are_same(host, named)) {
            unclear = true;
        }
    }
    return unclear ? (struct span){ 0 } : host;
}

const struct span *places_find(const struct report *report, const struct node_names *names,
                               struct arena *arena)
{
    struct span *hosts = ARENA_ARRAY(arena, struct span, report->n_inputs);

    for (size_t i = 0; i < report->n_inputs; i++) {
        hosts[i] = report->inputs[i].host;
        if (span_empty(hosts[i]) && report->inputs[i].is_state) {
            hosts[i] = find_by_folders(report, i);
        }
        hosts[i] = node_names_find(names, hosts[i]);
    }
    return hosts;
}

bool places_are_several(const struct report *report)
{
    struct span first = { 0 };

    for (size_t i = 0; i < report->n_inputs; i++) {
        const struct report_input *input = &report->inputs[i];

        if (input->about_several || (!span_empty(first) && !span_empty(input->about) &&
                                     !hosts_are_same(first, input->about))) {
            return true;
        }
        first = span_empty(first) ? input->about : first;
    }
    return false;
}
