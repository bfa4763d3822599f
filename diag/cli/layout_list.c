/* nodecause formats --layouts sos:
 *
 *   sos                sos report of one node
 *                      https://github.com/sosreport/sos
 *
 *   recognised by any of
 *     sos_reports/manifest.json
 *
 *   files, the first that matches decides
 *     log kubelet (journal-short)
 *       sos_commands/kubernetes/journalctl_*unit_*kubelet* */

#include "cli/layout_list.h"

#include "base/buf.h"

#include <stdio.h>

enum {
    NAME_COLUMN = 18
};

static void print_never(const struct layout *layout)
{
    for (const char *const *text = layout->never; *text; text++) {
        printf("%-*s %s%s%s", text == layout->never ? NAME_COLUMN : 0, "",
               text == layout->never ? "never holds: " : "", *text, text[1] ? "," : "\n");
    }
}

void layout_print(const struct layout *layout)
{
    printf("%-*s %s\n", NAME_COLUMN, layout->name, layout->title);
    if (layout->url[0]) {
        printf("%-*s %s\n", NAME_COLUMN, "", layout->url);
    }
    print_never(layout);
}

/* --- all of it --- */

static void print_signs(const struct layout *layout)
{
    if (layout->n_signs) {
        printf("\nrecognised by any of\n");
    }
    for (size_t i = 0; i < layout->n_signs; i++) {
        const struct layout_sign *sign = &layout->signs[i];

        for (size_t k = 0; k < sign->paths.n; k++) {
            struct span path = path_glob_text(sign->paths.items[k]);

            printf("%s%.*s", k ? " and " : "  ", (int)path.size, path.data);
        }
        printf("%s%s%s\n", sign->contains[0] ? ", with '" : "", sign->contains,
               sign->contains[0] ? "'" : "");
    }
}

static void print_paths(const char *title, const char *const *paths)
{
    if (*paths) {
        printf("\n%s\n", title);
    }
    for (; *paths; paths++) {
        printf("  %s\n", *paths);
    }
}

static void add_detail(struct buf *details, const char *before, const char *text)
{
    if (text[0]) {
        buf_printf(details, "%s%s%s", details->size ? ", " : "", before, text);
    }
}

static void print_use(const struct layout_file *file)
{
    CLEANUP(buf_done_at) struct buf details = { 0 };

    add_detail(&details, "", file->format);
    add_detail(&details, "times in ", file->zone);
    add_detail(&details, "keeps ", file->keeps);
    add_detail(&details, "", file->first ? "only the first of them" : "");
    switch (file->use) {
    case LAYOUT_LOG:
        printf("  log %s", file->log[0] ? file->log : "of any component");
        break;
    case LAYOUT_STATE:
        printf("  state %s", file->state[0] ? file->state : "of any kind");
        break;
    case LAYOUT_ARCHIVE:
        printf("  bundle inside this one");
        break;
    case LAYOUT_SECTIONS:
        printf("  a folder of the sections in it");
        break;
    case LAYOUT_SKIP:
        printf("  not read: %s", file->why);
        break;
    }
    printf("%s%s%s\n", details.size ? " (" : "", details.size ? details.data : "",
           details.size ? ")" : "");
}

static void print_file(const struct layout_file *file)
{
    print_use(file);
    for (size_t i = 0; i < file->paths.n; i++) {
        struct span path = path_glob_text(file->paths.items[i]);

        printf("    %.*s\n", (int)path.size, path.data);
    }
}

void layout_print_all(const struct layout *layout)
{
    layout_print(layout);
    print_signs(layout);
    print_paths("name of the node, the best one first", layout->hostname);
    print_paths("time of the collection", layout->collected);
    if (layout->commands[0]) {
        printf("\ncommands that printed files, by the file beside each\n  *%s\n", layout->commands);
    }
    printf("\nfiles, the first that matches decides\n");
    for (size_t i = 0; i < layout->n_files; i++) {
        print_file(&layout->files[i]);
    }
}
