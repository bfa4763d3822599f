/* Bad input through the whole program: it ends in time and memory, by itself, with a finding, a
 * note or a clear error, and what it prints is valid JSON, or text that plays no tricks on a
 * terminal. */

#define _DEFAULT_SOURCE /* truncate, mkfifo, le64toh */
#include "base/vec.h"
#include "helpers/journal.h"
#include "helpers/program.h"

#include <endian.h>
#include <fcntl.h>
#include <inttypes.h>
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define HOSTILE SOURCE_DIR "/fixtures/hostile/"
#define SWAP    "kubelet/swap-enabled"
#define PREFIX                                                                                     \
    "Apr 07 22:06:29 kmaster135 kubelet[19593]: F0407 22:06:29.503369   19593 server.go:262] "
#define DECISIVE "failed to run Kubelet: Running with swap on is not su"
#define REFUSED                                                                                    \
    PREFIX DECISIVE "pported, please disable swap! or set --fail-swap-on flag to false. "          \
                    "/proc/swaps contained: [Filename Type Size Used Priority /dev/sda5 "          \
                    "partition 998396 0 -1]"

enum {
    MIB = 1024 * 1024,
    PEAK_KIB = 64 * 1024,
    SECONDS = 60, /* for a sanitized program on a slow machine */
    VICTIMS = 10000,
    HOSTS = 500,
    TEXT_BYTES = 2 * MIB, /* of a report; a host takes 2 KiB */
};

/* --- what is fed --- */

static void feed_bytes(FILE *to, int byte, size_t n)
{
    char block[4096];

    memset(block, byte, sizeof(block));
    for (; n > 0; n -= n < sizeof(block) ? n : sizeof(block)) {
        (void)fwrite(block, 1, n < sizeof(block) ? n : sizeof(block), to);
    }
}

static void feed_nothing(FILE *to)
{
    (void)to;
}

static void feed_nuls(FILE *to)
{
    feed_bytes(to, 0, MIB);
}

static void feed_nuls_between(FILE *to)
{
    (void)fputs(REFUSED "\n", to);
    feed_bytes(to, 0, MIB);
    (void)fputs("\n" REFUSED "\n", to);
}

/* Always the same, so that what fails once fails again. */
static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525 + 1013904223;
    return *state >> 8;
}

static void feed_random(FILE *to)
{
    uint32_t state = 1;

    for (int i = 0; i < MIB; i++) {
        (void)fputc((int)(next_random(&state) & 0xff), to);
    }
}

static void feed_endless_line(FILE *to)
{
    feed_bytes(to, 'a', (size_t)100 * MIB);
}

static void feed_long_line_between(FILE *to)
{
    (void)fputs("Apr 07 22:06:28 kmaster135 kubelet[19593]: ", to);
    feed_bytes(to, 'a', (size_t)20 * MIB);
    (void)fputs("\n" REFUSED "\n", to);
}

static void feed_long_match(FILE *to)
{
    (void)fputs(REFUSED " ", to);
    feed_bytes(to, 'a', (size_t)5 * MIB);
    (void)fputs("\n", to);
}

static void feed_long_json(FILE *to)
{
    (void)fputs("{\"MESSAGE\":\"", to);
    feed_bytes(to, 'a', (size_t)50 * MIB);
    (void)fputs("\"}\n{\"__REALTIME_TIMESTAMP\":\"1554699989000000\",\"_HOSTNAME\":\"kmaster135\","
                "\"SYSLOG_IDENTIFIER\":\"kubelet\",\"MESSAGE\":\"" DECISIVE "pported\"}\n",
                to);
}

static void feed_deep_json(FILE *to)
{
    feed_bytes(to, '[', MIB);
}

static void feed_long_export(FILE *to)
{
    (void)fputs("__REALTIME_TIMESTAMP=1\nMESSAGE=", to);
    feed_bytes(to, 'a', (size_t)50 * MIB);
    (void)fputs("\n\n__REALTIME_TIMESTAMP=1554699989000000\n_HOSTNAME=kmaster135\n"
                "SYSLOG_IDENTIFIER=kubelet\nMESSAGE=" DECISIVE "pported\n\n",
                to);
}

static void feed_newlines(FILE *to)
{
    feed_bytes(to, '\n', (size_t)10 * MIB);
    (void)fputs(REFUSED "\n", to);
}

