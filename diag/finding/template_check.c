/* The texts of rules before anything is known: their grammar, and how they read in a manual. */

#include "finding/template_check.h"

#include "base/buf.h"
#include "base/cleanup.h"
#include "finding/template_slot.h"

#include <errno.h>

/* `{version|of this node}` reads `of this node`, `{device}` reads `<device>`. */
static void show(struct span text, struct buf *out)
{
    while (text.size) {
        struct template_slot slot;

        if (!template_slot_begins(text)) {
            buf_add_byte(out, text.data[0]);
            text = span_skip(text, text.data[0] == '{' ? 2 : 1);
            continue;
        }
        slot = template_slot_parse(text);
        if (slot.size == 0) {
            return;
        }
        if (slot.separator && !span_empty(slot.text)) {
            show(slot.text, out);
        } else if (!slot.separator) {
            buf_printf(out, "<%.*s>", (int)slot.name.size, slot.name.data);
        }
        text = span_skip(text, slot.size);
    }
}

const char *template_show(const char *text, struct arena *arena)
{
    CLEANUP(buf_done_at) struct buf out = { 0 };

    show(span_of(text), &out);
    return arena_string(arena, span_trim(buf_span(&out)));
}

struct checker {
    const char *start; /* of the whole text, for columns */
    void (*visit)(void *data, struct span name);
    void *data;
    struct error *reterr;
};

static int check(const struct checker *checker, struct span table, struct span text);

static void visit_name(const struct checker *checker, struct span table, struct span name)
{
    CLEANUP(buf_done_at) struct buf dotted = { 0 };

    if (!checker->visit) {
        return;
    }
    if (!span_empty(table)) {
        buf_add(&dotted, table);
        buf_add_byte(&dotted, '.');
    }
    buf_add(&dotted, name);
    checker->visit(checker->data, buf_span(&dotted));
}

static int check_slot(const struct checker *checker, struct span table,
                      const struct template_slot *slot)
{
    visit_name(checker, table, slot->name);
    if (slot->separator == ':') {
        table = slot->name;
    }
    return slot->separator ? check(checker, table, slot->text) : 0;
}

static int check(const struct checker *checker, struct span table, struct span text)
{
    int r = 0;

    while (text.size && r == 0) {
        struct template_slot slot = { 0 };

        if (!template_slot_begins(text)) {
            text = span_skip(text, text.data[0] == '{' ? 2 : 1);
            continue;
        }
        slot = template_slot_parse(text);
        if (slot.size == 0) {
            return error_set_at(checker->reterr, -EINVAL, /* path= */ NULL, /* line= */ 0,
                                (unsigned)(text.data - checker->start) + 1,
                                "missing name or closing brace after `{`; write `{{` for a brace");
        }
        r = check_slot(checker, table, &slot);
        text = span_skip(text, slot.size);
    }
    return r;
}

int template_check(const char *text, void (*visit)(void *data, struct span name), void *data,
                   struct error *reterr)
{
    struct checker checker = { .start = text, .visit = visit, .data = data, .reterr = reterr };

    return check(&checker, (struct span){ 0 }, span_of(text));
}
