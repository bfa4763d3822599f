/* A rule that backtracks without end is stopped, told of, and does not stop the run: the same
 * input's other trouble is found. */

#include "helpers/folder.h"
#include "helpers/program.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char slow[] =
    "title: T\nseverity: error\nexplain: E\n"
    "signals: [{ name: s, stream: kubelet, role: proof, pattern: 'slowly (?:\\w+\\s?)*;' }]\n";

enum {
    SLOW_LINES = 200
};

static void add_log(struct buf *out)
{
    for (int i = 0; i < SLOW_LINES; i++) {
        buf_printf(out,
                   "Feb 05 10:58:%02d n-1 kubelet[12]: E0205 10:58:%02d.000000      12 a.go:1] "
                   "slowly aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!;\n",
                   i % 60, i % 60);
    }
    buf_add_string(
        out, "Feb 05 11:00:00 n-1 kubelet[12]: E0205 11:00:00.000000      12 run.go:72] \"command "
             "failed\" err=\"failed to run Kubelet: running with swap on is not supported, "
             "please disable swap or set --fail-swap-on flag to false\"\n");
}

/* The count of the note of that kind about the rule; 0 when there is none. */
static json_int_t count_notes(const json_t *root, const char *kind, const char *about)
{
    const json_t *spots = json_object_get(root, "blind_spots"), *spot;
    size_t i;

    json_array_foreach(spots, i, spot)
    {
        const char *where = json_string_value(json_object_get(spot, "where"));

        if (strcmp(json_string_value(json_object_get(spot, "what")), kind) == 0 && where &&
            strstr(where, about)) {
            return json_integer_value(json_object_get(spot, "count"));
        }
    }
    return 0;
}

static void is_stopped_and_told_of(void **state)
{
    CLEANUP(buf_done_at) struct buf log = { 0 };
    struct folder folder;
    struct program_result result;
    const char *cause;
    json_t *root;

    (void)state;
    folder_init(&folder);
    folder_write(&folder, "x/slow.yaml", slow);
    add_log(&log);
    program_run(
        &(struct program_call){
            .arguments = (const char *const[]){ "-o", "json", "--rules", folder.path, "-", NULL },
            .input = buf_span(&log),
            .seconds = 120,
        },
        &result);
    assert_int_equal(result.code, 1);
    root = json_loads(result.out.data, 0, NULL);
    assert_int_equal(json_unpack(root, "{s{s[s]}}", "verdict", "root_causes", &cause), 0);
    assert_string_equal(cause, "kubelet/swap-enabled");
    assert_int_equal(count_notes(root, "pattern-limit", "x/slow"), SLOW_LINES);
    json_decref(root);
    program_result_done(&result);
    folder_done(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(is_stopped_and_told_of) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
