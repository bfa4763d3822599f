#include "state/sysctl.h"

/* True if the first component of the name is a directory of /proc/sys. */
static bool is_name(struct span name)
{
    static const char *const tops[] = { "abi", "crypto", "debug", "dev", "fs", "kernel",
                                        "net", "sunrpc", "user",  "vm",  NULL };
    size_t i;

    for (i = 0; i < name.size && name.data[i] != '.' && name.data[i] != '/'; i++) {
        ;
    }
    if (i + 1 >= name.size || !word_among(span_head(name, i), tops)) {
        return false;
    }
    return span_find_byte(name, ' ') < 0 && span_find_byte(name, '\t') < 0;
}

bool sysctl_split(struct span line, struct span *ret_name, struct span *ret_value)
{
    struct span rest = span_trim(line);
    struct span name;

    if (span_find_byte(rest, '=') < 0 || !span_cut(&rest, '=', &name)) {
        return false;
    }
    name = span_trim(name);
    if (span_begins(name, "-")) {
        name = span_skip(name, 1);
    }
    if (span_begins(name, "/proc/sys/")) { /* as printed by collectors that read the files */
        name = span_skip(name, strlen("/proc/sys/"));
    }
    if (!is_name(name)) {
        return false;
    }
    *ret_name = name;
    *ret_value = span_trim(rest);
    return true;
}

/* sysctl.d(5): if a slash comes first, slashes separate the components, and dots mean slashes. */
static struct span with_dots(struct span name, struct arena *arena)
{
    char *copy = arena_string(arena, name);
    size_t i;

    for (i = 0; copy[i] && copy[i] != '.' && copy[i] != '/'; i++) {
        ;
    }
    if (copy[i] != '/') {
        return name;
    }
    for (; copy[i]; i++) {
        copy[i] = copy[i] == '/' ? '.' : copy[i] == '.' ? '/' : copy[i];
    }
    return span_of(copy);
}

void sysctl_add(struct rows *rows, struct span line, struct span name, struct span value)
{
    rows_add_setting(rows, line, with_dots(name, rows->arena), type_of_value(value), value);
}

bool sysctl_is_output(struct span line)
{
    struct span rest = span_trim(line);
    struct span name, sign;

    return span_word(&rest, &name) && span_word(&rest, &sign) && span_is(sign, "=") &&
           !span_begins(name, "-");
}