static void feed_hosts(FILE *to)
{
    for (int i = 0; i < HOSTS; i++) {
        (void)fprintf(to,
                      "Apr 07 22:06:29 host%d kubelet[%d]: F0407 22:06:29.503369 1 a.go:1] %s\n", i,
                      i + 2, DECISIVE "pported");
    }
}

static void feed_victims(FILE *to)
{
    for (int i = 0; i < VICTIMS; i++) {
        (void)fprintf(to,
                      "[%d.000001] Out of memory: Kill process %d (p%d) score 613 or sacrifice "
                      "child\n[%d.000002] Killed process %d (p%d) total-vm:%dkB, anon-rss:1kB, "
                      "file-rss:0kB, shmem-rss:0kB\n",
                      1000 + i, i + 2, i, 1000 + i, i + 2, i, 2112380 + i);
    }
}

/* --- what must come of it --- */

struct row {
    const char *what;
    void (*feed)(FILE *to); /* to standard input */
    const char *path;       /* or this file */
    int code;
    const char *root;  /* the only root cause; NULL: none */
    const char *says;  /* somewhere in the JSON; NULL: nothing in particular */
    const char *never; /* neither in the JSON nor in the text; NULL: nothing in particular */
};

/* clang-format off */
static const struct row rows[] = {
    { "nothing", feed_nothing, NULL, 3, NULL, "is empty", NULL },
    { "no bytes", NULL, "/dev/null", 3, NULL, "is empty", NULL },
    { "no file", NULL, HOSTILE "missing", 3, NULL, "no such file", NULL },
    { "one NUL", NULL, HOSTILE "nul", 3, NULL, "binary", NULL },
    { "NULs", feed_nuls, NULL, 3, NULL, "binary", NULL },
    { "NULs between", feed_nuls_between, NULL, 1, SWAP, "NUL bytes", NULL },
    { "random bytes", feed_random, NULL, 3, NULL, "binary", NULL },
    { "invalid UTF-8 in the match", NULL, HOSTILE "invalid-utf8.log", 1, SWAP, "/dev/sda5", NULL },
    { "invalid UTF-8 around", NULL, HOSTILE "invalid-utf8-before.log", 1, SWAP, "/dev/sda5", NULL },
    { "UTF-16, little endian", NULL, HOSTILE "utf16.log", 1, SWAP, "v1.12.3", NULL },
    { "UTF-16, big endian", NULL, HOSTILE "utf16-be.log", 1, SWAP, "v1.12.3", NULL },
    { "byte order mark", NULL, HOSTILE "bom.log", 1, SWAP, "v1.12.3", NULL },
    { "CRLF", NULL, HOSTILE "crlf.log", 1, SWAP, "\"v1.12.3\"", "\\r" },
    { "a line of 100 MiB", feed_endless_line, NULL, 3, NULL, "line is longer", NULL },
    { "a long line before", feed_long_line_between, NULL, 1, SWAP, "line is longer", NULL },
    { "a match in 5 MiB", feed_long_match, NULL, 1, SWAP, "line is longer", NULL },
    { "10 MiB of empty lines", feed_newlines, NULL, 1, SWAP, "/dev/sda5", NULL },
    { "JSON of 50 MiB", feed_long_json, NULL, 1, SWAP, "longer than", NULL },
    { "JSON of brackets", feed_deep_json, NULL, 3, NULL, "longer than", NULL },
    { "deep JSON before", NULL, HOSTILE "deep.json", 1, SWAP, "/dev/sda5", NULL },
    { "JSON of odd types", NULL, HOSTILE "odd.json", 1, SWAP, "/dev/sda5", NULL },
    { "export of 50 MiB", feed_long_export, NULL, 1, SWAP, "longer than", NULL },
    { "export size 2^64-1", NULL, HOSTILE "export-size-max", 1, SWAP, "/dev/sda5", NULL },
    { "export size 2^40", NULL, HOSTILE "export-size-huge", 1, SWAP, "/dev/sda5", NULL },
    { "export size 2^63", NULL, HOSTILE "export-size-negative", 1, SWAP, "/dev/sda5", NULL },
    { "export size 0", NULL, HOSTILE "export-size-zero", 1, SWAP, "/dev/sda5", NULL },
    { "export size too short", NULL, HOSTILE "export-size-short", 1, SWAP, "/dev/sda5", NULL },
    { "export cut in a size", NULL, HOSTILE "export-size-cut", 1, SWAP, "/dev/sda5", NULL },
    { "escapes in the match", NULL, HOSTILE "escapes.log", 1, SWAP, "RED", "TITLE" },
    { "escapes in the host", NULL, HOSTILE "escapes-host.log", 1, SWAP, "/dev/sda5", NULL },
    { "clock goes back", NULL, HOSTILE "clock-back.log", 1, SWAP, "/dev/sda5", NULL },
    { "no such date", NULL, HOSTILE "clock-no-such.log", 1, SWAP, "/dev/sda5", NULL },
    { "secrets in the evidence", NULL, HOSTILE "secrets.log", 1, SWAP, "[redacted]", "hidden" },
    { "secrets in last words", NULL, HOSTILE "secrets-last-words.log", 5, "systemd/unit-exited", "[redacted]", "hidden" },
    { "10000 victims", feed_victims, NULL, 1, "memory/system-oom", "more", NULL },
    { "500 hosts", feed_hosts, NULL, 1, SWAP, NULL, NULL },
};
/* clang-format on */

