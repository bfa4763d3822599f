/* nodecause formats [--layouts [KIND]]: the text formats that it reads, and the kinds of support
 * bundles. */

#include "cli/command.h"
#include "cli/layout_list.h"
#include "cli/layout_options.h"
#include "cli/message.h"
#include "finding/report.h"
#include "format/format.h"

#include <stdio.h>

struct formats_settings {
    struct rule_options rules;
    bool layouts;
};

static const struct cli_option layouts_option[] = {
    { "layouts", 0, NULL, "kinds of support bundles; KIND: the files of one", option_flag,
      .offset = offsetof(struct formats_settings, layouts) },
    { 0 },
};

static const struct option_group groups[] = {
    { "What to list", layouts_option, 0 },
    { "Layouts", rule_options, offsetof(struct formats_settings, rules) },
    { 0 },
};

static void list_formats(void)
{
    for (const struct format *const *format = formats; *format; format++) {
        printf("%-18s %s\n%-18s %s\n", (*format)->name, (*format)->summary, "", (*format)->spec);
    }
}

static void list_layouts(const struct layout_search *found)
{
    struct layouts layouts = layout_set_layouts(found->set);

    for (size_t i = 0; i < layouts.n; i++) {
        layout_print(&layouts.items[i]);
    }
}

static int show(const struct layout_search *found, const char *kind)
{
    const struct layout *layout;
    struct error error = { 0 };

    if (layout_search_find(found, kind, &layout, &error) < 0) {
        message_print_error(&error);
        return EXIT_USAGE;
    }
    layout_print_all(layout);
    return 0;
}

static int run_layouts(const struct rule_options *options, const char *kind)
{
    struct layout_search found = { 0 };
    int code = 0;

    if (layout_options_load(options, &found) < 0) {
        code = EXIT_USAGE;
    } else if (kind) {
        code = show(&found, kind);
    } else {
        list_layouts(&found);
    }
    layout_search_done(&found);
    return code;
}

static int run(const void *settings, const struct words *words)
{
    const struct formats_settings *own = settings;

    if (words->n > own->layouts) {
        return message_usage("formats", "unexpected argument '%s'", words->items[own->layouts]);
    }
    if (own->layouts) {
        return run_layouts(&own->rules, words->n ? words->items[0] : NULL);
    }
    list_formats();
    return 0;
}

const struct command command_formats = {
    .name = "formats",
    .arguments = "[KIND]",
    .summary = "lists log formats and kinds of support bundles",
    .description = "Lists the log formats that it reads; with --layouts the kinds of support "
                   "bundles, or the files of one.",
    .groups = groups,
    .settings_size = sizeof(struct formats_settings),
    .run = run,
};
