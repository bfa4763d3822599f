/* The names of the types that facts have in rule files: `facts: { pid: integer }`. */

#include "signal/fact_type.h"

static const char *const type_names[FACT_TYPES] = {
    [FACT_TEXT] = "text",           [FACT_INTEGER] = "integer",   [FACT_BYTES] = "bytes",
    [FACT_KIBIBYTES] = "kibibytes", [FACT_PAGES] = "pages",       [FACT_PERCENT] = "percent",
    [FACT_FRACTION] = "fraction",   [FACT_DURATION] = "duration", [FACT_QUANTITY] = "quantity",
    [FACT_TIME] = "time",           [FACT_PATH] = "path",         [FACT_POD] = "pod",
};

const char *fact_type_name(enum fact_type type)
{
    return type < FACT_TYPES ? type_names[type] : NULL;
}

enum fact_type fact_type_from_name(struct span name)
{
    enum fact_type type = 0;

    while (type < FACT_TYPES && !span_is(name, type_names[type])) {
        type++;
    }
    return type;
}
