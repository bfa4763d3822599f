#include "format_test.h"

#include "base/cleanup.h"
#include "format/unit.h"

static void units(void **state)
{
    static const struct {
        const char *message;
        const char *unit;
    } rows[] = {
        { "kubelet.service: Main process exited, code=exited, status=255/n/a", "kubelet.service" },
        { "Unit kubelet.service entered failed state.", "kubelet.service" },
        { "kubelet.service failed.", "kubelet.service" },
        { "start request repeated too quickly for kubelet.service", "kubelet.service" },
        { "kubelet.service holdoff time over, scheduling restart.", "kubelet.service" },
        { "Started kubelet.service - kubelet: The Kubernetes Node Agent.", "kubelet.service" },
        { "docker-fe22183b.scope: A process of this unit has been killed by the OOM killer.",
          "docker-fe22183b.scope" },
        { "snap.microk8s.daemon-kubelet.service: Failed with result 'exit-code'.",
          "snap.microk8s.daemon-kubelet.service" },
        { "Started kubelet: The Kubernetes Node Agent.", "" },
        { "Suppressed 23 messages from /system.slice/docker.service", "" },
        { "Failed at step CHDIR spawning /usr/local/bin/kubelet: No such file", "" },
        { ".service", "" },
        { "", "" },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        if (!span_is(unit_of_message(span_of(rows[i].message)), rows[i].unit)) {
            fail_msg("%s", rows[i].message);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(units) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
