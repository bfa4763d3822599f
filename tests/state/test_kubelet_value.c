#include "state/tables.h"

#include "state/kubelet_value.h"

/* A setting, and the type it gets. */
static const struct value {
    const char *path, *value;
    enum fact_type expected;
} values[] = {
    { "maxPods", "110", FACT_INTEGER },
    { "failSwapOn", "false", FACT_TEXT },
    { "evictionHard.nodefs.available", "10%", FACT_PERCENT },
    { "evictionHard.memory.available", "100Mi", FACT_QUANTITY },
    { "evictionSoftGracePeriod.memory.available", "1m30s", FACT_DURATION },
    { "systemReserved.cpu", "500m", FACT_QUANTITY },
    { "kube-reserved.cpu", "500m", FACT_QUANTITY },
    { "streamingConnectionIdleTimeout", "4h0m0s", FACT_DURATION },
    { "containerLogMaxSize", "10Mi", FACT_QUANTITY },
    { "resolvConf", "/run/systemd/resolve/resolv.conf", FACT_PATH },
    { "clusterDomain", "", FACT_TEXT },
};

static void settings_of_the_kubelet_have_types(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < N_ELEMENTS(values); i++) {
        if (kubelet_value_type(span_of(values[i].path), span_of(values[i].value)) !=
            values[i].expected) {
            fail_msg("%s: %s", values[i].path, values[i].value);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settings_of_the_kubelet_have_types),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
