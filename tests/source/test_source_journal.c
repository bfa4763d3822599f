/* Journals: the same entries as journalctl gives, each found again from anywhere, and no harm from
 * damaged files. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/vec.h"
#include "helpers/journal.h"
#include "source/journal_query.h"
#include "source/source.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define START_US INT64_C(1700000000000000) /* 2023-11-14 22:13:20 UTC */
#define BOOT_A   "0a000000000000000000000000000001"
#define BOOT_B   "0b000000000000000000000000000002"
#define BOOT_C   "0c000000000000000000000000000003"

/* The kubelet is started again every so often: 0 to 12. */
#define INVOCATION         "5a1d35a0a8ea4bd9ba4f9d1bb0d6a9%02x"
#define INVOCATION_SECONDS 90
#define INVOCATION_MATCHES(id)                                                                     \
    "_SYSTEMD_INVOCATION_ID=5a1d35a0a8ea4bd9ba4f9d1bb0d6a9" id                                     \
    " + _PID=1 INVOCATION_ID=5a1d35a0a8ea4bd9ba4f9d1bb0d6a9" id

/* One of each kind; the whole journal repeats them, a second apart, in three boots. */
static const char *const kinds[] = {
    "MESSAGE=I0407 22:06:29.445241   19593 server.go:408] Version: v1.12.3\n_PID=19593\n"
    "_SYSTEMD_UNIT=kubelet.service\nSYSLOG_IDENTIFIER=kubelet\n_TRANSPORT=stdout\nPRIORITY=6\n_UID="
    "0\n",
    "MESSAGE=kubelet.service: Main process exited, code=exited, status=255/n/a\n_PID=1\n"
    "UNIT=kubelet.service\nSYSLOG_IDENTIFIER=systemd\n_SYSTEMD_UNIT=init.scope\nPRIORITY=5\n_UID="
    "0\n",
    "MESSAGE=anybody may write UNIT=\n_PID=77\nUNIT=kubelet.service\n_SYSTEMD_UNIT=evil.service\n"
    "PRIORITY=6\n_UID=1000\n",
    "MESSAGE=Process 19593 (kubelet) dumped core.\nMESSAGE_ID=fc2e22bc6ee647b6b90729ab34a250b1\n"
    "COREDUMP_UNIT=kubelet.service\n_UID=0\nPRIORITY=2\n_PID=99\nSYSLOG_IDENTIFIER=systemd-"
    "coredump\n",
    "MESSAGE=Suppressed 12 messages from "
    "kubelet.service\nOBJECT_SYSTEMD_UNIT=kubelet.service\n_UID=0\n"
    "_PID=300\nSYSLOG_IDENTIFIER=systemd-journald\nPRIORITY=4\n",
    "MESSAGE=Out of memory: Killed process 19593 (kubelet)\n_TRANSPORT=kernel\n"
    "SYSLOG_IDENTIFIER=kernel\nPRIORITY=3\n",
    "MESSAGE=hello from a pod\n_SYSTEMD_SLICE=kubepods.slice\n_SYSTEMD_UNIT=cri-1.scope\n_PID=500\n"
    "_EXE=/usr/bin/pod\nPRIORITY=6\n",
    "MESSAGE=time=\"2023\" level=info\n_SYSTEMD_UNIT=containerd.service\n_PID=400\n"
    "SYSLOG_IDENTIFIER=containerd\n",
    "SYSLOG_IDENTIFIER=silent\n_PID=401\n",
};

static struct fixture {
    char *directory;
    char *file; /* the first of two */
    int64_t end_us;
} fixture;

static int64_t add_entries(struct buf *text, int64_t time_us, const char *boot, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct buf fields CLEANUP(buf_done_at) = { 0 };

        buf_add_string(&fields, kinds[i % N_ELEMENTS(kinds)]);
        buf_printf(&fields, "NUMBER=%zu\n_HOSTNAME=node-1\n", i);
        if (i % N_ELEMENTS(kinds) < 2) { /* the kubelet, and systemd about it */
            buf_printf(&fields, "%sINVOCATION_ID=" INVOCATION "\n",
                       i % N_ELEMENTS(kinds) ? "" : "_SYSTEMD_",
                       (int)((time_us - START_US) / USEC_PER_SEC / INVOCATION_SECONDS));
        }
        journal_add_entry(text, time_us, boot, fields.data);
        time_us += USEC_PER_SEC;
    }
    return time_us;
}

