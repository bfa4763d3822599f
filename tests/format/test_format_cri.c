#include "format_test.h"

extern const struct format format_cri;

static const struct format_row entries[] = {
    ROW("2024-06-12T13:46:40.123456789Z stderr F E0612 13:46:40.123456       1 reflector.go:150] x "
        "y",
        "time_us=1718200000123456", "stamp=2024-06-12T13:46:40.123456789Z", "stream=stderr",
        "message=E0612 13:46:40.123456       1 reflector.go:150] x y"),
    ROW("2024-06-12T13:46:40+02:00 stdout F ", "time_us=1718192800000000", "message="),
    ROW("2024-06-12T13:46:40Z stdout F", "message="),
    ROW("2024-06-12T13:46:40Z stdout F   indented", "message=  indented"),
    ROW("2024-06-12T13:46:40Z stdout P one \n2024-06-12T13:46:41Z stdout P two \n"
        "2024-06-12T13:46:42Z stdout F three\n",
        "time_us=1718200000000000", "message=one two three"),
    ROW("2024-06-12T13:46:40Z stdout F:tag text", "message=text"),
};

static const struct span no_entries[] = {
    RECORD(""),
    RECORD("2024-06-12T13:46:40Z stdout X text"),
    RECORD("2024-06-12T13:46:40Z stdin F text"),
    RECORD("2024-06-12T13:46:40Z node01 kubelet[1]: text"),
    RECORD("2024-99-12T13:46:40Z stdout F text"),
    RECORD("2024-06-12T13:46:40Z stdout Full text"),
};

static void test_decode(void **state)
{
    (void)state;
    check_rows(&format_cri, entries, N_ELEMENTS(entries));
    check_none(&format_cri, no_entries, N_ELEMENTS(no_entries));
}

static void test_frame(void **state)
{
#define PART "2024-06-12T13:46:40Z stdout P x\n"
#define FULL "2024-06-12T13:46:40Z stdout F x\n"
#define ELSE "2024-06-12T13:46:40Z stderr F x\n"
    static const struct {
        const char *text;
        bool at_end;
        size_t size;
    } rows[] = {
        { FULL FULL, false, 32 },
        { PART PART FULL FULL, false, 96 },
        { PART ELSE, false, 32 },
        { PART, false, 0 },
        { PART, true, 32 },
        { PART "debris\n", false, 32 },
        { "debris\n" FULL, false, 7 },
        { "", true, 0 },
        { PART "2024", true, 32 },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        assert_int_equal(format_cri.frame(span_of(rows[i].text), rows[i].at_end), rows[i].size);
    }
}

static void test_bid(void **state)
{
    (void)state;
    assert_int_equal(format_cri.bid(SPAN(FULL PART FULL)), BID_SURE);
    assert_int_equal(format_cri.bid(SPAN("2024-06-12T13:46:40Z node01 kubelet[1]: text\n")),
                     BID_NO);
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