static void run(const struct row *row, const char *output, struct program_result *ret)
{
    const char *const arguments[] = { "-o", output, row->path ? row->path : "-", NULL };

    program_run(
        &(struct program_call){ .arguments = arguments, .feed = row->feed, .seconds = SECONDS },
        ret);
}

static bool is_only_root(const struct program_result *result, const char *root)
{
    json_t *report = json_loads(result->out.data, JSON_ALLOW_NUL, NULL); /* refuses invalid UTF-8 */
    const json_t *roots = json_object_get(json_object_get(report, "verdict"), "root_causes");
    const char *first = json_string_value(json_array_get(roots, 0));
    bool good = json_is_array(roots) && (root ? first && strcmp(first, root) == 0 : !first) &&
                json_array_size(roots) <= 1;

    json_decref(report);
    return good;
}

/* The first byte that a terminal would obey or show in another order: C0 but newline, DEL, C1,
 * bidi. */
static const char *find_trick(struct span text)
{
    for (size_t i = 0; i < text.size; i++) {
        const char *at = text.data + i;
        unsigned char c = (unsigned char)*at;

        if ((c < 0x20 && c != '\n') || c == 0x7f) {
            return at;
        }
        if (c == 0xc2 && i + 1 < text.size && (unsigned char)at[1] < 0xa0) {
            return at;
        }
        if (span_starts(span_skip(text, i), SPAN("\xe2\x80")) && i + 2 < text.size &&
            ((unsigned char)at[2] >= 0xa8 && (unsigned char)at[2] <= 0xae)) {
            return at;
        }
        if (span_starts(span_skip(text, i), SPAN("\xe2\x80\x8f")) ||
            span_starts(span_skip(text, i), SPAN("\xe2\x81\xa6"))) {
            return at;
        }
    }
    return NULL;
}

static bool is_modest(const struct program_result *result)
{
    return program_is_sanitized() || result->peak_kib <= PEAK_KIB;
}

static bool complain(const char *what, const char *why, const struct program_result *result)
{
    print_error("%s: %s; exit code %d, %ld KiB, %.2f s\n%.3000s%.3000s\n", what, why, result->code,
                result->peak_kib, result->cpu_seconds, result->out.data, result->errs.data);
    return false;
}

static bool is_good_json(const struct row *row)
{
    CLEANUP(program_result_done) struct program_result result;

    run(row, "json", &result);
    if (result.code != row->code) {
        return complain(row->what, "another exit code", &result);
    }
    if (!is_modest(&result)) {
        return complain(row->what, "too much memory", &result);
    }
    if (!is_only_root(&result, row->root)) {
        return complain(row->what, "no JSON, or another root", &result);
    }
    if (row->says && !strstr(result.out.data, row->says)) {
        return complain(row->what, "does not say it", &result);
    }
    if (row->never && strstr(result.out.data, row->never)) {
        return complain(row->what, "says what it must not", &result);
    }
    return true;
}