static int setup(void **state)
{
    struct buf first CLEANUP(buf_done_at) = { 0 }, second CLEANUP(buf_done_at) = { 0 };
    int64_t us;

    *state = &fixture;
    if (!journal_available()) {
        return 0;
    }
    us = add_entries(&first, START_US, BOOT_A, 900);
    us = add_entries(&first, us, BOOT_B, 50);
    us = add_entries(&second, us, BOOT_B, 50);
    fixture.end_us = add_entries(&second, us, BOOT_C, 100);
    fixture.directory = journal_make_directory();
    fixture.file = journal_make_file(fixture.directory, "system@one.journal", buf_span(&first));
    free(journal_make_file(fixture.directory, "system.journal", buf_span(&second)));
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    free(fixture.file);
    journal_remove_directory(fixture.directory);
    return 0;
}

/* --- the same entries as journalctl --- */

static struct buf journalctl(const char *arguments)
{
    struct buf command CLEANUP(buf_done_at) = { 0 }, cursors = { 0 };
    char line[4096];
    FILE *pipe;

    buf_printf(
        &command,
        "TZ=UTC journalctl -q -D %s -o export --output-fields=NUMBER --no-pager %s 2>/dev/null",
        fixture.directory, arguments);
    pipe = popen(command.data, "r");
    assert_non_null(pipe);
    while (fgets(line, sizeof(line), pipe)) {
        if (strncmp(line, "__CURSOR=", 9) == 0) {
            buf_add_string(&cursors, line + 9);
        }
    }
    (void)pclose(pipe);
    return cursors;
}

static struct buf cursors_of(const struct source_type *type, struct source *source)
{
    struct arena *arena CLEANUP(arena_free_at) = arena_new();
    struct buf cursors = { 0 };
    struct batch batch;
    position at;

    while (type->next(source, &batch) > 0) {
        size_t offset = 0;

        for (uint64_t i = 0; i < batch.n_records; i++) {
            struct entry entry;

            at = batch_locate(&batch, offset);
            assert_int_equal(batch_decode(&batch, at, arena, &entry), 1);
            while (offset < batch.bytes.size && batch_locate(&batch, offset) == at) {
                offset++;
            }
            buf_add(&cursors, entry.origin.cursor);
            buf_add_byte(&cursors, '\n');
            arena_clear(arena);
        }
    }
    return cursors;
}

static struct buf ours(struct journal_query *query)
{
    struct source_request request = { .query = query };
    const struct source_type *type;
    struct source *source;
    struct error error = { 0 };
    struct buf cursors;
    int r;

    query->directory = fixture.directory;
    r = source_open(&request, &type, &source, &error);
    if (r < 0) {
        if (r != -ENODATA) {
            fail_msg("%s", error.text);
        }
        return (struct buf){ 0 };
    }
    assert_string_equal(type->name, "journal");
    cursors = cursors_of(type, source);
    type->close(source);
    return cursors;
}

#define WORDS(...)                                                                                 \
    (const char *const[]){ __VA_ARGS__ }, N_ELEMENTS(((const char *const[]){ __VA_ARGS__ }))

