/* Tables of facts. */

#include "signal/fact_table.h"

#include "signal/facts.h"

const struct fact *fact_row_find(const struct fact_row *row, struct span column)
{
    return facts_find(row->facts, row->n_facts, column);
}

struct fact_table fact_table_copy(struct arena *arena, const struct fact_table *table)
{
    struct fact_row *rows = ARENA_ARRAY(arena, struct fact_row, table->n_rows);

    for (size_t i = 0; i < table->n_rows; i++) {
        rows[i].facts = facts_copy(arena, table->rows[i].facts, table->rows[i].n_facts);
        rows[i].n_facts = table->rows[i].n_facts;
    }
    return (struct fact_table){
        .name = arena_copy(arena, table->name),
        .rows = rows,
        .n_rows = table->n_rows,
    };
}

static bool rows_equal(const struct fact_row *a, const struct fact_row *b)
{
    if (a->n_facts != b->n_facts) {
        return false;
    }
    for (size_t i = 0; i < a->n_facts; i++) {
        if (!span_equal(a->facts[i].text, b->facts[i].text)) {
            return false;
        }
    }
    return true;
}

bool fact_table_equal(const struct fact_table *a, const struct fact_table *b)
{
    if (a->n_rows != b->n_rows) {
        return false;
    }
    for (size_t i = 0; i < a->n_rows; i++) {
        if (!rows_equal(&a->rows[i], &b->rows[i])) {
            return false;
        }
    }
    return true;
}
