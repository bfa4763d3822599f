/* A unit name is data: who adds one to streams.yaml sees that unit die, without another edit. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "helpers/folder.h"
#include "helpers/program.h"

static const char died[] =
    "Jun 02 15:59:24 node01 systemd[1]: my-kubelet.service: Main process exited, code=exited, "
    "status=1/FAILURE\n"
    "Jun 02 15:59:24 node01 systemd[1]: my-kubelet.service: Failed with result 'exit-code'.\n"
    "Jun 02 15:59:34 node01 systemd[1]: my-kubelet.service: Scheduled restart job, restart counter "
    "is "
    "at 5.\n";

static bool finds_death(const char *streams)
{
    CLEANUP(buf_done_at) struct buf option = { 0 };
    struct folder folder;
    struct program_result result;
    bool found;

    folder_init(&folder);
    folder_write(&folder, "streams.yaml", streams);
    buf_printf(&option, "--rules=%s", folder.path);
    program_run(&(struct program_call){ .arguments = (const char *[]){ "-o", "json", option.data,
                                                                       "-", NULL },
                                        .input = span_of(died) },
                &result);
    found = span_find(buf_span(&result.out), SPAN("\"systemd/unit-exited\"")) >= 0;
    if (span_find(buf_span(&result.out), SPAN("\"findings\"")) < 0) {
        fail_msg("no report: %s", result.errs.data);
    }
    program_result_done(&result);
    folder_done(&folder);
    return found;
}

static void a_unit_of_a_stream_dies(void **state)
{
    (void)state;
    assert_false(finds_death("other: { units: [my-kubelet.service] }\n"));
    assert_true(finds_death("kubelet: { units: [my-kubelet.service], identifiers: [kubelet] }\n"));
}

static void a_unit_of_the_group_dies(void **state)
{
    (void)state;
    assert_true(finds_death("node: [kubelet, runtime, 'my-*.service']\n"));
    assert_true(finds_death("node: [kubelet, mine]\nmine: { units: [my-kubelet.service] }\n"));
    assert_false(finds_death("node: [kubelet, runtime]\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_unit_of_a_stream_dies),
        cmocka_unit_test(a_unit_of_the_group_dies),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
