/* The rules that the command line names: the built-in ones, then those of --rules. */

#include "cli/rule_options.h"

#include "cli/message.h"

const struct cli_option rule_options[] = {
    { "rules", 0, "DIR", "also the rules in DIR; they replace rules with the same id", option_list,
      .offset = offsetof(struct rule_options, directories) },
    { "no-builtin", 0, NULL, "without the built-in rules", option_flag,
      .offset = offsetof(struct rule_options, no_builtin) },
    { 0 },
};

int rule_options_add(const struct rule_options *options, struct rule_set *set, struct error *reterr)
{
    int r = options->no_builtin ? 0 : rule_set_add_builtin(set, reterr);

    for (size_t i = 0; r >= 0 && i < options->directories.n; i++) {
        r = rule_set_add_directory(set, options->directories.items[i], /* with_tests= */ false,
                                   reterr);
    }
    return r;
}

int rule_options_load(const struct rule_options *options, struct rule_set **ret)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = rule_set_new();
    struct error error = { 0 };
    int r = rule_options_add(options, set, &error);

    if (r >= 0) {
        r = rule_set_finish(set, &error);
    }
    if (r < 0) {
        message_print_error(&error);
        return r;
    }
    *ret = TAKE(set);
    return 0;
}
