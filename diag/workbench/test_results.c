/* Results of tests: for people, for programs, and for the CI systems that read JUnit's XML
 * (https://github.com/testmoapp/junitxml is its best description). */

#include "workbench/test_results.h"

#include "base/json.h"

#include <stdio.h>

void test_results_add(struct test_results *list, const struct test_result *result,
                      struct buf *differences)
{
    struct test_result kept = *result;

    kept.differences = differences->size ? differences->data : NULL;
    if (kept.differences) {
        list->n_failed++;
        *differences = (struct buf){ 0 };
    }
    vec_push(&list->results, kept);
}

void test_results_done(struct test_results *list)
{
    for (size_t i = 0; i < list->results.n; i++) {
        free(list->results.items[i].differences);
    }
    vec_free(&list->results);
}

static void print_text(const struct test_results *list)
{
    for (size_t i = 0; i < list->results.n; i++) {
        const struct test_result *result = &list->results.items[i];

        if (!result->differences) {
            continue;
        }
        printf("FAIL %s: %s", result->group, result->name);
        if (result->variant) {
            printf(", %s", result->variant);
        }
        printf(" (%s:%u)\n%s", result->place.path, result->place.line, result->differences);
    }
    printf("%zu tests, %zu failed\n", list->results.n, list->n_failed);
}

static void print_json(const struct test_results *list)
{
    CLEANUP(json_free_at) json_t *root = NULL;
    json_t *results = json_array();

    for (size_t i = 0; i < list->results.n; i++) {
        const struct test_result *result = &list->results.items[i];

        (void)json_array_append_new(
            results, json_pack("{ss ss ss* ss si ss*}", "group", result->group, "name",
                               result->name, "variant", result->variant, "path", result->place.path,
                               "line", (int)result->place.line, "failure", result->differences));
    }
    root = json_pack("{si sI sI so}", "schema_version", 1, "tests", (json_int_t)list->results.n,
                     "failed", (json_int_t)list->n_failed, "results", results);
    (void)json_dumpf(root, stdout, JSON_INDENT(2));
    (void)fputc('\n', stdout);
}

/* ---- JUnit ---- */

/* XML 1.0 has no way to write most control characters. */
static void print_xml(const char *text)
{
    for (; *text; text++) {
        switch (*text) {
        case '<':
            (void)fputs("&lt;", stdout);
            break;
        case '>':
            (void)fputs("&gt;", stdout);
            break;
        case '&':
            (void)fputs("&amp;", stdout);
            break;
        case '"':
            (void)fputs("&quot;", stdout);
            break;
        default:
            (void)fputc((unsigned char)*text < ' ' && !strchr("\t\n", *text) ? '?' : *text, stdout);
        }
    }
}

static void print_case(const struct test_result *result)
{
    (void)fputs("    <testcase classname=\"", stdout);
    print_xml(result->group);
    (void)fputs("\" name=\"", stdout);
    print_xml(result->name);
    if (result->variant) {
        (void)fputs(", ", stdout);
        print_xml(result->variant);
    }
    (void)fputs("\" file=\"", stdout);
    print_xml(result->place.path);
    printf("\" line=\"%u\"", result->place.line);
    if (!result->differences) {
        (void)fputs("/>\n", stdout);
        return;
    }
    (void)fputs(">\n      <failure message=\"not as expected\">", stdout);
    print_xml(result->differences);
    (void)fputs("</failure>\n    </testcase>\n", stdout);
}

static void print_junit(const struct test_results *list)
{
    printf("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<testsuites>\n  <testsuite name=\"nodecause\" tests=\"%zu\" failures=\"%zu\">\n",
           list->results.n, list->n_failed);
    for (size_t i = 0; i < list->results.n; i++) {
        print_case(&list->results.items[i]);
    }
    printf("  </testsuite>\n</testsuites>\n");
}

static const struct {
    const char *name;
    void (*print)(const struct test_results *list);
} printers[] = { { "text", print_text }, { "json", print_json }, { "junit", print_junit } };

const char *test_results_format(size_t i)
{
    return i < N_ELEMENTS(printers) ? printers[i].name : NULL;
}

void test_results_print(const struct test_results *list, const char *output)
{
    for (size_t i = 0; i < N_ELEMENTS(printers); i++) {
        if (strcmp(output, printers[i].name) == 0) {
            printers[i].print(list);
        }
    }
}
