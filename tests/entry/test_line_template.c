/* What stays and what varies in a message. */

#include "entry/line_template.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_templates(void **state)
{
    static const struct {
        const char *message, *template;
    } cases[] = {
        { "Reconciler: start to sync state", "Reconciler: start to sync state" },
        { "evicted after 12.5s, 3 left", "evicted after <duration>, <number> left" },
        { "waited 1m30s of 250ms", "waited <duration> of <duration>" },
        { "pod coredns-5c98db65d4-x9x2q on worker-12", "pod <name> on <name>" },
        { "dial tcp 10.0.0.1:6443: connect", "dial tcp <name>: connect" },
        { "open /var/lib/kubelet/config.yaml: no such file", "open <path>: no such file" },
        { "container \"web server\" died", "container \"<text>\" died" },
        { "id 0xc42000e001 of 1c6f0a5e-7d43-11e9-8f9e-2a86e4085a59", "id <id> of <id>" },
        { "container 9f86d081884c7d659a2feaa0c55ad015", "container <id>" },
        { "volume=data-2 err=seven", "volume=<name> err=seven" },
        /* the first line only */
        { "head 7\ntail 8", "head <number>" },
        { "", "" },
        /* words that stay */
        { "x509: certificate signed by k8s.io", "x509: certificate signed by k8s.io" },
        { "can't read the facade of ipv4", "can't read the facade of ipv4" },
        { "inotify_init: too many", "inotify_init: too many" },
        { "a / b", "a / b" },
        { "it's 'never' closed", "it's '<text>' closed" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        CLEANUP(buf_done_at) struct buf template = { 0 };

        line_template_add(&template, span_of(cases[i].message));
        assert_string_equal(template.data ? template.data : "", cases[i].template);
    }
}

/* However long and wild, the parts laid end to end are the start of the message. */
static void test_bounds(void **state)
{
    struct line_part parts[LINE_PARTS_MAX];
    CLEANUP(buf_done_at) struct buf message = { 0 };
    size_t n, size = 0;

    (void)state;
    for (int i = 0; i < 1000; i++) {
        buf_printf(&message, "%d \"a%c\" /x%d ", i, i % 31 == 10 ? '?' : i % 31, i);
    }
    n = line_template_split(buf_span(&message), parts);
    assert_in_range(n, 1, LINE_PARTS_MAX);
    for (size_t i = 0; i < n; i++) {
        assert_ptr_equal(parts[i].text.data, message.data + size);
        size += parts[i].text.size;
    }
    assert_in_range(size, 1, 512);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_templates),
        cmocka_unit_test(test_bounds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