static bool is_good_text(const struct row *row)
{
    CLEANUP(program_result_done) struct program_result result;
    const char *trick;

    run(row, "text", &result);
    trick = find_trick(buf_span(&result.out));
    if (result.code != row->code || result.out.size == 0 || result.out.size > TEXT_BYTES) {
        return complain(row->what, "another exit code, or no readable report", &result);
    }
    if (trick) {
        return complain(row->what, trick, &result);
    }
    if (row->never && strstr(result.out.data, row->never)) {
        return complain(row->what, "says what it must not", &result);
    }
    return true;
}

static void test_row(void **state)
{
    const struct row *row = *state;
    bool good = is_good_json(row);

    assert_true(is_good_text(row) && good);
}

/* --- lines cut at every column --- */

static void test_cut_columns(void **state)
{
    const size_t decisive = strlen(PREFIX DECISIVE), step = program_is_sanitized() ? 5 : 1;

    (void)state;
    for (size_t n = 1; n <= strlen(REFUSED); n += step) {
        CLEANUP(program_result_done) struct program_result result;

        program_run(
            &(struct program_call){ .arguments = (const char *const[]){ "-o", "json", "-", NULL },
                                    .input = { REFUSED, n } },
            &result);
        /* Of a fatal line that is cut too early a death is left, and nothing that explains it. */
        if (!(is_only_root(&result, n >= decisive ? SWAP : NULL) ||
              (n < decisive && is_only_root(&result, "systemd/unit-exited"))) ||
            (n >= decisive && result.code != 1)) {
            (void)complain(PREFIX DECISIVE, "cut", &result);
            fail_msg("cut after %zu bytes", n);
        }
    }
}

/* --- journals, cut and with turned bits --- */

/* Any answer is right but one that is no JSON, a signal or the time limit. */
static void check_journal(const char *file, const char *how, size_t at)
{
    CLEANUP(program_result_done) struct program_result result;
    json_t *report;

    program_run(&(struct program_call){ .arguments = (const char *const[]){ "-o", "json", "--file",
                                                                            file, NULL },
                                        .seconds = SECONDS },
                &result);
    report = json_loads(result.out.data, JSON_ALLOW_NUL, NULL);
    if (!report || result.code < 0 || result.code == 2 || !is_modest(&result)) {
        (void)complain(how, "a damaged journal", &result);
        fail_msg("%s at %zu", how, at);
    }
    json_decref(report);
}

static char *make_swap_journal(const char *directory)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };
    FILE *file = fopen(SOURCE_DIR "/fixtures/cases/swap-kmaster135/journal.export", "r");
    size_t n;

    assert_non_null(file);
    while ((n = fread(buf_reserve(&text, BUFSIZ), 1, BUFSIZ, file)) > 0) {
        text.size += n;
    }
    (void)fclose(file);
    return journal_make_file(directory, "swap.journal", buf_span(&text));
}

static void turn_bit(int fd, off_t at, unsigned bit)
{
    unsigned char byte = 0;

    assert_int_equal(pread(fd, &byte, 1, at), 1);
    byte = (unsigned char)(byte ^ (1u << bit));
    assert_int_equal(pwrite(fd, &byte, 1, at), 1);
}

enum {
    JOURNAL_HEADER = 272,
    JOURNAL_TAIL_OBJECT = 136, /* where the header says where the last object is */
    JOURNAL_OBJECTS = 16 * 1024
};

static off_t last_object(int fd)
{
    uint64_t at = 0;

    assert_int_equal(pread(fd, &at, sizeof(at), JOURNAL_TAIL_OBJECT), sizeof(at));
    return (off_t)le64toh(at);
}

/* In turn a byte of the header, and one of the objects that were written last. */
static void test_turned_bits(void **state)
{
    int n = program_is_sanitized() ? 60 : 300, fd;
    uint32_t random = 7;
    char *directory, *file;
    off_t last;

    (void)state;
    if (!journal_available()) {
        skip();
    }
    directory = journal_make_directory();
    file = make_swap_journal(directory);
    fd = open(file, O_RDWR);
    last = last_object(fd);
    for (int i = 0; i < n; i++) {
        off_t at = i % 2 ? i % JOURNAL_HEADER : last - next_random(&random) % JOURNAL_OBJECTS;
        unsigned bit = next_random(&random) % 8;

        turn_bit(fd, at, bit);
        check_journal(file, "bit turned", (size_t)at);
        turn_bit(fd, at, bit);
    }
    (void)close(fd);
    free(file);
    journal_remove_directory(directory);
}

