/* Names of systemd units on the command line. */

#include "source/unit_name.h"

#include "base/cleanup.h"

static const char *const suffixes[] = {
    ".automount", ".device", ".mount", ".path",   ".scope", ".service",
    ".slice",     ".socket", ".swap",  ".target", ".timer",
};

bool unit_name_is_glob(const char *name)
{
    return strpbrk(name, "*?[") != NULL;
}

const char *unit_name_complete(const char *name, struct arena *arena)
{
    struct span span = span_of(name);

    if (unit_name_is_glob(name)) {
        return name;
    }
    for (size_t i = 0; i < N_ELEMENTS(suffixes); i++) {
        if (span.size > strlen(suffixes[i]) && span_ends(span, span_of(suffixes[i]))) {
            return name;
        }
    }
    return arena_printf(arena, "%s.service", name);
}
