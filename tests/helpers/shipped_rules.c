#include "helpers/shipped_rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct rule_set *shipped_rules(void)
{
    struct rule_set *set = rule_set_new();
    struct error error = { 0 };

    if (rule_set_add_directory(set, SOURCE_DIR "/rules", /* with_tests= */ true, &error) < 0 ||
        rule_set_finish(set, &error) < 0) {
        fail_msg("%s:%u: %s", error.path, error.line, error.text);
    }
    return set;
}
