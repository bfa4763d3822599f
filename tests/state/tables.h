#ifndef NODECAUSE_TESTS_STATE_TABLES_H
#define NODECAUSE_TESTS_STATE_TABLES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "state/state.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* `size=5.8G (6227702579.2)`: the number where the text is not the number itself. */
static inline void add_fact(struct buf *buf, const struct fact *fact)
{
    buf_printf(buf, " %.*s=%.*s", (int)fact->name.size, fact->name.data, (int)fact->text.size,
               fact->text.data);
    if (fact->has_number && fact->type != FACT_INTEGER) {
        buf_printf(buf, " (%.15g)", fact->number);
    }
    if (!fact->has_number && fact->type != FACT_TEXT && fact->type != FACT_PATH) {
        buf_add_string(buf, " (no number)");
    }
}

/* Rows as text, `<line>: column=text ...`, without the column `line`. */
static inline void add_table(struct buf *buf, const struct state_table *table)
{
    size_t i, j;

    for (i = 0; i < table->n_rows; i++) {
        buf_printf(buf, "%" PRIu64 ":", table->rows[i].line);
        for (j = 0; j < table->rows[i].n_facts; j++) {
            if (!span_is(table->rows[i].facts[j].name, "line")) {
                add_fact(buf, &table->rows[i].facts[j]);
            }
        }
        buf_add_byte(buf, '\n');
    }
    if (table->n_bad) {
        buf_printf(buf, "not understood: %zu\n", table->n_bad);
    }
}

/* The whole file; empty when there is none. */
static inline void add_file(struct buf *buf, const char *path)
{
    FILE *file = fopen(path, "r");
    size_t n;

    if (!file) {
        return;
    }
    do {
        n = fread(buf_reserve(buf, 65536), 1, 65536, file);
        buf->size += n;
    } while (n > 0);
    buf_add_string(buf, "");
    (void)fclose(file);
}

#endif
