/* Findings that belong together, in a table.
 *
 *     each
 *       time                                 pid   comm
 *       Jun 02 11:01:01                      5001  nginx
 *       Jun 02 11:02:01 to Jun 02 11:02:05   5002  java    3 times */

#include "render/text_group.h"

#include "base/utf8.h"

enum {
    FACTS_MAX = 4,
    ROWS_SHOWN = 12, /* without --all */
    CELL_MAX = 40    /* columns of a fact */
};

struct table {
    const struct text_report *text;
    const struct node *node;
    const struct finding *first;
    struct span facts[FACTS_MAX]; /* names */
    size_t n_facts;
    size_t widths[1 + FACTS_MAX];
};

const struct finding *text_group_next(const struct node *node, const struct finding *finding)
{
    const struct finding *end = node->findings + node->n_findings;

    for (const struct finding *next = finding + 1; finding->group && next < end; next++) {
        if (next->group == finding->group) {
            return next;
        }
    }
    return NULL;
}

uint64_t text_group_count(const struct node *node, const struct finding *first)
{
    uint64_t n = 0;

    for (const struct finding *finding = first; finding; finding = text_group_next(node, finding)) {
        n += finding->count;
    }
    return n;
}

bool text_group_has_earlier(const struct node *node, const struct finding *finding)
{
    for (const struct finding *earlier = node->findings; earlier < finding; earlier++) {
        if (finding->group && earlier->group == finding->group) {
            return true;
        }
    }
    return false;
}

/* --- which facts differ --- */

/* The value of a fact that is one value; empty for any other. */
static struct span value_of(const struct finding *finding, struct span name)
{
    const struct finding_fact *fact = finding_fact_find(finding->facts, finding->n_facts, name);

    return fact && !fact->table && !fact->list && fact->n_values == 1 ? fact->values[0].text
                                                                      : (struct span){ 0 };
}

static bool differs(const struct table *table, struct span name)
{
    struct span value = value_of(table->first, name);
    const struct finding *next = table->first;

    while ((next = text_group_next(table->node, next))) {
        if (!span_equal(value_of(next, name), value)) {
            return true;
        }
    }
    return false;
}

static void add_fact(struct table *table, struct span name)
{
    for (size_t i = 0; i < table->n_facts; i++) {
        if (span_equal(table->facts[i], name)) {
            return;
        }
    }
    if (table->n_facts < FACTS_MAX && differs(table, name)) {
        table->facts[table->n_facts++] = name;
    }
}

static void choose_facts(struct table *table)
{
    const struct finding *first = table->first;

    for (size_t i = 0; i < first->rule->n_key; i++) {
        add_fact(table, first->rule->key[i]);
    }
    for (size_t i = 0; i < first->n_facts; i++) {
        add_fact(table, first->facts[i].name);
    }
}

/* --- rows --- */

static void add_times(const struct text_report *text, const struct finding *finding,
                      struct buf *out)
{
    CLEANUP(buf_done_at) struct buf last = { 0 };
    size_t start = out->size;

    text_add_time(text, out, &finding->first, finding->first_stamp);
    text_add_time(text, &last, &finding->last, finding->last_stamp);
    if (last.size && !span_equal(span_skip(buf_span(out), start), buf_span(&last))) {
        buf_add_string(out, " to ");
        buf_add(out, buf_span(&last));
    }
}

/* Cell 0 is the time, the others are facts. */
static void add_cell(const struct table *table, const struct finding *finding, size_t column,
                     struct buf *out)
{
    CLEANUP(buf_done_at) struct buf visible = { 0 };

    if (column == 0) {
        add_times(table->text, finding, out);
        return;
    }
    utf8_add_visible(&visible, value_of(finding, table->facts[column - 1]));
    writer_add_shortened(out, buf_span(&visible), CELL_MAX);
}

static void pad(struct buf *line, size_t used, size_t width)
{
    buf_printf(line, "%*s", (int)(width > used ? width - used : 0) + 2, "");
}

static void measure(struct table *table)
{
    const struct finding *finding = table->first;

    for (size_t i = 0; i < table->n_facts; i++) {
        table->widths[1 + i] = table->facts[i].size;
    }
    for (; finding; finding = text_group_next(table->node, finding)) {
        for (size_t i = 0; i <= table->n_facts; i++) {
            CLEANUP(buf_done_at) struct buf cell = { 0 };

            add_cell(table, finding, i, &cell);
            if (utf8_columns(buf_span(&cell)) > table->widths[i]) {
                table->widths[i] = utf8_columns(buf_span(&cell));
            }
        }
    }
}

static void add_header(const struct table *table)
{
    CLEANUP(buf_done_at) struct buf line = { 0 };

    buf_add_string(&line, "time");
    pad(&line, strlen("time"), table->widths[0]);
    for (size_t i = 0; i < table->n_facts; i++) {
        buf_add(&line, table->facts[i]);
        pad(&line, table->facts[i].size, table->widths[1 + i]);
    }
    writer_line(&table->text->writer, TEXT_BLOCK_INDENT, STYLE_DIM, span_trim(buf_span(&line)));
}

static void add_row(const struct table *table, const struct finding *finding)
{
    CLEANUP(buf_done_at) struct buf line = { 0 };

    for (size_t i = 0; i <= table->n_facts; i++) {
        CLEANUP(buf_done_at) struct buf cell = { 0 };

        add_cell(table, finding, i, &cell);
        buf_add(&line, buf_span(&cell));
        pad(&line, utf8_columns(buf_span(&cell)), table->widths[i]);
    }
    if (finding->count > 1) {
        text_add_count(&line, finding->count, "time", "times");
    }
    writer_line(&table->text->writer, TEXT_BLOCK_INDENT, STYLE_PLAIN, span_trim(buf_span(&line)));
}

void text_add_group(const struct text_report *text, const struct node *node,
                    const struct finding *first)
{
    struct table table = { .text = text, .node = node, .first = first };
    const struct finding *finding = first;
    CLEANUP(buf_done_at) struct buf more = { 0 };
    size_t n = 0;

    if (!text_group_next(node, first)) {
        return;
    }
    choose_facts(&table);
    measure(&table);
    writer_add(&text->writer, STYLE_BOLD, SPAN("  each"));
    text_blank_line(text);
    add_header(&table);
    for (; finding; finding = text_group_next(node, finding)) {
        if (n++ < ROWS_SHOWN || text->options->all) {
            add_row(&table, finding);
        }
    }
    if (n > ROWS_SHOWN && !text->options->all) {
        buf_printf(&more, "%zu more, --all shows them", n - ROWS_SHOWN);
        writer_line(&text->writer, TEXT_BLOCK_INDENT, STYLE_DIM, buf_span(&more));
    }
}