static void test_same_as_journalctl(void **state)
{
    /* clang-format off */
    const struct {
        const char *arguments;
        struct { const char *const *words; size_t n; } units, identifiers, matches;
        const char *boot;
        bool dmesg;
        int64_t since_us, until_us; /* seconds behind the start; 0: none */
        uint64_t lines;
        int level; /* priority + 1; 0: all */
        int level_from;
        const char *invocation;
        const char *grep;
        enum grep_case grep_case;
    } rows[] = {
        { .arguments = "" },
        { "-u kubelet", .units = { WORDS("kubelet") } },
        { "-u kubelet.service -u containerd", .units = { WORDS("kubelet.service", "containerd") } },
        { "-u 'kube*'", .units = { WORDS("kube*") } },
        { "-u '*'", .units = { WORDS("*") } },
        { "-u kubepods.slice", .units = { WORDS("kubepods.slice") } },
        { "-u nosuch", .units = { WORDS("nosuch") } },
        { "-u 'nosuch*'", .units = { WORDS("nosuch*") } },
        { "-t kubelet -t systemd", .identifiers = { WORDS("kubelet", "systemd") } },
        { "-u kubelet -t systemd", .units = { WORDS("kubelet") }, .identifiers = { WORDS("systemd") } },
        { "_PID=19593", .matches = { WORDS("_PID=19593") } },
        { "_PID=1 _PID=77", .matches = { WORDS("_PID=1", "_PID=77") } },
        { "_PID=1 _UID=1000", .matches = { WORDS("_PID=1", "_UID=1000") } },
        { "_PID=1 + _UID=1000 NUMBER=2", .matches = { WORDS("_PID=1", "+", "_UID=1000", "NUMBER=2") } },
        { "-u kubelet _PID=1", .units = { WORDS("kubelet") }, .matches = { WORDS("_PID=1") } },
        { "-b", .boot = "" },
        { "-b 0", .boot = "0" },
        { "-b -1", .boot = "-1" },
        { "-b -2", .boot = "-2" },
        { "-b -3", .boot = "-3" },
        { "-b 1", .boot = "1" },
        { "-b 3", .boot = "3" },
        { "-b 4", .boot = "4" },
        { "-b " BOOT_B, .boot = BOOT_B },
        { "-b " BOOT_B "-1", .boot = BOOT_B "-1" },
        { "-b " BOOT_B "+1", .boot = BOOT_B "+1" },
        { "-b all", .boot = "all" },
        { "-k", .dmesg = true },
        { "-k -b -1", .dmesg = true, .boot = "-1" },
        { "-k -b all", .dmesg = true, .boot = "all" },
        { "-p 3", .level = 4 },
        { "-p err -u kubelet", .level = 4, .units = { WORDS("kubelet") } },
        { "-p 4..5", .level = 6, .level_from = 4 },
        { INVOCATION_MATCHES("0c"), .invocation = "", .units = { WORDS("kubelet") } },
        { INVOCATION_MATCHES("0b"), .invocation = "-1", .units = { WORDS("kubelet") } },
        { INVOCATION_MATCHES("00"), .invocation = "-12", .units = { WORDS("kubelet") } },
        { INVOCATION_MATCHES("01"), .invocation = "2", .units = { WORDS("kubelet") } },
        { "-b 1 " INVOCATION_MATCHES("09"), .invocation = "0", .units = { WORDS("kubelet") }, .boot = "1" },
        { INVOCATION_MATCHES("07"), .invocation = "5a1d35a0a8ea4bd9ba4f9d1bb0d6a907" },
        { INVOCATION_MATCHES("77"), .invocation = "5a1d35a0a8ea4bd9ba4f9d1bb0d6a977" },
        { INVOCATION_MATCHES("77"), .invocation = "14", .units = { WORDS("kubelet") } },
        { "-S '2023-11-14 22:14:20'", .since_us = 60 },
        { "-U '2023-11-14 22:14:20'", .until_us = 60 },
        { "-S @1700000100 -U @1700000200 -u kubelet", .since_us = 100, .until_us = 200, .units = { WORDS("kubelet") } },
        { "-S @1800000000", .since_us = 100000000 },
        { "-n 10", .lines = 10 },
        { "-n 700", .lines = 700 },
        { "-n 100000", .lines = 100000 },
        { "-n 5 -u kubelet", .lines = 5, .units = { WORDS("kubelet") } },
        { "-g kubelet", .grep = "kubelet" },
        { "-g 'PROCESS 19593'", .grep = "PROCESS 19593" },
        { "-g 'process 19593'", .grep = "process 19593" },
        { "-g 'process 19593' --case-sensitive", .grep = "process 19593", .grep_case = GREP_CASE_SENSITIVE },
        { "-g 'PROCESS 19593' --case-sensitive=no", .grep = "PROCESS 19593", .grep_case = GREP_CASE_ALIKE },
        { "-g '^(hello|time=)'", .grep = "^(hello|time=)" },
        { "-g '^$'", .grep = "^$" },
        { "-g ''", .grep = "" },
        { "-g nosuch", .grep = "nosuch" },
        { "-g exited -u kubelet -b 2", .grep = "exited", .units = { WORDS("kubelet") }, .boot = "2" },
        { "-g exited -S @1700000100 -U @1700000200", .grep = "exited", .since_us = 100, .until_us = 200 },
        { "-g hello -n 3 | tac", .grep = "hello", .lines = 3 }, /* it prints the last first */
        { "-g hello -n 3 -U @1700000200 | tac", .grep = "hello", .lines = 3, .until_us = 200 },
        { "-g hello -n 30 -S @1700000980 | tac", .grep = "hello", .lines = 30, .since_us = 980 },
    };
    /* clang-format on */

    (void)state;
    if (!fixture.directory) {
        skip();
    }
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct journal_query query = journal_query_empty();
        struct buf expected CLEANUP(buf_done_at) = journalctl(rows[i].arguments);
        struct buf got CLEANUP(buf_done_at) = { 0 };

        query.units = rows[i].units.words;
        query.n_units = rows[i].units.n;
        query.identifiers = rows[i].identifiers.words;
        query.n_identifiers = rows[i].identifiers.n;
        query.matches = rows[i].matches.words;
        query.n_matches = rows[i].matches.n;
        query.boot = rows[i].boot;
        query.dmesg = rows[i].dmesg;
        query.lines = rows[i].lines;
        query.priority = rows[i].level - 1;
        query.priority_from = rows[i].level_from;
        query.invocation = rows[i].invocation;
        query.grep = rows[i].grep;
        query.grep_case = rows[i].grep_case;
        if (rows[i].since_us) {
            query.since_us = START_US + rows[i].since_us * USEC_PER_SEC;
        }
        if (rows[i].until_us) {
            query.until_us = START_US + rows[i].until_us * USEC_PER_SEC;
        }
        got = ours(&query);
        if (!span_equal(buf_span(&expected), buf_span(&got))) {
            fail_msg("journalctl %s: %zu bytes of cursors, ours %zu", rows[i].arguments,
                     expected.size, got.size);
        }
    }
}