static void test_cut_journal(void **state)
{
    int n = program_is_sanitized() ? 20 : 100;
    char *directory, *file;
    struct stat info;

    (void)state;
    if (!journal_available()) {
        skip();
    }
    directory = journal_make_directory();
    file = make_swap_journal(directory);
    assert_int_equal(stat(file, &info), 0);
    for (int i = n - 1; i >= 0; i--) {
        off_t size = info.st_size / n * i + i;

        assert_int_equal(truncate(file, size), 0);
        check_journal(file, "cut", (size_t)size);
    }
    free(file);
    journal_remove_directory(directory);
}

/* --- paths that are no good --- */

struct bad_path {
    const char *what;
    void (*make)(const char *directory, const char *path);
    bool as_nobody;
    const char *says;
};

static void make_loop(const char *directory, const char *path)
{
    (void)directory;
    assert_int_equal(symlink(path, path), 0);
}

static void make_dangling(const char *directory, const char *path)
{
    (void)directory;
    assert_int_equal(symlink("/nonexistent/file", path), 0);
}

/* A pipe whose writer goes at once. */
static void make_fifo(const char *directory, const char *path)
{
    (void)directory;
    assert_int_equal(mkfifo(path, 0600), 0);
    if (fork() == 0) {
        (void)alarm(SECONDS);
        (void)close(open(path, O_WRONLY));
        _exit(0);
    }
}

static void make_closed_file(const char *directory, const char *path)
{
    (void)chmod(directory, 0755);
    (void)close(open(path, O_CREAT | O_WRONLY, 0));
}

static void make_closed_directory(const char *directory, const char *path)
{
    (void)chmod(directory, 0755);
    assert_int_equal(mkdir(path, 0700), 0);
}

static void make_empty_directory(const char *directory, const char *path)
{
    (void)directory;
    assert_int_equal(mkdir(path, 0700), 0);
}

static const struct bad_path bad_paths[] = {
    { "a link to itself", make_loop, false, "symbolic links" },
    { "a link to nowhere", make_dangling, false, "no such file" },
    { "a FIFO that closes", make_fifo, false, "is empty" },
    { "a file without permission", make_closed_file, true, "permission denied" },
    { "a directory without permission", make_closed_directory, true, "permission denied" },
    { "an empty directory", make_empty_directory, false, "contains no files" },
};

static bool try_path(const struct bad_path *row)
{
    CLEANUP(program_result_done) struct program_result result;
    CLEANUP(buf_done_at) struct buf path = { 0 };
    char *directory = journal_make_directory();
    const char *arguments[] = { "-o", "json", NULL, NULL };

    buf_printf(&path, "%s/x", directory);
    row->make(directory, path.data);
    arguments[2] = path.data;
    program_run(&(struct program_call){ .arguments = arguments, .as_nobody = row->as_nobody },
                &result);
    journal_remove_directory(directory);
    if (result.code != 3 || !strstr(result.out.data, row->says)) {
        return complain(row->what, "no clear error", &result);
    }
    return true;
}

static void test_bad_paths(void **state)
{
    bool good = true, nobody = program_can_be_nobody();

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(bad_paths); i++) {
        if (nobody || !bad_paths[i].as_nobody) {
            good = try_path(&bad_paths[i]) && good;
        }
    }
    assert_true(good);
}

int main(void)
{
    VEC(struct CMUnitTest) tests = { 0 };
    int r;

    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        vec_push(&tests, (struct CMUnitTest){ .name = rows[i].what,
                                              .test_func = test_row,
                                              .initial_state = (void *)&rows[i] });
    }
    vec_push(&tests, (struct CMUnitTest)cmocka_unit_test(test_cut_columns));
    vec_push(&tests, (struct CMUnitTest)cmocka_unit_test(test_turned_bits));
    vec_push(&tests, (struct CMUnitTest)cmocka_unit_test(test_cut_journal));
    vec_push(&tests, (struct CMUnitTest)cmocka_unit_test(test_bad_paths));
    r = _cmocka_run_group_tests("hostile", tests.items, tests.n, NULL, NULL);
    vec_free(&tests);
    return r;
}
