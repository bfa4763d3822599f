/* Which runs died, of what, and what is said of those that no rule explains. */

#include "base/cleanup.h"
#include "helpers/verdict_case.h"

#define SEGV(time)                                                                                 \
    MANAGER(time, "kubelet.service: Main process exited, code=dumped, status=11/SEGV")
#define KILLED(time)                                                                               \
    MANAGER(time, "kubelet.service: Main process exited, code=killed, status=9/KILL")
#define TERMED(time)                                                                               \
    MANAGER(time, "kubelet.service: Main process exited, code=killed, status=15/TERM")

/* JSON; one that died fast has no invocation id. */
#define ENTRY(seconds, fields, text)                                                               \
    "{\"__REALTIME_TIMESTAMP\":\"1780394" seconds "\",\"_HOSTNAME\":\"node01\"," fields            \
    ",\"MESSAGE\":\"" text "\"}\n"
#define OF_RUN "\"_SYSTEMD_INVOCATION_ID\":\"0000000000000000000000000000000a\""
#define OWN    "\"SYSLOG_IDENTIFIER\":\"kubelet\",\"_SYSTEMD_UNIT\":\"kubelet.service\",\"_PID\":\"7\""
#define ABOUT                                                                                      \
    "\"SYSLOG_IDENTIFIER\":\"systemd\",\"_PID\":\"1\",\"UNIT\":\"kubelet.service\","               \
    "\"INVOCATION_ID\":\"0000000000000000000000000000000a\""
#define REFUSES                                                                                    \
    "E0602 10:00:01.000000 7 run.go:72] command failed: failed to run Kubelet: running with swap " \
    "on is not supported, please disable swap"

static const struct verdict_case rows[] = {
    {
        .name = "the process gave the reason",
        .input = STARTED("10:00:00") SWAP("10:00:01", 7) EXITED("10:00:02"),
        .unexplained = "",
        .exit = 1,
    },
    {
        .name = "no rule knows the reason",
        .input = STARTED("10:00:00") MOON("10:00:01", 7) EXITED("10:00:02"),
        .unexplained = "kubelet.service died\n",
        .exit = 5,
    },
    {
        .name = "the reason of another run explains nothing here",
        .input = STARTED("10:00:00") SWAP("10:00:01", 7) EXITED("10:00:02") STARTED("10:00:12")
            SWAP("10:00:13", 8) EXITED("10:00:14") STARTED("10:00:24") MOON("10:00:25", 9)
                EXITED("10:00:26"),
        .unexplained = "kubelet.service died 3 times: 2 times because of kubelet/swap-enabled "
                       "(until Jun 02 10:00:13), then 1 time for a reason that no rule knows\n",
        .exit = 5,
    },
    {
        .name = "the unknown reason came first",
        .input = STARTED("10:00:00") MOON("10:00:01", 7) EXITED("10:00:02") STARTED("10:00:12")
            SWAP("10:00:13", 8) EXITED("10:00:14"),
        .unexplained = "",
        .exit = 1,
    },
    {
        .name = "it was stopped, and did not die",
        .input = STARTED("10:00:00") READY("10:00:02", 7) STOPPING("10:05:00") TERMED("10:05:01"),
        .unexplained = "",
        .exit = 1,
    },
    {
        .name = "a process that goes on after its reason did not die",
        .input = STARTED("10:00:00") SWAP("10:00:01", 7) READY("10:00:20", 7),
        .units = "node01/kubelet.service running: started own-line\n",
        .unexplained = "",
        .exit = -1,
    },
    {
        .name = "a line without an invocation id belongs to the run of its PID",
        .input = ENTRY("100000000", ABOUT, "Started kubelet.")
            ENTRY("101000000", OWN "," OF_RUN, "I0602 10:00:01.000000 7 server.go:1] up")
                ENTRY("101500000", OWN, REFUSES)
                    ENTRY("102000000", ABOUT,
                          "kubelet.service: Main process exited, code=exited, status=1/FAILURE"),
        .units = "node01/kubelet.service dead: started own-line exited\n",
        .unexplained = "",
        .exit = 1,
    },
    {
        .name = "a crash that no rule explains",
        .input = STARTED("10:00:00") READY("10:00:02", 7) SEGV("10:05:00"),
        .prefix = "systemd/unit-killed",
        .findings = "node01:\nsystemd/unit-killed root certain ongoing x1 {code=dumped; "
                    "status=11/SEGV; unit=kubelet.service}\n",
        .exit = 5,
    },
    {
        .name = "a kill that no rule explains",
        .input = STARTED("10:00:00") READY("10:00:02", 7) KILLED("10:05:00"),
        .prefix = "systemd/unit-killed",
        .findings = "node01:\nsystemd/unit-killed root certain ongoing x1 {code=killed; "
                    "status=9/KILL; unit=kubelet.service}\n",
        .exit = 5,
    },
};

int main(void)
{
    return verdict_cases_run("run_ends", rows, N_ELEMENTS(rows));
}