/* What journald leaves behind after a crash: the same entries in two files count once. */
static void test_twins(void **state)
{
    struct buf command CLEANUP(buf_done_at) = { 0 }, before CLEANUP(buf_done_at) = { 0 },
                       after CLEANUP(buf_done_at) = { 0 };
    struct journal_query query = journal_query_empty();

    (void)state;
    if (!fixture.directory) {
        skip();
    }
    before = ours(&query);
    buf_printf(&command, "cp %s '%s/system@0005.journal~'", fixture.file, fixture.directory);
    assert_int_equal(system(command.data), 0);
    after = ours(&query);
    assert_true(before.size && span_equal(buf_span(&before), buf_span(&after)));
    command.size = 0;
    buf_printf(&command, "%s/system@0005.journal~", fixture.directory);
    assert_int_equal(remove(command.data), 0);
}

/* --- finding entries again --- */

struct opened {
    const struct source_type *type;
    struct source *source;
};

static struct opened open_path(const char *path, struct source_request *request)
{
    struct opened opened;
    struct error error = { 0 };

    request->path = path;
    if (source_open(request, &opened.type, &opened.source, &error) < 0) {
        fail_msg("%s: %s", error.path, error.text);
    }
    return opened;
}

static uint64_t read_le64(const unsigned char *at)
{
    uint64_t value = 0;

    for (int i = 7; i >= 0; i--) {
        value = value << 8 | at[i];
    }
    return value;
}

/* Adds to the numbers of the entries written from that time on, as if others had stood before
 * them. Objects follow each other, on multiples of 8 bytes: type, size at 8; an entry (type 3) has
 * its number at 16 and its time at 24. */
static void skip_numbers(const char *path, int64_t from_us, uint64_t by)
{
    struct buf bytes CLEANUP(buf_done_at) = { 0 };
    FILE *file = fopen(path, "r+b");
    unsigned char *data;
    size_t n, at;

    while ((n = fread(buf_reserve(&bytes, 65536), 1, 65536, file)) > 0) {
        bytes.size += n;
    }
    data = (unsigned char *)bytes.data;
    for (at = read_le64(data + 88); at + 64 < bytes.size && read_le64(data + at + 8);
         at += (read_le64(data + at + 8) + 7) & ~7ULL) {
        uint64_t number = read_le64(data + at + 16);

        if (data[at] != 3 || (int64_t)read_le64(data + at + 24) < from_us) {
            continue;
        }
        number += by;
        for (int i = 0; i < 8; i++) {
            data[at + 16 + (size_t)i] = (unsigned char)(number >> 8 * i);
        }
    }
    rewind(file);
    assert_int_equal(fwrite(bytes.data, 1, bytes.size, file), bytes.size);
    assert_int_equal(fclose(file), 0);
}

static void test_missing_boot(void **state)
{
    static const struct {
        uint64_t by;
        bool missing;
    } rows[] = { { 0, false }, { 50, false }, { 5000, true } };

    (void)state;
    if (!fixture.directory) {
        skip();
    }
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct notes *notes CLEANUP(notes_free_at) = notes_new();
        struct source_request request = { .notes = notes };
        struct buf text CLEANUP(buf_done_at) = { 0 };
        char *directory = journal_make_directory(), *path;
        struct opened opened;

        (void)add_entries(&text, add_entries(&text, START_US, BOOT_A, 10), BOOT_B, 10);
        path = journal_make_file(directory, "system.journal", buf_span(&text));
        skip_numbers(path, START_US + 10 * USEC_PER_SEC, rows[i].by);
        opened = open_path(path, &request);
        opened.type->close(opened.source);
        assert_int_equal(notes_count(notes), rows[i].missing);
        if (rows[i].missing) {
            assert_int_equal(notes_get(notes, 0)->kind, NOTE_MISSING_BOOT);
        }
        free(path);
        journal_remove_directory(directory);
    }
}

