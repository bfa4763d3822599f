/* Runs every folder of fixtures/cases/ through the whole program; fixtures/README.md says what is
 * in one and how it is compared. The list of tests is made of the folders. */

#include "base/buf.h"
#include "base/vec.h"
#include "helpers/json_contains.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define CASES SOURCE_DIR "/fixtures/cases"

typedef VEC(char *) strings;

static void strings_free(strings *list)
{
    for (size_t i = 0; i < list->n; i++) {
        free(list->items[i]);
    }
    vec_free(list);
}

/* --- files --- */

static bool read_all(int fd, struct buf *out)
{
    ssize_t n;

    while ((n = read(fd, buf_reserve(out, BUFSIZ), BUFSIZ)) > 0) {
        out->size += (size_t)n;
    }
    buf_add_string(out, "");
    (void)close(fd);
    return n == 0;
}

static bool read_file(const char *folder, const char *name, struct buf *out)
{
    CLEANUP(buf_done_at) struct buf path = { 0 };
    int fd;

    buf_printf(&path, "%s/%s", folder, name);
    fd = open(path.data, O_RDONLY | O_CLOEXEC);
    return fd >= 0 && read_all(fd, out);
}

static int is_visible(const struct dirent *item)
{
    return item->d_name[0] != '.';
}

static void list_folder(const char *folder, const char *prefix, strings *ret)
{
    struct dirent **items;
    int n = scandir(folder, &items, is_visible, alphasort);

    for (int i = 0; i < n; i++) {
        CLEANUP(buf_done_at) struct buf path = { 0 };

        buf_printf(&path, "%s%s", prefix, items[i]->d_name);
        vec_push(ret, alloc_string(path.data));
        free(items[i]);
    }
    if (n >= 0) {
        free(items);
    }
}

/* --- running --- */

static void add_arguments(const char *folder, const char *renderer, strings *ret)
{
    CLEANUP(buf_done_at) struct buf args = { 0 };
    CLEANUP(buf_done_at) struct buf input = { 0 };
    const char *program = getenv("NODECAUSE");
    struct span rest, line;

    vec_push(ret, alloc_string(program && program[0] ? program : SOURCE_DIR "/build/nodecause"));
    vec_push(ret, alloc_string("-o"));
    vec_push(ret, alloc_string(renderer));
    if (read_file(folder, "args", &args)) {
        rest = buf_span(&args);
        while (span_cut(&rest, '\n', &line)) {
            char *copy = alloc_zeroed(line.size + 1, 1);

            memcpy(copy, line.data, line.size);
            vec_push(ret, copy);
        }
    } else {
        buf_printf(&input, "%s/input", folder);
        list_folder(input.data, "input/", ret);
    }
    vec_push(ret, NULL);
}

static void become(const char *folder, char *const *arguments, int output)
{
    int input;

    if (chdir(folder) < 0) {
        _exit(127);
    }
    input = open("stdin", O_RDONLY);
    if (input < 0) {
        input = open("/dev/null", O_RDONLY);
    }
    (void)dup2(input, STDIN_FILENO);
    (void)dup2(output, STDOUT_FILENO);
    (void)setenv("NO_COLOR", "1", 1);
    (void)setenv("COLUMNS", "100", 1);
    (void)setenv("TZ", "UTC", 1);
    (void)execv(arguments[0], arguments);
    _exit(127);
}

/* Its exit code, or -1 when a signal ended it. */
static int run_program(const char *folder, const char *renderer, struct buf *ret_output)
{
    strings arguments = { 0 };
    int ends[2], status = 0;
    pid_t child;

    add_arguments(folder, renderer, &arguments);
    assert_int_equal(pipe(ends), 0);
    child = fork();
    if (child == 0) {
        become(folder, arguments.items, ends[1]);
    }
    (void)close(ends[1]);
    (void)read_all(ends[0], ret_output);
    (void)waitpid(child, &status, 0);
    strings_free(&arguments);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* --- comparing --- */

static bool is_expected_json(const char *folder)
{
    CLEANUP(buf_done_at) struct buf output = { 0 };
    CLEANUP(buf_done_at) struct buf text = { 0 };
    CLEANUP(buf_done_at) struct buf where = { 0 };
    int code = run_program(folder, "json", &output);
    json_t *actual, *expected, *expected_code;
    bool good;

    assert_true(read_file(folder, "expected.json", &text));
    expected = json_loads(text.data, 0, NULL);
    assert_non_null(expected);
    actual = json_loads(output.data, 0, NULL);
    expected_code = json_object_get(json_object_get(expected, "exit"), "code");
    good = json_contains(actual, expected, &where);
    if (!good) {
        print_error("%s: differs at %s\n%s\n", folder, where.data ? where.data : "", output.data);
    }
    if (expected_code && json_integer_value(expected_code) != code) {
        print_error("%s: exit code %d\n", folder, code);
        good = false;
    }
    json_decref(actual);
    json_decref(expected);
    return good;
}

static void update(const char *folder, struct span text)
{
    CLEANUP(buf_done_at) struct buf path = { 0 };
    FILE *file;

    buf_printf(&path, "%s/expected.txt", folder);
    file = fopen(path.data, "w");
    assert_non_null(file);
    (void)fwrite(text.data, 1, text.size, file);
    (void)fclose(file);
}

static bool is_expected_text(const char *folder)
{
    CLEANUP(buf_done_at) struct buf output = { 0 };
    CLEANUP(buf_done_at) struct buf expected = { 0 };

    if (!read_file(folder, "expected.txt", &expected)) {
        return true;
    }
    (void)run_program(folder, "text", &output);
    if (span_equal(buf_span(&output), buf_span(&expected))) {
        return true;
    }
    if (getenv("UPDATE_EXPECTED")) {
        update(folder, buf_span(&output));
        return true;
    }
    print_error("%s/expected.txt differs from:\n%s\n", folder, output.data);
    return false;
}

static void run_case(void **state)
{
    const char *name = *state;
    CLEANUP(buf_done_at) struct buf folder = { 0 };
    bool good;

    buf_printf(&folder, "%s/%s", CASES, name);
    good = is_expected_json(folder.data) && is_expected_text(folder.data);
    if (span_ends(span_of(name), SPAN(".bug"))) {
        if (good) {
            fail_msg("the bug is gone: rename the folder");
        }
    } else if (!good) {
        fail_msg("%s is not as expected", name);
    }
}

int main(void)
{
    strings names = { 0 };
    VEC(struct CMUnitTest) tests = { 0 };
    int r;

    list_folder(CASES, "", &names);
    for (size_t i = 0; i < names.n; i++) {
        vec_push(&tests, (struct CMUnitTest){ .name = names.items[i],
                                              .test_func = run_case,
                                              .initial_state = names.items[i] });
    }
    r = _cmocka_run_group_tests("cases", tests.items, tests.n, NULL, NULL);
    strings_free(&names);
    vec_free(&tests);
    return r;
}
