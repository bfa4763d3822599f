/* A state table that only tests/extend/run.py adds.
 *
 *   acme.limit = 12 */

#include "state/rows.h"

static int bid(struct span path, struct span head)
{
    (void)path;
    return span_starts(head, SPAN("acme.")) ? STATE_BID_SURE : STATE_BID_NO;
}

static void parse(const struct state_text *text, struct arena *arena, struct notes *notes,
                  struct state_table *ret)
{
    struct rows rows;
    struct span line;

    rows_init(&rows, text, arena, notes);
    while (rows_next(&rows, &line)) {
        struct span value = line, name;

        if (span_cut(&value, '=', &name)) {
            rows_add_setting(&rows, line, span_trim(name), FACT_INTEGER, span_trim(value));
        } else {
            rows_bad(&rows);
        }
    }
    rows_finish(&rows, ret);
}

const struct state_kind state_acme = {
    .name = "acme",
    .summary = "settings of an imaginary vendor",
    .columns = "path value line",
    .bid = bid,
    .parse = parse,
};
