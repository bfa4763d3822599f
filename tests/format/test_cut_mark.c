#include "format_test.h"

#include "format/cut_mark.h"

static void drops(void **state)
{
    static const struct {
        const char *line;
        bool cut;
    } rows[] = {
        { "please disable swap or set --fail-swap-o>", true },
        { "kubelet[546]: Get \"https://api-lb/apis/storage?l>", true },
        { "a <b> and then something that was cut>", true },
        { "misconfiguration: kubelet cgroup driver\xe2\x80\xa6", true },
        { "kubelet[546]: Get \"https://api-lb/apis/storage?l...", true },
        { "err=\"Post \\\"https://api-lb/api/v1/nod...", true },
        { "cannot open \"/var/lib/kubelet/po...", true },
        { "the unit \"kubelet\" is starting...", false },
        { "Get \"https://api-lb/apis\": waiting...", false },
        { "it waits for /var/lib/kubelet...", false },
        { "Reading \"https://api-lb/apis and more...", false },
        { "the error of this call was err=<nil>", false },
        { "observed a state of Events: <none>", false },
        { "an arrow points at the end of it ->", false },
        { " >", false },
        { ">", false },
        { "", false },
        { "Restart=no", false },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct span line = span_of(rows[i].line);

        if (cut_mark_drop(&line) != rows[i].cut) {
            fail_msg("%s", rows[i].line);
        }
        assert_int_equal(line.size < strlen(rows[i].line), rows[i].cut);
    }
}

/* Only lines that are cut; klog's ` >` and a `>` that closes something are none. */
static void finds(void **state)
{
    static const char text[] = "a line that is whole, and its newline\n"
                               "kubelet[546]: Get \"https://api-lb/apis/storage?l>\n"
                               "a value of several lines is closed by this: >\n"
                               "the error of this call was err=<nil>\n"
                               "please disable swap or set --fail-swap-o>\n";
    const char *first = strstr(text, "kubelet["), *second = strstr(text, "please");
    size_t from = 0, line;

    (void)state;
    assert_true(cut_mark_find(span_of(text), &from, &line));
    assert_int_equal(line, first - text);
    assert_true(cut_mark_find(span_of(text), &from, &line));
    assert_int_equal(line, second - text);
    assert_false(cut_mark_find(span_of(text), &from, &line));
}

/* The mark is taken from the message only where it is the message's end. */
static void refines(void **state)
{
    struct span text = SPAN("kubelet[546]: please disable swap or set --fail-swap-o>");
    struct entry entry = entry_empty();

    (void)state;
    entry.message = span_skip(text, strlen("kubelet[546]: "));
    cut_mark_refine(text, &entry);
    assert_true(entry.cut);
    assert_true(span_is(entry.message, "please disable swap or set --fail-swap-o"));

    entry = entry_empty();
    entry.message = SPAN("rewritten elsewhere");
    cut_mark_refine(text, &entry);
    assert_false(entry.cut);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(drops),
        cmocka_unit_test(finds),
        cmocka_unit_test(refines),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