/* Every kind of file that systemd can be told to write; objects are compressed as it was built. */
static void test_kinds_of_files(void **state)
{
    struct buf text CLEANUP(buf_done_at) = { 0 }, fields CLEANUP(buf_done_at) = { 0 };

    (void)state;
    if (!fixture.directory) {
        skip();
    }
    buf_add_string(&fields, "MESSAGE="); /* long enough to be compressed */
    for (int i = 0; i < 300; i++) {
        buf_printf(&fields, "F0407 Running with swap on is not supported %d ", i);
    }
    buf_add_string(&fields, "\n");
    journal_add_entry(&text, START_US, BOOT_A, fields.data);
    for (size_t i = 0; i < 4; i++) {
        struct source_request request = { 0 };
        char *directory = journal_make_directory(), *path;
        struct opened opened;
        struct batch batch;

        (void)setenv("SYSTEMD_JOURNAL_COMPACT", i & 1 ? "1" : "0", 1);
        (void)setenv("SYSTEMD_JOURNAL_KEYED_HASH", i & 2 ? "1" : "0", 1);
        path = journal_make_file(directory, "system.journal", buf_span(&text));
        opened = open_path(path, &request);
        assert_int_equal(opened.type->next(opened.source, &batch), 1);
        assert_true(span_starts(batch.bytes, SPAN("F0407 Running with swap on")));
        assert_int_equal(batch.bytes.size, fields.size - strlen("MESSAGE="));
        opened.type->close(opened.source);
        free(path);
        journal_remove_directory(directory);
    }
    (void)unsetenv("SYSTEMD_JOURNAL_COMPACT");
    (void)unsetenv("SYSTEMD_JOURNAL_KEYED_HASH");
}

static struct span line_at(struct span bytes, size_t offset)
{
    struct span rest = span_skip(bytes, offset), line = { 0 };

    (void)span_cut(&rest, '\n', &line);
    return line;
}

/* The entry at the position must say what the batch has at the offset. */
static void check_entry(const struct batch *batch, position at, size_t offset, struct arena *arena)
{
    struct entry entry;

    assert_int_equal(batch_decode(batch, at, arena, &entry), 1);
    assert_true(span_equal(entry.raw, line_at(batch->bytes, offset)));
    arena_clear(arena);
}

/* Jumps about as no caller does. */
static void jump_about(const struct batch *batch, struct arena *arena)
{
    uint32_t random = 12345;

    for (int i = 0; i < 2000; i++) {
        position at, next;
        size_t offset, size;

        random = random * 1664525 + 1013904223;
        offset = (random >> 8) % batch->bytes.size;
        while (offset && batch->bytes.data[offset - 1] != '\n') {
            offset--;
        }
        size = line_at(batch->bytes, offset).size + 1;
        at = batch_locate(batch, offset);
        assert_int_equal(batch_locate(batch, offset + size - 1), at);
        check_entry(batch, at, offset, arena);
        if (batch_step(batch, at, 1, &next) == 1) {
            check_entry(batch, next, offset + size, arena);
        } else {
            assert_int_equal(offset + size, batch->bytes.size);
        }
    }
}

static void test_random_access(void **state)
{
    static const char *const units[] = { "kubelet", "kubepods.slice" };
    static const struct {
        size_t n_units;
        uint64_t lines, n;
        const char *grep;
    } rows[] = {
        { 0, 0, 1100, NULL }, { 0, 321, 321, NULL },    { 1, 0, 493, NULL },    { 2, 0, 614, NULL },
        { 2, 77, 77, NULL },  { 0, 0, 490, "kubelet" }, { 0, 9, 9, "kubelet" },
    };
    struct arena *arena CLEANUP(arena_free_at) = arena_new();

    (void)state;
    if (!fixture.directory) {
        skip();
    }
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct journal_query query = journal_query_empty();
        struct source_request request = { .query = &query };
        struct opened opened;
        struct batch batch;

        query.units = units;
        query.n_units = rows[i].n_units;
        query.lines = rows[i].lines;
        query.grep = rows[i].grep;
        opened = open_path(fixture.directory, &request);
        assert_int_equal(opened.type->next(opened.source, &batch), 1);
        assert_int_equal(batch.n_records, rows[i].n);
        jump_about(&batch, arena);
        assert_int_equal(opened.type->next(opened.source, &batch), 0);
        opened.type->close(opened.source);
    }
}

static void test_facts(void **state)
{
    struct source_request request = { 0 };
    struct source_facts facts;
    struct opened opened;
    struct batch batch;
    uint64_t n = 0;

    (void)state;
    if (!fixture.directory) {
        skip();
    }
    opened = open_path(fixture.directory, &request);
    while (opened.type->next(opened.source, &batch) > 0) {
        n += batch.n_records;
    }
    assert_int_equal(n, 1100);
    opened.type->describe(opened.source, &facts);
    assert_string_equal(facts.name, fixture.directory);
    assert_string_equal(facts.format, "journal-file");
    assert_int_equal(facts.first.time_us, START_US);
    assert_int_equal(facts.last.time_us, fixture.end_us - USEC_PER_SEC);
    opened.type->close(opened.source);
}

