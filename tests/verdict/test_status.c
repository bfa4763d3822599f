/* Whether a finding still holds at the end. */

#include "base/cleanup.h"
#include "helpers/verdict_case.h"

#define RULE(title, more, text)                                                                    \
    "title: " title "\nseverity: error\n" more "signals:\n"                                        \
    "  - { name: one, stream: kubelet, pattern: '" text "', role: proof }\nexplain: It is.\n"
#define COMPLAINS "test/fog", RULE("fog", "", "there is fog")
#define WET                                                                                        \
    "test/wet", RULE("wet", "lasts: until-lifted\nrecovered_by: [test/dry]\n", "it is wet"),       \
        "test/dry",                                                                                \
        "title: dry\nseverity: info\nsignals:\n"                                                   \
        "  - { name: one, stream: kubelet, pattern: 'it is dry', role: proof }\n"                  \
        "explain: Dry.\n"
#define FOUND(text)     "node01:\n" text
#define FOG(time, pid)  KUBELET(time, pid, "there is fog")
#define WETS(time)      KUBELET(time, 7, "it is wet")
#define DRIES(time)     KUBELET(time, 7, "it is dry")
#define PODS(time, pid) KUBELET(time, pid, "a pod was started")
#define BOOTED(boot, seconds, text)                                                                \
    "{\"__REALTIME_TIMESTAMP\":\"1780394" seconds "000000\",\"__MONOTONIC_TIMESTAMP\":\"" seconds  \
    "000000\",\"_BOOT_ID\":\"0000000000000000000000000000000" boot                                 \
    "\",\"_HOSTNAME\":\"node01\",\"SYSLOG_IDENTIFIER\":\"kubelet\",\"_PID\":\"7\","                \
    "\"MESSAGE\":\"" text "\"}\n"
#define PODS_FROM(hour, pid)                                                                       \
    PODS(hour ":05:00", pid)                                                                       \
    PODS(hour ":10:00", pid)                                                                       \
    PODS(hour ":15:00", pid)                                                                       \
    PODS(hour ":20:00", pid) PODS(hour ":25:00", pid) PODS(hour ":30:00", pid)
#define FOG_OF(minute, pid)                                                                        \
    FOG(minute ":10", pid) FOG(minute ":15", pid) FOG(minute ":20", pid) FOG(minute ":25", pid)

static const struct verdict_case rows[] = {
    {
        .name = "a complaint to the end",
        .rules = { COMPLAINS },
        .input = FOG_OF("10:00", 7),
        .findings = FOUND("test/fog root certain ongoing x4 {pid=7}\n"),
        .exit = 1,
    },
    {
        .name = "a complaint that stopped long before the end",
        .rules = { COMPLAINS },
        .input = FOG_OF("10:00", 7) PODS_FROM("10", 7),
        .findings = FOUND("test/fog root certain recovered x4 {pid=7}\n"),
        .exit = 0,
    },
    {
        .name = "one line after it proves no silence",
        .rules = { COMPLAINS },
        .input = FOG_OF("10:00", 7) PODS("10:30:00", 7),
        .findings = FOUND("test/fog root certain ongoing x4 {pid=7}\n"),
        .exit = 1,
    },
    {
        .name = "a condition that was not lifted",
        .rules = { WET },
        .input = WETS("10:00:00") PODS_FROM("10", 7),
        .findings = FOUND("test/wet root certain ongoing x1 {pid=7}\n"),
        .exit = 1,
    },
    {
        .name = "a condition that was lifted",
        .rules = { WET },
        .input = WETS("10:00:00") DRIES("10:01:00") PODS_FROM("10", 7),
        .prefix = "test/wet",
        .findings = FOUND("test/wet root certain recovered x1 {pid=7}\n"),
        .exit = 0,
    },
    {
        .name = "a condition that was lifted twice in two hours, the second time just now",
        .rules = { WET },
        .input = WETS("08:00:00") DRIES("08:01:00") PODS_FROM("08", 7) WETS("10:00:00")
            DRIES("10:02:00") PODS("10:05:30", 7),
        .prefix = "test/wet",
        .findings = FOUND("test/wet root certain recovered x2 {pid=7}\n"),
        .exit = 0,
    },
    {
        .name = "a condition that alternates every two minutes",
        .rules = { WET },
        .input = WETS("10:00:00") DRIES("10:01:00") WETS("10:02:00") DRIES("10:03:00")
            WETS("10:04:00") DRIES("10:05:00"),
        .prefix = "test/wet",
        .findings = FOUND("test/wet root certain ongoing x3 {pid=7}\n"),
        .exit = 1,
    },
    {
        .name = "a boot before the last one, in which nothing failed",
        .rules = { COMPLAINS },
        .input = BOOTED("1", "100", "there is fog") BOOTED("1", "101", "there is fog")
            BOOTED("2", "400", "a pod was started") BOOTED("2", "500", "a pod was started"),
        .findings = FOUND("test/fog root certain earlier-boot x2 {pid=7}\n"),
        .exit = 0,
    },
    {
        .name = "it explained earlier deaths, and the last one is different",
        .input = STARTED("10:00:00") SWAP("10:00:01", 7) EXITED("10:00:02") STARTED("10:00:12")
            MOON("10:00:13", 8) EXITED("10:00:14"),
        .prefix = "kubelet/swap",
        .findings =
            FOUND("kubelet/swap-enabled root certain superseded x1 {pid=7} [2 runs ended, 1 "
                  "with this cause; the first exception is run 2: no rule explains it]\n"),
        .exit = 5,
    },
    {
        .name = "it explained earlier deaths, and a later run works",
        .input = STARTED("10:00:00") SWAP("10:00:01", 7) EXITED("10:00:02") STARTED("10:00:12")
            READY("10:00:14", 8),
        .prefix = "kubelet/swap",
        .findings = FOUND("kubelet/swap-enabled root certain recovered x1 {pid=7}\n"),
        .exit = 0,
    },
    {
        .name = "it explained a death, and the run that works complains of it again",
        .rules = { "test/fog", RULE("fog",
                                    "explains: [ { rule: systemd/unit-exited, within: 60s, "
                                    "same: [host, boot, unit, run] } ]\n",
                                    "there is fog") },
        .input = STARTED("10:00:00") FOG("10:00:01", 7) EXITED("10:00:02") STARTED("10:00:12")
            READY("10:00:14", 8) PODS_FROM("10", 8) FOG_OF("10:31", 8),
        .findings = FOUND("test/fog root certain ongoing x5 {pid=8}\n"),
        .exit = 1,
    },
    {
        .name = "and so it does before it works, as every start",
        .rules = { "test/fog", RULE("fog",
                                    "explains: [ { rule: systemd/unit-exited, within: 60s, "
                                    "same: [host, boot, unit, run] } ]\n",
                                    "there is fog") },
        .input = STARTED("10:00:00") FOG("10:00:01", 7) EXITED("10:00:02") STARTED("10:00:12")
            FOG("10:00:13", 8) READY("10:00:14", 8),
        .findings = FOUND("test/fog root certain recovered x2 {pid=8}\n"),
        .exit = 0,
    },
};

int main(void)
{
    return verdict_cases_run("status", rows, N_ELEMENTS(rows));
}
