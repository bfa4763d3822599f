/* The rules that the command line names. */

#include "cli/rules_of.h"

#include "cli/terminal.h"

int rules_of_options(const struct options *options, bool with_tests, struct rule_set **ret)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = rule_set_new();
    struct error error = { 0 };
    int r = 0;

    if (!options->no_builtin)
        r = rule_set_add_builtin(set, &error);
    for (size_t i = 0; r >= 0 && i + 1 < options->rule_directories.n; i++)
        r = rule_set_add_directory(set, options->rule_directories.items[i], with_tests, &error);
    if (r >= 0)
        r = rule_set_finish(set, &error);
    if (r < 0) {
        complain_about(&error);
        return r;
    }
    *ret = TAKE(set);
    return 0;
}