/* More than one batch: what is before the batch can still be stepped to. */
static void test_many_batches(void **state)
{
    struct arena *arena CLEANUP(arena_free_at) = arena_new();
    char *directory, *file;
    struct buf text CLEANUP(buf_done_at) = { 0 };
    struct source_request request = { 0 };
    struct opened opened;
    struct batch batch;
    int n_batches = 0;
    int64_t n = 0;

    (void)state;
    if (!journal_available()) {
        skip();
    }
    for (int i = 0; i < 400; i++) {
        struct buf fields CLEANUP(buf_done_at) = { 0 };

        buf_printf(&fields, "MESSAGE=%d %*s\n_PID=1\n", i, 40000, "end");
        journal_add_entry(&text, START_US + i, BOOT_A, fields.data);
    }
    directory = journal_make_directory();
    file = journal_make_file(directory, "long.journal", buf_span(&text));
    opened = open_path(file, &request);
    while (opened.type->next(opened.source, &batch) > 0) {
        struct entry entry;
        position before;

        assert_int_equal(batch_locate(&batch, 0), n);
        if (n_batches++) {
            assert_int_equal(batch_step(&batch, n, -1, &before), 1);
            assert_int_equal(batch_decode(&batch, before, arena, &entry), 1);
            assert_int_equal(entry.when.time_us, START_US + n - 1);
        } else {
            assert_int_equal(batch_step(&batch, 0, -1, &before), 0);
        }
        n += (int64_t)batch.n_records;
    }
    assert_int_equal(n, 400);
    assert_true(n_batches > 2);
    opened.type->close(opened.source);
    free(file);
    journal_remove_directory(directory);
}

/* journald cuts at newlines; other processes speak in between. */
static void test_joins_values(void **state)
{
    static const char *const lines[] = {
        "MESSAGE=I0207 22:20:04.917220   12997 swap_util.go:115] \"Swap is on\" /proc/swaps "
        "contents=<\n_PID=12997\n",
        "MESSAGE=\tFilename\tType\n_PID=12997\n",
        "MESSAGE=somebody else\n_PID=5\n",
        "MESSAGE=\t/dev/sda5\tpartition\n_PID=12997\n",
        "MESSAGE= >\n_PID=12997\n",
        "MESSAGE=next\n_PID=12997\n",
        "MESSAGE=I0207 22:20:05.000000   12997 a.go:1] cut=<\n_PID=12997\n",
        "MESSAGE=E0207 22:20:05.000000   12997 b.go:2] \"new\"\n_PID=12997\n",
    };
    struct arena *arena CLEANUP(arena_free_at) = arena_new();
    struct buf text CLEANUP(buf_done_at) = { 0 };
    struct source_request request = { 0 };
    struct opened opened;
    struct batch batch;
    struct entry entry;
    char *directory, *file;

    (void)state;
    if (!journal_available()) {
        skip();
    }
    for (size_t i = 0; i < N_ELEMENTS(lines); i++) {
        journal_add_entry(&text, START_US + (int64_t)i, BOOT_A, lines[i]);
    }
    directory = journal_make_directory();
    file = journal_make_file(directory, "joined.journal", buf_span(&text));
    opened = open_path(file, &request);
    assert_int_equal(opened.type->next(opened.source, &batch), 1);
    assert_int_equal(batch_decode(&batch, 0, arena, &entry), 1);
    assert_true(
        span_ends(entry.message, SPAN("contents=<\n\tFilename\tType\n\t/dev/sda5\tpartition\n >")));
    assert_true(span_ends(entry.raw, SPAN("contents=<")));
    assert_int_equal(batch_decode(&batch, 1, arena, &entry), 1);
    assert_true(span_is(entry.message, "\tFilename\tType"));
    assert_int_equal(batch_decode(&batch, 6, arena, &entry), 1);
    assert_true(span_ends(entry.message, SPAN("cut=<")));
    opened.type->close(opened.source);
    free(file);
    journal_remove_directory(directory);
}

/* --- where journals lie --- */

