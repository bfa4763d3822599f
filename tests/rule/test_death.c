/* Which signals report the death of a unit. */

#include "rule/death.h"

#include "base/cleanup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum {
    KUBELET = 1,
    SYSTEMD = 2
};

static const struct {
    const char *name;
    bool symptom;
    struct signal_rule rule;
    uint64_t streams, unit_streams; /* of the signal */
    bool death, own;
} cases[] = {
    { "its process says so",
      false,
      { .role = ROLE_PROOF, .fatal = true },
      KUBELET,
      KUBELET,
      true,
      true },
    { "its run ended",
      false,
      { .role = ROLE_SIGN, .run = RUN_ENDS },
      SYSTEMD,
      KUBELET,
      true,
      false },
    { "systemd reports a symptom", true, { .role = ROLE_PROOF }, SYSTEMD, KUBELET, true, false },
    { "the process reports a symptom",
      true,
      { .role = ROLE_PROOF },
      KUBELET,
      KUBELET,
      false,
      false },
    { "systemd reports a cause", false, { .role = ROLE_PROOF }, SYSTEMD, KUBELET, false, false },
    { "its run begins",
      false,
      { .role = ROLE_PROOF, .run = RUN_BEGINS },
      SYSTEMD,
      KUBELET,
      false,
      false },
    { "of no unit", false, { .role = ROLE_PROOF, .fatal = true }, KUBELET, 0, false, false },
    { "context", false, { .role = ROLE_CONTEXT, .run = RUN_ENDS }, SYSTEMD, KUBELET, false, false },
    { "against", false, { .role = ROLE_AGAINST, .fatal = true }, KUBELET, KUBELET, false, false },
};

static void test_deaths(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
        struct rule rule = { .symptom = cases[i].symptom,
                             .signals = &cases[i].rule,
                             .n_signals = 1 };
        struct rules rules = { .items = &rule, .n = 1 };
        struct signal signal = { .streams = cases[i].streams,
                                 .unit_streams = cases[i].unit_streams };

        if (rule_reports_death(&rules, &signal) != cases[i].death ||
            rule_reports_own_death(&rules, &signal) != cases[i].own) {
            fail_msg("%s", cases[i].name);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_deaths) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
