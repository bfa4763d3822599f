#ifndef NODECAUSE_TESTS_HELPERS_VERDICT_CASE_H
#define NODECAUSE_TESTS_HELPERS_VERDICT_CASE_H

#include <stdbool.h>
#include <stddef.h>

/* A log, and what the verdict says of it. What is NULL is not checked. */
struct verdict_case {
    const char *name;
    const char *rules[8]; /* name, yaml, name, yaml, ...: besides the built-in ones */
    const char *input;
    const char *state[4];    /* kind, text, kind, text */
    const char *units;       /* `HOST/UNIT STATE[ (STOPPED_BY)][: EVIDENCE EVIDENCE ...]` lines */
    const char *findings;    /* as helpers/summary.h prints those whose rule begins with `prefix` */
    const char *prefix;      /* NULL: `test/` */
    const char *sentence;    /* all of it */
    const char *unexplained; /* `UNIT DEATHS` lines */
    int exit;                /* -1: any */
};

/* Fails the test when it differs. */
void verdict_case_check(const struct verdict_case *row);

/* Runs all rows, each as a test with its name. */
int verdict_cases_run(const char *group, const struct verdict_case *rows, size_t n);

/* Lines of a log. */
#define KUBELET(time, pid, text) "Jun 02 " time " node01 kubelet[" #pid "]: " text "\n"
#define MANAGER(time, text)      "Jun 02 " time " node01 systemd[1]: " text "\n"
#define CRON(time)               "Jun 02 " time " node01 CRON[900]: (root) CMD (true)\n"

#define STARTED(time)  MANAGER(time, "Started kubelet: The Kubernetes Node Agent.")
#define STOPPING(time) MANAGER(time, "Stopping kubelet: The Kubernetes Node Agent...")
#define EXITED(time)                                                                               \
    MANAGER(time, "kubelet.service: Main process exited, code=exited, status=1/FAILURE")
#define READY(time, pid)                                                                           \
    KUBELET(time, pid,                                                                             \
            "I0602 " time ".100000  1 kubelet.go:2303] \"Starting kubelet main sync "              \
            "loop\"")
#define SWAP(time, pid)                                                                            \
    KUBELET(time, pid,                                                                             \
            "E0602 " time ".100000  1 run.go:72] \"command failed\" err=\"failed to run Kubelet: " \
            "running with swap on is not supported, please disable swap\"")
#define MOON(time, pid)                                                                            \
    KUBELET(time, pid,                                                                             \
            "E0602 " time ".100000  1 run.go:72] \"command failed\" err=\"failed to run Kubelet: " \
            "the moon is full\"")

#endif
