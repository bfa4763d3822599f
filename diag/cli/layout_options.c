#include "cli/layout_options.h"

#include "cli/message.h"

/* clang-format off */
const struct cli_option layout_options[] = {
    { "layout", 0, "KIND", "kind of the support bundles (see formats --layouts)", option_text, .offset = 0 },
    { 0 },
};
/* clang-format on */

int layout_options_load(const struct rule_options *options, struct layout_search *ret)
{
    const struct rule_search search = rule_options_search(options);
    struct error error = { 0 };
    int r = layout_search_load(&search, ret, &error);

    if (r < 0) {
        message_print_error(&error);
    }
    return r;
}

int layout_options_check(const struct rule_options *options, const char *kind)
{
    struct layout_search found = { 0 };
    const struct layout *layout;
    struct error error = { 0 };
    int r = 0;

    if (!kind) {
        return 0;
    }
    r = layout_options_load(options, &found);
    if (r >= 0) {
        r = layout_search_find(&found, kind, &layout, &error);
        if (r < 0) {
            message_print_error(&error);
        }
    }
    layout_search_done(&found);
    return r;
}
