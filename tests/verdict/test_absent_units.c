/* Units that a node has and that have no run in its last boot: a journal of two boots, in JSON. */

#include "base/cleanup.h"
#include "helpers/verdict_case.h"

#define BOOT_A "\"_BOOT_ID\":\"00000000000000000000000000000001\","
#define BOOT_B "\"_BOOT_ID\":\"00000000000000000000000000000002\","
#define ENTRY(minute, boot, monotonic, identifier, more, message)                                  \
    "{\"__REALTIME_TIMESTAMP\":\"1717315" minute "000000\",\"__MONOTONIC_TIMESTAMP\":\"" monotonic \
    "\"," boot "\"_HOSTNAME\":\"node01\",\"SYSLOG_IDENTIFIER\":\"" identifier "\"," more           \
    "\"MESSAGE\":\"" message "\"}\n"
#define MANAGES(minute, boot, monotonic, unit)                                                     \
    ENTRY(minute, boot, monotonic, "systemd", "\"_PID\":\"1\",\"UNIT\":\"" unit "\",",             \
          "Started " unit ".")
#define KUBELET_RUNS(minute, boot, monotonic)                                                      \
    MANAGES(minute, boot, monotonic, "kubelet.service")                                            \
    ENTRY(minute, boot, monotonic, "kubelet",                                                      \
          "\"_PID\":\"811\",\"_SYSTEMD_UNIT\":\"kubelet.service\",",                               \
          "I0602 08:00:02.100000     811 kubelet.go:2303] Starting kubelet main sync loop")
#define QUIET(boot)                                                                                \
    MANAGES("400", boot, "3000000", "cron.service")                                                \
    MANAGES("460", boot, "63000000", "backup.service")                                             \
    MANAGES("520", boot, "123000000", "backup.service")                                            \
    MANAGES("580", boot, "183000000", "backup.service")                                            \
    MANAGES("640", boot, "243000000", "backup.service")
#define LIST "UNIT LOAD ACTIVE SUB DESCRIPTION\ncron.service loaded active running Cron\n"

static const struct verdict_case rows[] = {
    {
        .name = "ran in the boot before, and not in the last one",
        .input = KUBELET_RUNS("200", BOOT_A, "5000000") QUIET(BOOT_B),
        .units = "node01/kubelet.service never-started: earlier-boot\n",
        .sentence = "node01: kubelet.service was never started in this boot",
        .exit = 1,
    },
    {
        .name = "runs in the last boot",
        .input = QUIET(BOOT_A) KUBELET_RUNS("700", BOOT_B, "5000000"),
        .units = "node01/kubelet.service running: started own-line\n",
        .sentence = "No cause of a failure found",
        .exit = 0,
    },
    {
        .name = "the boot has just begun",
        .input = KUBELET_RUNS("200", BOOT_A, "5000000")
            MANAGES("400", BOOT_B, "3000000", "cron.service"),
        .units = "node01/kubelet.service not-in-this-input\n",
        .exit = 0,
    },
    {
        .name = "the log of the boot begins in its middle",
        .input = KUBELET_RUNS("200", BOOT_A, "5000000")
            MANAGES("400", BOOT_B, "3603000000", "cron.service")
                MANAGES("460", BOOT_B, "3663000000", "backup.service")
                    MANAGES("520", BOOT_B, "3723000000", "backup.service")
                        MANAGES("580", BOOT_B, "3783000000", "backup.service"),
        .units = "node01/kubelet.service not-in-this-input\n",
        .exit = 0,
    },
    {
        .name = "nothing shows that the node has one",
        .input = QUIET(BOOT_B),
        .units = "/kubelet not-in-this-input\n",
        .sentence = "No cause of a failure found; no log of the kubelet was found in the input",
        .exit = 0,
    },
    {
        .name = "its unit file shows that the node has one",
        .state = { "units", "UNIT FILE STATE\nkubelet.service disabled\ncron.service enabled\n" },
        .input = QUIET(BOOT_B),
        .units = "/kubelet.service never-started: listed\n",
        .sentence = "kubelet.service was never started in this boot",
        .exit = 1,
    },
    {
        .name = "systemctl lists it as failed",
        .state = { "units", LIST "kubelet.service loaded failed failed Kubelet\n" },
        .input = QUIET(BOOT_B),
        .units = "/kubelet.service dead: listed\n",
        .sentence = "kubelet.service has failed as systemctl lists it, and its log is not in the "
                    "input",
        .exit = 1,
    },
    {
        .name = "systemctl lists it as running",
        .state = { "units", LIST "kubelet.service loaded active running Kubelet\n" },
        .input = QUIET(BOOT_B),
        .units = "/kubelet.service running: listed\n",
        .sentence = "No cause of a failure found",
        .exit = 0,
    },
    {
        .name = "the log decides where there is one",
        .state = { "units", LIST "kubelet.service loaded failed failed Kubelet\n" },
        .input = QUIET(BOOT_A) KUBELET_RUNS("700", BOOT_B, "5000000"),
        .units = "node01/kubelet.service running: started own-line\n",
        .exit = 0,
    },
};

int main(void)
{
    return verdict_cases_run("absent_units", rows, N_ELEMENTS(rows));
}
