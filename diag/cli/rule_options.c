/* The rules that the command line names: the built-in ones, the system's, then those of --rules. */

#include "cli/rule_options.h"

#include "cli/message.h"

#define MEMBER(name) .offset = offsetof(struct rule_options, name)

/* clang-format off */
const struct cli_option rule_options[] = {
    { "rules", 0, "DIR", "also the rules in DIR; they replace rules with the same id", option_list, MEMBER(directories) },
    { "no-builtin", 0, NULL, "without the built-in rules", option_flag, MEMBER(no_builtin) },
    { "no-system-rules", 0, NULL, "without /usr/share/nodecause/rules, /etc/nodecause/rules and ~/.config/nodecause/rules, or the directories in NODECAUSE_RULES_PATH", option_flag, MEMBER(no_system) },
    { "strict-rules", 0, NULL, "exit 2 on a bad rule file instead of skipping it", option_flag, MEMBER(strict) },
    { 0 },
};
/* clang-format on */

const char *rule_options_path(const struct rule_options *options)
{
    return options->no_system ? "" : NULL;
}

static void print_skipped(void *data, const struct error *error)
{
    (void)data;
    message_print_skipped(error);
}

struct rule_search rule_options_search(const struct rule_options *options)
{
    return (struct rule_search){
        .no_builtin = options->no_builtin,
        .path = rule_options_path(options),
        .directories = options->directories.items,
        .strict = options->strict,
        .on_skip = print_skipped,
    };
}

int rule_options_load(const struct rule_options *options, struct rule_set **ret)
{
    const struct rule_search search = rule_options_search(options);
    struct error error = { 0 };
    int r = rule_search_load(&search, ret, &error);

    if (r < 0) {
        message_print_error(&error);
    }
    return r;
}