static void test_places(void **state)
{
    struct buf root CLEANUP(buf_done_at) = { 0 }, below CLEANUP(buf_done_at) = { 0 };
    struct buf glob CLEANUP(buf_done_at) = { 0 }, command CLEANUP(buf_done_at) = { 0 };
    char *directory;

    (void)state;
    if (!fixture.directory) {
        skip();
    }
    directory = journal_make_directory();
    buf_printf(&root, "%s/root", directory);
    buf_printf(&below, "%s/var/log/journal", root.data);
    buf_printf(&glob, "%s/*.journal", fixture.directory);
    buf_printf(&command, "mkdir -p %s && cp -r %s %s/0123456789abcdef0123456789abcdef", below.data,
               fixture.directory, below.data);
    assert_int_equal(system(command.data), 0);
    {
        const char *const both[] = { glob.data }, *const one[] = { fixture.file };
        const struct {
            const char *path, *directory, *root;
            const char *const *file;
            uint64_t n;
        } rows[] = {
            { .path = fixture.directory, .n = 1100 },
            { .path = fixture.file, .n = 950 },
            { .path = below.data, .n = 1100 },
            { .directory = fixture.directory, .n = 1100 },
            { .root = root.data, .n = 1100 },
            { .file = both, .n = 1100 },
            { .file = one, .n = 950 },
            { .path = fixture.file, .directory = fixture.directory, .n = 950 },
        };

        for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
            struct journal_query query = journal_query_empty();
            struct source_request request = { .query = &query };
            struct opened opened;
            struct batch batch;

            query.directory = rows[i].directory;
            query.root = rows[i].root;
            query.files = rows[i].file;
            query.n_files = rows[i].file != NULL;
            opened = open_path(rows[i].path, &request);
            assert_int_equal(opened.type->next(opened.source, &batch), 1);
            assert_int_equal(batch.n_records, rows[i].n);
            opened.type->close(opened.source);
        }
    }
    journal_remove_directory(directory);
}

/* --- what cannot be read --- */

static void test_errors(void **state)
{
    char *empty = journal_make_directory();
    const struct {
        const char *directory;
        const char *match;
        const char *boot;
        int code;
        const char *sentence;
    } rows[] = {
        { "/nonexistent", NULL, NULL, -ENOENT, "no such file" },
        { empty, NULL, NULL, -ENOENT, "contains no journal files" },
        { "/dev/null", NULL, NULL, -EBADFD, "" }, /* some errno of sd-journal */
        { fixture.directory, "nonsense", NULL, -EINVAL, "invalid match 'nonsense'" },
        { fixture.directory, "+", NULL, -EINVAL, "'+' must be between two matches" },
        { fixture.directory, NULL, "yesterday", -EINVAL, "invalid boot 'yesterday'" },
        { fixture.directory, NULL, "-9", -ENODATA, "the journal has no boot '-9' (it has 3)" },
        { fixture.directory, "_PID=2", NULL, -ENODATA,
          "_PID=2: no entry matches; the journal contains 3 boots, the last " BOOT_C " from 2023" },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct journal_query query = journal_query_empty();
        struct source_request request = { .query = &query };
        const struct source_type *type;
        struct source *source;
        struct error error = { 0 };
        int r;

        if (!rows[i].directory) {
            continue;
        }
        query.directory = rows[i].directory;
        query.matches = &rows[i].match;
        query.n_matches = rows[i].match != NULL;
        query.boot = rows[i].boot;
        r = source_open(&request, &type, &source, &error);
        if ((r != rows[i].code && rows[i].code != -EBADFD) || r >= 0 ||
            !span_starts(span_of(error.text), span_of(rows[i].sentence))) {
            fail_msg("row %zu: %d %s", i, r, error.text);
        }
    }
    journal_remove_directory(empty);
}

/* Reads all of it, whatever is in it. Entries may be missing, but never without a word. How many.
 */
static uint64_t read_damaged(const char *path, uint64_t n_sound)
{
    struct notes *notes CLEANUP(notes_free_at) = notes_new();
    struct arena *arena CLEANUP(arena_free_at) = arena_new();
    struct source_request request = { .path = path, .notes = notes };
    const struct source_type *type;
    struct source *source;
    struct error error = { 0 };
    struct batch batch;
    uint64_t n = 0;

    if (source_open(&request, &type, &source, &error) < 0) {
        assert_true(error.text[0]);
        return 0;
    }
    while (type->next && type->next(source, &batch) > 0) {
        for (uint64_t i = 0; i < batch.n_records; i++, n++) {
            struct entry entry;

            (void)batch_decode(&batch, batch_locate(&batch, 0) + (position)i, arena, &entry);
            arena_clear(arena);
        }
    }
    if (type->next && n < n_sound) {
        assert_true(notes_count(notes) > 0);
    }
    type->close(source);
    return n;
}

static struct buf slurp(const char *path)
{
    struct buf bytes = { 0 };
    FILE *file = fopen(path, "rb");
    size_t n;

