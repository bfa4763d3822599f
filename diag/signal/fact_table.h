#ifndef NODECAUSE_SIGNAL_FACT_TABLE_H
#define NODECAUSE_SIGNAL_FACT_TABLE_H

#include "signal/fact.h"

/* One row of an `each:` or of a block's table. */
struct fact_row {
    const struct fact *facts;
    size_t n_facts;
};

/* Rows that belong together, under the name that rules and JSON use (`swaps`, `tasks`). */
struct fact_table {
    struct span name;
    const struct fact_row *rows;
    size_t n_rows;
};

/* The fact of that column in the row, borrowed; NULL when the row has none. */
const struct fact *fact_row_find(const struct fact_row *row, struct span column);

/* A deep copy in `arena`. */
struct fact_table fact_table_copy(struct arena *arena, const struct fact_table *table);

/* Do both have the same texts in the same rows? Names are not compared. */
bool fact_table_equal(const struct fact_table *a, const struct fact_table *b);

#endif
