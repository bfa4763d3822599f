/* Who asked for the stop of a unit: named where the log shows it, and never guessed. */

#include "base/cleanup.h"
#include "helpers/verdict_case.h"

#define RUNNING STARTED("08:00:00") READY("08:00:02", 811)
#define SUDO(time, command)                                                                        \
    "Jun 02 " time " node01 sudo[4000]:    alice : TTY=pts/0 ; PWD=/home/alice ; USER=root ; "     \
    "COMMAND=" command "\n"
#define LOGIND(time, text) "Jun 02 " time " node01 systemd-logind[700]: " text "\n"

static const struct verdict_case rows[] = {
    {
        .name = "nobody is named",
        .input = RUNNING STOPPING("09:00:04"),
        .sentence = "node01: kubelet.service was stopped on purpose (systemd was asked to) at Jun "
                    "02 09:00:04",
        .exit = 1,
    },
    {
        .name = "a person",
        .input = RUNNING SUDO("09:00:04", "/usr/bin/systemctl stop kubelet") STOPPING("09:00:04"),
        .sentence = "node01: kubelet.service was stopped at Jun 02 09:00:04: alice ran "
                    "/usr/bin/systemctl stop kubelet",
        .exit = 1,
    },
    {
        .name = "the name with its suffix, among others",
        .input = RUNNING SUDO("09:00:04", "/usr/bin/systemctl stop containerd kubelet.service")
            STOPPING("09:00:04"),
        .sentence = "node01: kubelet.service was stopped at Jun 02 09:00:04: alice ran "
                    "/usr/bin/systemctl stop containerd kubelet.service",
        .exit = 1,
    },
    {
        .name = "a package manager",
        .input = RUNNING SUDO("09:00:01", "/usr/bin/apt-get install -y kubelet=1.28.6-1.1")
            STOPPING("09:00:04"),
        .sentence = "node01: kubelet.service was stopped at Jun 02 09:00:04: alice ran "
                    "/usr/bin/apt-get install -y kubelet=1.28.6-1.1",
        .exit = 1,
    },
    {
        .name = "another unit was meant",
        .input = RUNNING SUDO("09:00:04", "/usr/bin/systemctl stop chronyd") STOPPING("09:00:04"),
        .sentence = "node01: kubelet.service was stopped on purpose (systemd was asked to) at Jun "
                    "02 09:00:04",
        .exit = 1,
    },
    {
        .name = "a unit with a longer name was meant",
        .input = RUNNING SUDO("09:00:04", "/usr/bin/systemctl stop kubelet-exporter")
            STOPPING("09:00:04"),
        .sentence = "node01: kubelet.service was stopped on purpose (systemd was asked to) at Jun "
                    "02 09:00:04",
        .exit = 1,
    },
    {
        .name = "a command that stops nothing",
        .input = RUNNING SUDO("09:00:04", "/usr/bin/systemctl status kubelet") STOPPING("09:00:04"),
        .sentence = "node01: kubelet.service was stopped on purpose (systemd was asked to) at Jun "
                    "02 09:00:04",
        .exit = 1,
    },
    {
        .name = "a command an hour before",
        .input =
            RUNNING SUDO("08:00:04", "/usr/bin/systemctl restart kubelet") STOPPING("09:00:04"),
        .sentence = "node01: kubelet.service was stopped on purpose (systemd was asked to) at Jun "
                    "02 09:00:04",
        .exit = 1,
    },
    {
        .name = "a command after the stop",
        .input = RUNNING STOPPING("09:00:04") SUDO("09:00:09", "/usr/bin/systemctl stop kubelet"),
        .sentence = "node01: kubelet.service was stopped on purpose (systemd was asked to) at Jun "
                    "02 09:00:04",
        .exit = 1,
    },
    {
        .name = "with its node, which is nothing wrong",
        .input = RUNNING LOGIND("09:00:03", "System is rebooting.") STOPPING("09:00:04"),
        .sentence = "No cause of a failure found; node01: kubelet.service was stopped at Jun 02 "
                    "09:00:04: a shutdown of the node",
        .exit = 0,
    },
    {
        .name = "with its node, which systemd logs at the end",
        .input = RUNNING STOPPING("09:00:04") MANAGER("09:00:40", "Reached target Shutdown."),
        .sentence = "No cause of a failure found; node01: kubelet.service was stopped at Jun 02 "
                    "09:00:04: a shutdown of the node",
        .exit = 0,
    },
    {
        .name = "a stop that was followed by a start",
        .input = RUNNING SUDO("09:00:04", "/usr/bin/systemctl restart kubelet") STOPPING("09:00:04")
            STARTED("09:00:05") READY("09:00:07", 812),
        .sentence = "No cause of a failure found",
        .exit = 0,
    },
};

int main(void)
{
    return verdict_cases_run("requests", rows, N_ELEMENTS(rows));
}
