#include "input/gaps.h"

#include "base/buf.h"

void gaps_done(struct bundle_gaps *gaps)
{
    vec_free(&gaps->items);
}

/* The same words are one gap, be they of one file of the layout or of several. */
static bool is_same(const struct bundle_gap *gap, const struct layout *layout, const char *keeps)
{
    return gap->layout == layout && !gap->keeps == !keeps &&
           (!keeps || strcmp(gap->keeps, keeps) == 0);
}

static void add(struct bundle_gaps *gaps, const struct layout *layout, const char *keeps,
                const char *file)
{
    for (size_t i = 0; i < gaps->items.n; i++) {
        if (is_same(&gaps->items.items[i], layout, keeps)) {
            gaps->items.items[i].n_files++;
            return;
        }
    }
    vec_push(&gaps->items,
             (struct bundle_gap){ .layout = layout, .keeps = keeps, .file = file, .n_files = 1 });
}

void gaps_add(struct bundle_gaps *gaps, const struct bundle_file *file)
{
    if (file->layout && file->layout->never && *file->layout->never) {
        add(gaps, file->layout, /* keeps= */ NULL, file->name);
    }
    if (file->layout && file->is && file->is->keeps[0]) {
        add(gaps, file->layout, file->is->keeps, file->name);
    }
}

static void note_cut(const struct bundle_gap *gap, struct notes *notes)
{
    CLEANUP(buf_done_at) struct buf more = { 0 };

    buf_add_string(&more, "");
    if (gap->n_files > 1) {
        buf_printf(&more, " (and %zu more like it)", gap->n_files - 1);
    }
    notes_add(notes, NOTE_NOT_KEPT, span_of(gap->file), /* line= */ 0, "the collector keeps %s%s",
              gap->keeps, more.data);
}

static void note_never(const struct bundle_gap *gap, struct notes *notes)
{
    CLEANUP(buf_done_at) struct buf list = { 0 };

    for (const char *const *item = gap->layout->never; *item; item++) {
        buf_printf(&list, "%s%s", list.size ? ", " : "", *item);
    }
    notes_add(notes, NOTE_NOT_IN_KIND, span_of(gap->layout->title), /* line= */ 0,
              "such a bundle never holds: %s", list.data);
}

void gaps_note(const struct bundle_gaps *gaps, struct notes *notes)
{
    for (size_t i = 0; i < gaps->items.n; i++) {
        if (gaps->items.items[i].keeps) {
            note_cut(&gaps->items.items[i], notes);
        } else {
            note_never(&gaps->items.items[i], notes);
        }
    }
}