    assert_non_null(file);
    while ((n = fread(buf_reserve(&bytes, 65536), 1, 65536, file)) > 0) {
        bytes.size += n;
    }
    (void)fclose(file);
    return bytes;
}

static void spill(const char *path, struct span bytes)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes.data, 1, bytes.size, file), bytes.size);
    assert_int_equal(fclose(file), 0);
}

/* The next place worth damaging: all of the header but its count of entries, else what is not zero.
 */
static size_t next_place(struct span bytes, size_t at)
{
    if (at >= 152 && at < 160) {
        at = 160;
    }
    while (at < bytes.size && at > 300 && !bytes.data[at]) {
        at++;
    }
    return at;
}

static void flip(const char *path, size_t at, char byte)
{
    FILE *file = fopen(path, "r+b");

    assert_non_null(file);
    assert_int_equal(fseek(file, (long)at, SEEK_SET), 0);
    assert_int_equal(fputc((unsigned char)~byte, file), (unsigned char)~byte);
    assert_int_equal(fclose(file), 0);
}

enum {
    N_FIRST = 950,
    N_CUTS = 40,
    N_FLIPS = 400
};

/* Of a file that was cut, what stands before the cut is read. journald makes files larger than
 * their entries, so that cutting off the last of it costs none. */
static void test_cut(void **state)
{
    struct buf bytes CLEANUP(buf_done_at) = { 0 }, path CLEANUP(buf_done_at) = { 0 };
    char *directory;
    uint64_t n = 0, before = 0;

    (void)state;
    if (!fixture.directory) {
        skip();
    }
    directory = journal_make_directory();
    bytes = slurp(fixture.file);
    buf_printf(&path, "%s/cut.journal", directory);
    (void)alarm(120); /* a hang is a failure, too */
    for (size_t i = 0; i < N_CUTS; i++) {
        spill(path.data, span_head(buf_span(&bytes), bytes.size / N_CUTS * i + i));
        n = read_damaged(path.data, N_FIRST);
        assert_true(n >= before);
        before = n;
    }
    (void)alarm(0);
    assert_int_equal(n, N_FIRST);
    journal_remove_directory(directory);
}

static void test_damage(void **state)
{
    struct buf bytes CLEANUP(buf_done_at) = { 0 }, path CLEANUP(buf_done_at) = { 0 };
    char *directory;
    size_t n = 0;

    (void)state;
    if (!fixture.directory) {
        skip();
    }
    directory = journal_make_directory();
    bytes = slurp(fixture.file);
    buf_printf(&path, "%s/damaged.journal", directory);
    (void)alarm(120);
    for (size_t at = 8; (at = next_place(buf_span(&bytes), at)) < bytes.size;
         at += at < 300 ? 7 : bytes.size / N_FLIPS) {
        if (n++ % 3 == 0) { /* damage adds up over three */
            spill(path.data, buf_span(&bytes));
        }
        flip(path.data, at, bytes.data[at]);
        read_damaged(path.data, N_FIRST);
    }
    (void)alarm(0);
    /* The header alone has so many places; how full the file is depends on the machine. */
    assert_true(n > 40);
    journal_remove_directory(directory);
}

/* A damaged file beside good ones is named, and the good ones are read. */
static void test_damaged_neighbour(void **state)
{
    struct notes *notes CLEANUP(notes_free_at) = notes_new();
    struct source_request request = { .notes = notes };
    struct buf path CLEANUP(buf_done_at) = { 0 };
    struct opened opened;
    struct batch batch;

    (void)state;
    if (!fixture.directory) {
        skip();
    }
    buf_printf(&path, "%s/broken.journal", fixture.directory);
    spill(path.data, SPAN("LPKSHHRH and then nothing"));
    opened = open_path(fixture.directory, &request);
    assert_int_equal(opened.type->next(opened.source, &batch), 1);
    assert_int_equal(batch.n_records, 1100);
    assert_int_equal(notes_count(notes), 1);
    assert_int_equal(notes_get(notes, 0)->kind, NOTE_UNREADABLE);
    assert_true(span_equal(notes_get(notes, 0)->where, buf_span(&path)));
    opened.type->close(opened.source);
    (void)remove(path.data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_as_journalctl),
        cmocka_unit_test(test_twins),
        cmocka_unit_test(test_missing_boot),
        cmocka_unit_test(test_kinds_of_files),
        cmocka_unit_test(test_random_access),
        cmocka_unit_test(test_facts),
        cmocka_unit_test(test_many_batches),
        cmocka_unit_test(test_joins_values),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_cut),
        cmocka_unit_test(test_damage),
        cmocka_unit_test(test_damaged_neighbour),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
