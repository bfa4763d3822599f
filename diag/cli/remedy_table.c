/* The commands that change something, as a table of Markdown. */

#include "cli/remedy_table.h"

#include "base/buf.h"
#include "base/cleanup.h"
#include "finding/template_check.h"

#include <stdio.h>

static const char head[] =
    "# Commands that change something\n"
    "\n"
    "All commands of remedies that change a node or the cluster, made from the rules with `./dev "
    "docs`. "
    "nodecause never runs them. Commands that\n"
    "only read (`inspect`, `verify`) are not listed; `nodecause explain RULE` shows these, too. "
    "`<name>` is a fact of the finding, or a unit, command or path\n"
    "of the node (`rules/README.md`, \"Texts\"); a command whose names are not known is not "
    "printed. "
    "Words in capitals are yours to fill in.\n"
    "\n"
    "| rule | remedy | commands | risk | undo |\n"
    "| --- | --- | --- | --- | --- |\n";

/* `|` ends a cell, and `<` begins a tag where the text is not code. */
static void add_cell(struct buf *out, const char *text, bool is_code)
{
    for (; *text; text++) {
        if (*text == '|') {
            buf_add_string(out, "\\|");
        } else if (*text == '<' && !is_code) {
            buf_add_string(out, "&lt;");
        } else {
            buf_add_byte(out, *text);
        }
    }
}

static void add_text(struct buf *out, const char *text, struct arena *arena)
{
    if (text) {
        add_cell(out, template_show(text, arena), /* is_code= */ false);
    }
    buf_add_string(out, " | ");
}

static void add_commands(struct buf *out, const struct remedy *remedy, struct arena *arena)
{
    for (const char *const *run = remedy->run; *run; run++) {
        buf_add_string(out, run == remedy->run ? "`" : "<br>`");
        add_cell(out, template_show(*run, arena), /* is_code= */ true);
        buf_add_byte(out, '`');
    }
    buf_add_string(out, " | ");
}

static bool changes(const struct remedy *remedy)
{
    return remedy->kind != REMEDY_INSPECT && remedy->kind != REMEDY_VERIFY && remedy->run &&
           remedy->run[0];
}

static void print_row(const struct rule *rule, const struct remedy *remedy)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    CLEANUP(buf_done_at) struct buf row = { 0 };

    buf_printf(&row, "| %s | %s: ", rule->id, remedy_kind_name(remedy->kind));
    add_text(&row, remedy->action, arena);
    add_commands(&row, remedy, arena);
    add_text(&row, remedy->risk, arena);
    add_text(&row, remedy->undo, arena);
    row.size = span_trim(buf_span(&row)).size;
    buf_add_byte(&row, '\n');
    (void)fwrite(row.data, 1, row.size, stdout);
}

void remedy_table_print(const struct rules *rules)
{
    (void)fputs(head, stdout);
    for (size_t i = 0; i < rules->n; i++) {
        for (size_t k = 0; k < rules->items[i].n_remedies; k++) {
            if (changes(&rules->items[i].remedies[k])) {
                print_row(&rules->items[i], &rules->items[i].remedies[k]);
            }
        }
    }
}
