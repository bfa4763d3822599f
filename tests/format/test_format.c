#include "format_test.h"

static void names(void **state)
{
    (void)state;
    for (const struct format *const *format = formats; *format; format++) {
        assert_ptr_equal(format_find(span_of((*format)->name)), *format);
        assert_true((*format)->summary[0] && (*format)->spec[0]);
    }
    assert_ptr_equal(format_find(SPAN("journal_short")), format_find(SPAN("journal-short")));
    assert_null(format_find(SPAN("")));
    assert_null(format_find(SPAN("journal")));
    assert_null(format_find(SPAN("journal-shorter")));
}

/* The order of the table means nothing: what bids most is chosen, and text takes the rest. */
static void choices(void **state)
{
    static const struct {
        const char *head, *name;
    } rows[] = {
        { "", "text" },
        { "\n\n", "text" },
        { "# free -m\n", "text" },
        { "kubelet.sh: waiting: for a file\n", "text" },
        { "Apr 07 22:06:29 h kubelet[7]: x\n", "journal-short" },
        { "Apr 07 22:06:29 h kubelet[7]: E0407 22:06:29.5 1 a.go:1] x\n", "journal-short" },
        { "Apr 07 22:06:29 h k[7]: time=\"2024-06-12T13:46:40Z\" level=info msg=\"x\"\n",
          "journal-short" },
        { "E0407 22:06:29.5 1 a.go:1] x\n", "klog" },
        { "[    1.000000] usb 1-1: New USB device\n", "dmesg" },
        { "[    1.000000] node01 kernel: usb 1-1: New USB device\n", "journal-short" },
        { "2024-06-12T13:46:40.1Z stderr F E0407 22:06:29.5 1 a.go:1] x\n", "cri" },
        { "2024-06-12T13:46:40.1Z node01 kubelet[1]: x\n", "journal-short" },
        { "<30>1 2024-06-12T13:46:40Z n k 1 - - x\n", "syslog-rfc5424" },
        { "<30>Jun 12 13:46:40 n k[1]: x\n", "journal-short" },
        { "<6>[  535.946857] x\n", "dmesg" },
        { "{\"log\":\"x\\n\",\"stream\":\"stderr\",\"time\":\"2024-06-12T13:46:40Z\"}\n",
          "docker-json" },
        { "{\"MESSAGE\":\"x\",\"_BOOT_ID\":\"a\"}\n", "journal-json" },
        { "{\"ts\":1.5,\"caller\":\"a.go:1\",\"msg\":\"x\"}\n", "klog-json" },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        int bid = 0;
        const struct format *format = format_choose(span_of(rows[i].head), &bid);

        if (!span_is(span_of(rows[i].name), format->name)) {
            fail_msg("%s: %s with %d", rows[i].head, format->name, bid);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names),
        cmocka_unit_test(choices),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
