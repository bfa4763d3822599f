#include "format_test.h"

extern const struct format format_docker_json;

#define LINE(text)                                                                                 \
    "{\"log\":\"" text "\",\"stream\":\"stderr\",\"time\":\"2024-06-12T13:46:40.5Z\"}"

static const struct format_row entries[] = {
    ROW(LINE("a \\\"quoted\\\" word\\n"), "time_us=1718200000500000", "stream=stderr",
        "message=a \"quoted\" word"),
    ROW(LINE("one ") "\n" LINE("two\\n") "\n", "message=one two"),
    ROW("{\"log\":\"x\\n\"}", "time_us=-9223372036854775808", "message=x"),
};

static const struct span no_entries[] = {
    RECORD(""),
    RECORD("{\"log\":7}"),
    RECORD("{\"log\":\"cut"),
    RECORD("{\"msg\":\"x\",\"ts\":1}"),
    RECORD("[]"),
};

static void test_decode(void **state)
{
    (void)state;
    check_rows(&format_docker_json, entries, N_ELEMENTS(entries));
    check_none(&format_docker_json, no_entries, N_ELEMENTS(no_entries));
}

static void test_frame(void **state)
{
    struct span whole = SPAN(LINE("x\\n") "\n"), part = SPAN(LINE("x") "\n");

    (void)state;
    assert_int_equal(format_docker_json.frame(SPAN(LINE("x\\n") "\n" LINE("y\\n")), false),
                     whole.size);
    assert_int_equal(format_docker_json.frame(SPAN(LINE("x") "\n" LINE("x\\n") "\n"), false),
                     part.size + whole.size);
    assert_int_equal(format_docker_json.frame(part, false), 0);
    assert_int_equal(format_docker_json.frame(part, true), part.size);
    assert_int_equal(format_docker_json.frame(SPAN(LINE("x") "\ndebris\n"), false), part.size);
}

static void test_bid(void **state)
{
    (void)state;
    assert_int_equal(format_docker_json.bid(SPAN(LINE("x\\n") "\n" LINE("y\\n") "\n")), BID_SURE);
    assert_int_equal(format_docker_json.bid(SPAN("{\"msg\":\"x\",\"ts\":1}\n")), BID_NO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decode),
        cmocka_unit_test(test_frame),
        cmocka_unit_test(test_bid),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
