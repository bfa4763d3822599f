#include "format_test.h"

#include "base/cleanup.h"
#include "format/line.h"

static void continues(void **state)
{
    static const struct {
        const char *line;
        bool continues;
    } rows[] = {
        { "", true },
        { "    indented", true },
        { "\tindented", true },
        { "}. Err: connection error", true },
        { "goroutine 356 [running]:", true },
        { "created by main.main", true },
        { "k8s.io/klog.stacks(0xc42000e001, 0xb09)", true },
        { "main.main()", true },
        { "error: failed to run Kubelet: Running with swap on", false },
        { "failed (again)", false },
        { "# df -h", false },
        { "Apr 07 22:06:29 host kubelet[1]: x()", false },
        { "(null)", false },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        if (line_continues(span_of(rows[i].line)) != rows[i].continues) {
            fail_msg("%s", rows[i].line);
        }
    }
}

static void debris(void **state)
{
    static const struct {
        const char *line;
        bool debris;
    } rows[] = {
        { "-- Logs begin at Sun 2019-04-07 20:03:02 PDT, end at Sun 2019-04-07 22:08:53 PDT. --",
          true },
        { "-- Reboot --", true },
        { "-- Boot 0123456789abcdef0123456789abcdef --", true },
        { "-- No entries --", true },
        { "-- Subject: Unit process exited", true },
        { "--", true },
        { "\xe2\x96\x91\xe2\x96\x91 Subject: Unit process exited", true },
        { "==> kubelet <==", true },
        { "```console", true },
        { "   ", true },
        { "--cgroups-per-qos enabled", false },
        { "=> x", false },
        { "x", false },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        if (line_is_debris(span_of(rows[i].line)) != rows[i].debris) {
            fail_msg("%s", rows[i].line);
        }
    }
}

static void prefixes(void **state)
{
    static const struct {
        const char *line;
        size_t size;
    } rows[] = {
        { "    kubelet[1]: x", 4 },
        { "> x", 2 },
        { "\"Sep 16", 1 },
        { "Line 81243: W0808", 11 },
        { "172.20.191.184: I1024", 15 },
        { "/var/log/k3s-service.log:E0905", 25 },
        { "123:E0905", 4 },
        { "02:51:36   I0424", 11 },
        { "7/29/2017 11:23:35 PMW0729", 21 },
        { "2016-07-22T11:50:41.310422203Z I0722", 31 },
        { "kubelet.log-E0905", 12 },
        { "/var/log/kubelet.log-812-E0905", 25 },
        { "a sentence. - x", 0 },
        { "well-known", 0 },
        { "Line x: y", 0 },
        { "kubelet: x", 0 },
        { "error: x", 0 },
        { "", 0 },
        { "\"", 1 },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        if (line_prefix(span_of(rows[i].line), NULL) != rows[i].size) {
            fail_msg("%s: %zu", rows[i].line, line_prefix(span_of(rows[i].line), NULL));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(continues),
        cmocka_unit_test(debris),
        cmocka_unit_test(prefixes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
