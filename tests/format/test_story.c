/* The same story in every format gives the same findings: every fixtures/formats/<name>/story* goes
 * through the whole program, and its findings, facts and counts are those of the journal's export,
 * as far as the format carries who speaks. */

#include "format_test.h"

#include "base/buf.h"

#include <glob.h>
#include <jansson.h>
#include <unistd.h>

#define FORMATS SOURCE_DIR "/fixtures/formats/"

/* What is in the samples, the first that fits; `area` is the start of rules that can be found. */
static const struct {
    const char *pattern, *area;
} samples[] = {
    { "dmesg/story*", "memory/" },        /* the kernel alone */
    { "klog/story.log", "kubelet/" },     /* the kubelet alone */
    { "cri/story*", "kubelet/" },         /* its container */
    { "docker_json/story*", "kubelet/" }, /* the same */
    { "klog/story-cat.txt", "" },         /* all of them, without names */
    { "journal_*/story*", "" },           /* all of them */
    { "syslog_rfc5424/story*", "" },
};

static json_t *run(const char *path)
{
    const char *program = getenv("NODECAUSE");
    CLEANUP(buf_done_at) struct buf command = { 0 };
    json_t *report;
    FILE *pipe;

    buf_printf(&command, "'%s' -o json '%s'",
               program && program[0] ? program : SOURCE_DIR "/build/nodecause", path);
    pipe = popen(command.data, "r");
    assert_non_null(pipe);
    report = json_loadf(pipe, 0, NULL);
    (void)pclose(pipe);
    if (!report) {
        fail_msg("%s gives no report", command.data);
    }
    return report;
}

/* `rule role confidence count facts` of each finding of the area, one a line. */
static void summarise(const json_t *report, const char *area, struct buf *ret)
{
    const json_t *nodes = json_object_get(report, "nodes");

    for (size_t i = 0; i < json_array_size(nodes); i++) {
        const json_t *findings = json_object_get(json_array_get(nodes, i), "findings");

        for (size_t k = 0; k < json_array_size(findings); k++) {
            const json_t *finding = json_array_get(findings, k);
            const char *rule = json_string_value(json_object_get(finding, "rule"));
            char *facts = json_dumps(json_object_get(finding, "facts"), JSON_SORT_KEYS);

            if (span_starts(span_of(rule), span_of(area))) {
                buf_printf(ret, "%s %s %s x%" PRId64 " %s\n", rule,
                           json_string_value(json_object_get(finding, "role")),
                           json_string_value(
                               json_object_get(json_object_get(finding, "confidence"), "level")),
                           (int64_t)json_integer_value(json_object_get(finding, "count")), facts);
            }
            free(facts);
        }
    }
}

static bool tells_the_same(const char *path, const char *area, const json_t *wanted)
{
    CLEANUP(buf_done_at) struct buf want = { 0 };
    CLEANUP(buf_done_at) struct buf got = { 0 };
    json_t *report = run(path);
    bool good;

    summarise(wanted, area, &want);
    summarise(report, area, &got);
    json_decref(report);
    assert_true(want.size > 0);
    good = span_equal(buf_span(&want), buf_span(&got));
    if (!good) {
        print_error("%s\nwants %sgives %s", path, want.data, got.data ? got.data : "nothing\n");
    }
    return good;
}

static void same_findings(void **state)
{
    json_t *wanted = run(FORMATS "journal_export/story.export");
    size_t n_bad = 0, n = 0;

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(samples); i++) {
        CLEANUP(buf_done_at) struct buf pattern = { 0 };
        glob_t paths;

        buf_printf(&pattern, FORMATS "%s", samples[i].pattern);
        assert_int_equal(glob(pattern.data, 0, NULL, &paths), 0);
        for (size_t k = 0; k < paths.gl_pathc; k++) {
            if (span_ends(span_of(paths.gl_pathv[k]), SPAN(".entries"))) {
                continue;
            }
            n_bad += !tells_the_same(paths.gl_pathv[k], samples[i].area, wanted);
            n++;
        }
        globfree(&paths);
    }
    json_decref(wanted);
    assert_true(n > 30);
    assert_int_equal(n_bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(same_findings) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
