#include "format_test.h"

#include "base/buf.h"
#include "base/limits.h"
#include "entry/direction.h"
#include "format/reader.h"

#include <time.h>

#include <errno.h>

/* Bytes that arrive in pieces, or that are made up as they are read. */
struct input {
    struct span rest;
    size_t piece;      /* 0: as much as asked for */
    uint64_t n_repeat; /* how often `rest` comes again */
    struct span whole;
};

static int64_t read_input(void *source, char *buffer, size_t size)
{
    struct input *input = source;
    struct span piece;

    if (input->rest.size == 0 && input->n_repeat > 0) {
        input->n_repeat--;
        input->rest = input->whole;
    }
    piece = span_head(input->rest, input->piece && input->piece < size ? input->piece : size);
    if (piece.size) {
        memcpy(buffer, piece.data, piece.size);
    }
    input->rest = span_skip(input->rest, piece.size);
    return (int64_t)piece.size;
}

static struct reader *open_input(struct input *input, struct notes *notes)
{
    const struct reader_options options = {
        .name = "test",
        .file_time_us = TIME_UNKNOWN,
        .notes = notes,
        .read = read_input,
        .source = input,
    };

    return reader_new(&options);
}

/* `line|message` of every entry, one a line. */
static void dump(struct span text, size_t piece, struct buf *ret)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    struct input input = { .rest = text, .piece = piece };
    CLEANUP(reader_free_at) struct reader *reader = open_input(&input, NULL);
    struct batch batch;

    while (reader_next(reader, &batch) > 0) {
        position at = batch_locate(&batch, 0);

        reader_set_newest_first(reader, direction_newest_first(&batch));

        do {
            struct entry entry;

            if (batch_decode(&batch, at, arena, &entry) <= 0) {
                continue;
            }
            buf_printf(ret, "%d|", (int)entry.origin.line);
            buf_add(ret, entry.message);
            buf_add_byte(ret, '\n');
        } while (batch_step(&batch, at, 1, &at) > 0);
    }
}

#define J    "Apr 07 22:06:29 h kubelet[7]: "
#define C    "2024-06-12T13:46:40.1Z stderr F "
#define WIDE "x 3456789 123456789 123456789 123456789 123456789 123456789 12345"

static void texts(void **state)
{
    const struct {
        struct span text;
        const char *expected;
    } rows[] = {
        { SPAN(""), "" },
        { SPAN("\n\n"), "" },
        { SPAN("x"), "1|x\n" },
        { SPAN(J "a\n" J "b\n"), "1|a\n2|b\n" },
        { SPAN(J "a\r\n" J "b\r\n"), "1|a\n2|b\n" },
        { SPAN("\xef\xbb\xbf" J "a\n"), "1|a\n" },
        { SPAN("\xff\xfe"
               "x\0\n\0\xe9\0\n\0"),
          "1|x\n2|\xc3\xa9\n" },
        { SPAN("\xfe\xff"
               "\0x\0\n\xd8\x3d\xde\x00\0\n"),
          "1|x\n2|\xf0\x9f\x98\x80\n" },
        { SPAN("\x1b[31m" J "a\x1b[0mb\n"), "1|ab\n" },
        { SPAN("> " J "a\n> " J "b\n"), "1|a\n2|b\n" },
        { SPAN("```\n" J "a\n```\n"), "2|a\n" },
        /* lines that belong to the one before, and lines that do not */
        { SPAN(J "a\n                      more\n" J "b\n"),
          "1|a\n                      more\n3|b\n" },
        { SPAN(J "a\nerror: text of its own\n" J "b\n"), "1|a\n2|error: text of its own\n3|b\n" },
        { SPAN("F0407 22:06:29.5 1 a.go:1] died\ngoroutine 1 [running]:\nmain.main()\n\t/a.go:1\n"),
          "1|died\ngoroutine 1 [running]:\nmain.main()\n\t/a.go:1\n" },
        /* what is no entry */
        { SPAN("-- Logs begin at Sun 2019-04-07 20:03:02 PDT, end at Sun 2019-04-07 22:08:53 PDT. "
               "--\n" J "a\n-- Reboot --\n" J "b\n"),
          "2|a\n4|b\n" },
        /* mixed: a shell, the kernel, klog */
        { SPAN(J "a\n# dmesg | tail\n[  1.500000] Out of memory\nE0407 22:06:29.5 1 a.go:1] b\n"),
          "1|a\n2|# dmesg | tail\n3|Out of memory\n4|b\n" },
        /* things glued in front */
        { SPAN("Line 812: E0407 22:06:29.5 1 a.go:1] b\n"), "1|b\n" },
        { SPAN("/var/log/k.log:E0407 22:06:29.5 1 a.go:1] b\n"), "1|b\n" },
        { SPAN("172.20.191.184: E0407 22:06:29.5 1 a.go:1] b\n"), "1|b\n" },
        { SPAN("7/29/2017 11:23:35 PMW0729 21:23:35.4 1 a.go:1] b\n"), "1|b\n" },
        { SPAN("        \"" J "say \\\"a\\\"\", \n"), "1|say \"a\"\n" },
        /* a value that journald split, also when the newest stands first */
        { SPAN(J "I0207 22:20:04.9 7 s.go:1] \"Swap is on\" contents=<\n" J "\tName\n" J
                 "\t/dev/a\n" J " >\n" J "E0207 22:20:04.9 7 r.go:1] \"x\"\n"),
          "1|Swap is on contents=Name\n/dev/a\n2|\tName\n3|\t/dev/a\n4| >\n5|x\n" },
        { SPAN(J "E0207 22:20:04.9 7 r.go:1] \"x\"\n" J " >\n" J "\t/dev/a\n" J "\tName\n" J
                 "I0207 22:20:04.9 7 s.go:1] \"Swap is on\" contents=<\n"),
          "1|x\n2| >\n3|\t/dev/a\n4|\tName\n5|Swap is on contents=Name\n/dev/a\n" },
        /* hard wraps: two records that fill the width */
        { SPAN(J WIDE "\nmore\n" J WIDE "\nover\n" J "b\n"),
          "1|" WIDE "more\n3|" WIDE "over\n5|b\n" },
        /* and none: one only, and not inside of anything */
        { SPAN(J WIDE "\nmore\n" J "b\n"), "1|" WIDE "\n2|more\n3|b\n" },
        { SPAN(J WIDE " (\nmore)\n" J "b\n"), "1|" WIDE " (more)\n3|b\n" },
        /* a block of gRPC, whose last line says why; and a brace that nobody closes */
        { SPAN(J "W0927 21:01:18.0 7 l.go:59] [core] grpc: failed to connect to {\n" J
                 "  \"Addr\": \"\",\n" J "}. Err: missing address\n" J "b\n"),
          "1|[core] grpc: failed to connect to {\n  \"Addr\": \"\",\n}. Err: missing address\n"
          "2|  \"Addr\": \"\",\n3|}. Err: missing address\n4|b\n" },
        { SPAN(J "W0927 21:01:18.0 7 l.go:59] x {\n" J "  a\n" J "b\n"), "1|x {\n2|  a\n3|b\n" },
        /* values, with pairs behind them, and lines of others in between */
        { SPAN(J "E0927 21:01:18.0 7 r.go:72] \"command failed\" err=<\n" J "\tfirst\n"
                 "Apr 07 22:06:29 h other[9]: x\n" J "\tsecond\n" J " > pod=\"a/b\"\n"),
          "1|command failed err=first\nsecond pod=a/b\n2|\tfirst\n3|x\n4|\tsecond\n"
          "5| > pod=\"a/b\"\n" },
        /* the value's end is missing */
        { SPAN(J "E0927 21:01:18.0 7 r.go:72] \"command failed\" err=<\n" J "\tfirst\n" J
                 "I0927 21:01:18.1 7 r.go:72] next\n"),
          "1|command failed err=first\n2|\tfirst\n3|next\n" },
        /* the same in a file without journald, and in container logs */
        { SPAN("E0927 21:01:18.0 7 r.go:72] \"x\" err=<\n\tfirst\n >\nI0927 21:01:18.1 7 r.go:72] "
               "b\n"),
          "1|x err=first\n4|b\n" },
        { SPAN(C "E0927 21:01:18.0 7 r.go:72] \"x\" err=<\n" C "\tfirst\n" C " >\n"),
          "1|x err=first\n2|\tfirst\n3| >\n" },
        /* Go's runtime */
        { SPAN(J "panic: runtime error: x\n" J "\tpanic: again\n" J "goroutine 1 [running]:\n"),
          "1|panic: runtime error: x\n2|\tpanic: again\n3|goroutine 1 [running]:\n" },
        /* colours in JSON */
        { SPAN("{\"MESSAGE\":[27,91,51,49,109,97,98,27,91,48,109],\"_BOOT_ID\":\"1\"}\n"),
          "1|ab\n" },
        { SPAN("{\n\t\"_BOOT_ID\" : \"1\",\n\t\"MESSAGE\" : [\n\t\t97,\n\t\t10,\n\t\t98\n\t]\n}\n"
               "{\n\t\"_BOOT_ID\" : \"1\",\n\t\"MESSAGE\" : \"c\"\n}\n"),
          "1|a\nb\n9|c\n" },
        { SPAN("MESSAGE\n\5\0\0\0\0\0\0\0\x1b[1ma\n__REALTIME_TIMESTAMP=1\n\n"), "1|a\n" },
        /* without a byte order mark */
        { SPAN("a\0b\0\n\0c\0\n\0"), "1|ab\n2|c\n" },
        { SPAN("\0a\0b\0\n\0c\0\n"), "1|ab\n2|c\n" },
        { SPAN("-- Boot 5f3c0ffeec0ffee05f3c0ffeec0ffee0 --\n" J "a\n"), "2|a\n" },
        { SPAN("kubelet.log-812-E0407 22:06:29.5 1 a.go:1] b\n--\n"), "1|b\n" },
        { SPAN("a\0b\n" J "c\n"), "1|a\0b\n2|c\n" },
        { SPAN("\xff\xff\n" J "c\n"), "1|\xff\xff\n2|c\n" },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        CLEANUP(buf_done_at) struct buf whole = { 0 };
        CLEANUP(buf_done_at) struct buf bytewise = { 0 };

        dump(rows[i].text, 0, &whole);
        dump(rows[i].text, 1, &bytewise);
        assert_true(span_equal(buf_span(&whole), buf_span(&bytewise)));
        if (strcmp(whole.data ? whole.data : "", rows[i].expected) != 0) {
            fail_msg("row %zu: want\n%s\ngot\n%s", i, rows[i].expected, whole.data);
        }
    }
}

/* Every record of a big log is in exactly one batch, found from any byte of it, and has its line.
 */
static void batches(void **state)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    struct input input = { 0 };
    struct batch batch;
    uint64_t n_records = 0, n_bytes = 0;
    int n_batches = 0;

    (void)state;
    for (int i = 1; i <= 60000; i++) {
        buf_printf(&text, J "record %d of a log that is longer than a block\n", i);
    }
    input.rest = buf_span(&text);
    CLEANUP(reader_free_at) struct reader *reader = open_input(&input, NULL);
    while (reader_next(reader, &batch) > 0) {
        const size_t offsets[] = { 0, batch.bytes.size / 2, batch.bytes.size - 1 };

        for (size_t i = 0; i < N_ELEMENTS(offsets); i++) {
            position at = batch_locate(&batch, offsets[i]), back;
            struct entry entry, before;
            int64_t line;

            arena_clear(arena);
            assert_int_equal(batch_decode(&batch, at, arena, &entry), 1);
            assert_int_equal(sscanf(entry.message.data, "record %" SCNd64, &line), 1);
            assert_int_equal(entry.origin.line, line);
            assert_true(span_starts(span_skip(buf_span(&text), entry.origin.offset), entry.raw));
            if (batch_step(&batch, at, -1, &back) > 0) {
                assert_int_equal(batch_decode(&batch, back, arena, &before), 1);
                assert_int_equal(before.origin.line, line - 1);
            } else {
                assert_int_equal(line, 1);
            }
        }
        n_records += batch.n_records;
        n_bytes += batch.bytes.size;
        n_batches++;
    }
    assert_int_equal(n_records, 60000);
    assert_int_equal(n_bytes, text.size);
    assert_int_equal(reader_facts(reader).lines, 60000);
    assert_true(n_batches > 2);
}

/* 100 MiB without a newline: cut, noted, and the line behind it is still line 2. */
static void long_line(void **state)
{
    CLEANUP(notes_free_at) struct notes *notes = notes_new();
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    static char chunk[1024 * 1024];
    struct input input = { .whole = { chunk, sizeof(chunk) }, .n_repeat = 100 };
    CLEANUP(reader_free_at) struct reader *reader = open_input(&input, notes);
    struct batch batch;
    struct entry entry = entry_empty();

    (void)state;
    memset(chunk, 'x', sizeof(chunk));
    while (reader_next(reader, &batch) > 0) {
        assert_true(batch.bytes.size <= LIMIT_LINE_BYTES + 1);
        assert_int_equal(batch_decode(&batch, batch_locate(&batch, 0), arena, &entry), 1);
    }
    assert_true(entry.cut);
    assert_int_equal(entry.message.size, LIMIT_LINE_BYTES);
    assert_int_equal(notes_count(notes), 1);
    assert_int_equal(notes_get(notes, 0)->kind, NOTE_LINE_CUT);
    assert_int_equal(notes_get(notes, 0)->count, 1);
    assert_int_equal(reader_facts(reader).bytes, 100 * sizeof(chunk));
}

static void years(void **state)
{
    const struct {
        struct span text;
        int64_t file_time_us;
        const char *from;
        int year;
    } rows[] = {
        { SPAN("-- Logs begin at Sun 2019-04-07 20:03:02 PDT, end at Sun 2019-04-07 22:08:53 PDT. "
               "--\n" J "a\n"),
          TIME_UNKNOWN, "header", 2019 },
        { SPAN("-- Journal begins at Sun 2019-04-07 20:03:02 PDT, ends at Sun 2019-01-07 22:08:53 "
               "PDT. --\n" J "a\n"),
          TIME_UNKNOWN, "header", 2018 },
        { SPAN(J "a\n"), 1559400000 * (int64_t)USEC_PER_SEC, "file-time", 2019 },
        { SPAN(J "a\n"), 1548000000 * (int64_t)USEC_PER_SEC, "file-time", 2018 },
        { SPAN(J "a\n"), TIME_UNKNOWN, "unknown", 2000 },
        { SPAN("2024-06-12T13:46:40+0000 n k[1]: x\n"), 1548000000 * (int64_t)USEC_PER_SEC, "stamp",
          2024 },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct input input = { .rest = rows[i].text };
        const struct reader_options options = { .name = "test",
                                                .file_time_us = rows[i].file_time_us,
                                                .read = read_input,
                                                .source = &input };
        CLEANUP(reader_free_at) struct reader *reader = reader_new(&options);
        struct batch batch;
        struct reader_facts facts;

        assert_int_equal(reader_next(reader, &batch), 1);
        facts = reader_facts(reader);
        assert_string_equal(facts.year_from, rows[i].from);
        assert_int_equal(civil_from_us(facts.first.time_us).year, rows[i].year);
        assert_int_equal(facts.first.time_us, facts.last.time_us);
    }
}

/* The notes of an input, `kind:line:count` with blanks between. */
static void collect_notes(struct span text, struct buf *ret)
{
    CLEANUP(notes_free_at) struct notes *notes = notes_new();
    struct input input = { .rest = text };
    CLEANUP(reader_free_at) struct reader *reader = open_input(&input, notes);
    struct batch batch;

    while (reader_next(reader, &batch) > 0) {
        ;
    }
    for (size_t i = 0; i < notes_count(notes); i++) {
        const struct note *note = notes_get(notes, i);

        buf_printf(ret, "%s%s:%d:%d", i ? " " : "", note_kind_name(note->kind),
                   (int)note->first_line, (int)note->count);
    }
    buf_add_string(ret, "");
}

#define ISO "2024-06-12T13:46:40+0000 n k[1]: "

static void trouble(void **state)
{
    const struct {
        struct span text;
        const char *expected;
    } rows[] = {
        { SPAN(ISO "a\n"), "" },
        { SPAN(ISO "cut by a pager, as less -S does>\n" ISO "b\n" ISO "and again, and agai>\n"),
          "pager-cut:1:2" },
        { SPAN(ISO "a\n" ISO "cut by systemctl\xe2\x80\xa6\n"), "pager-cut:2:1" },
        { SPAN(ISO "x err=<\n" ISO " >\n" ISO "y=<nil>\n" ISO "-->\n"), "" },
        { SPAN(ISO "a\n" ISO "\xe9t\xe9\n" ISO "\xff\n"), "invalid-utf8:2:1" },
        { SPAN(ISO "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\n"), "" },
        { SPAN(ISO "a\0b\n"), "binary:0:1" },
        { SPAN("{\"MESSAGE\":null,\"_BOOT_ID\":\"1\"}\n{\"_BOOT_ID\":\"1\",\"MESSAGE\" : null}\n"),
          "left-out:1:2" },
        { SPAN("{\"MESSAGE\":\"null\",\"_BOOT_ID\":\"1\",\"X\":null}\n"), "" },
        { SPAN("__REALTIME_TIMESTAMP=1\nMESSAGE\n\3\0\0\0\0\0\0\0a\xff\0\n\n"), "" },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        CLEANUP(buf_done_at) struct buf got = { 0 };

        collect_notes(rows[i].text, &got);
        if (strcmp(got.data, rows[i].expected) != 0) {
            fail_msg("row %zu: want `%s`, got `%s`", i, rows[i].expected, got.data);
        }
    }
}

/* A hit anywhere in a value that journald split finds the record that opened it. */
static void split_values(void **state)
{
    const struct {
        struct span text;
        const char *hit;
        int line; /* of the record that is found */
    } rows[] = {
        { SPAN(J "E0927 21:01:18.0 7 r.go:72] \"x\" err=<\n" J "\tdeep\n" J " >\n"), "deep", 1 },
        { SPAN(J " >\n" J "\tdeep\n" J "E0927 21:01:18.0 7 r.go:72] \"x\" err=<\n" J
                 "I0927 21:01:17.0 7 r.go:72] y\n"),
          "deep", 3 },
        { SPAN(J "W0927 21:01:18.0 7 l.go:59] x {\n" J "  a\n" J "}. Err: deep\n"), "deep", 1 },
        /* somebody else's value, and one that ended before */
        { SPAN(J "E0927 21:01:18.0 7 r.go:72] \"x\" err=<\nApr 07 22:06:29 h other[9]: \tdeep\n"),
          "deep", 2 },
        { SPAN(J "E0927 21:01:18.0 7 r.go:72] \"x\" err=<\n" J " >\n" J "\tdeep\n"), "deep", 3 },
        { SPAN(J "E0927 21:01:18.0 7 r.go:72] \"x\" err=<\n" J "I0927 21:01:18.0 7 r.go:72] y\n" J
                 "\tdeep\n"),
          "deep", 3 },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        CLEANUP(arena_free_at) struct arena *arena = arena_new();
        struct input input = { .rest = rows[i].text };
        CLEANUP(reader_free_at) struct reader *reader = open_input(&input, NULL);
        struct batch batch;
        struct entry entry;
        ptrdiff_t at = span_find(rows[i].text, span_of(rows[i].hit));

        assert_int_equal(reader_next(reader, &batch), 1);
        reader_set_newest_first(reader, direction_newest_first(&batch));
        assert_int_equal(batch_decode(&batch, batch_locate(&batch, (size_t)at), arena, &entry), 1);
        if (entry.origin.line != (uint64_t)rows[i].line) {
            fail_msg("row %zu: line %d", i, (int)entry.origin.line);
        }
    }
}

/* Hits in every line of input that is made to be slow. With one look at each line it is a second
 * or two, also under a sanitizer; with one at each line for each line, hours. */
/* The unit that the record with this text is about, between the log lines of many units. */
static struct span status_unit(const char *message, struct arena *arena)
{
#define LOG "Mar 02 08:00:01 a systemd[1]: Started one more.\n"
    static const char text[] = LOG LOG LOG LOG LOG LOG LOG LOG LOG LOG LOG LOG
        "* one.service - The first one\n"
        "     Loaded: loaded (/lib/one.service; static)\n"
        "       Docs: man:one(1)\n"
        "     Active: inactive (dead)\n"
        "   Main PID: 99 (code=exited, status=1/FAILURE)\n"
        "\n" LOG "   Main PID: 97 (code=exited, status=2/FAILURE)\n";
#undef LOG
    struct input input = { .rest = span_of(text) };
    CLEANUP(reader_free_at) struct reader *reader = open_input(&input, NULL);
    struct entry entry;
    struct batch batch;

    assert_int_equal(reader_next(reader, &batch), 1);
    for (position at = batch_locate(&batch, 0); batch_decode(&batch, at, arena, &entry) <= 0 ||
                                                !span_starts(entry.message, span_of(message));) {
        assert_int_equal(batch_step(&batch, at, 1, &at), 1);
    }
    assert_true(span_equal(entry_field(&entry, SPAN("UNIT"), arena), entry.unit));
    return arena_copy(arena, entry.unit);
}

static void status_between_log_lines(void **state)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();

    (void)state;
    assert_true(span_is(status_unit("Loaded:", arena), "one.service"));
    assert_true(span_is(status_unit("Active: inactive", arena), "one.service"));
    assert_true(span_is(status_unit("Main PID: 99", arena), "one.service"));
    /* After a log line, the first lines of another header were cut off. */
    assert_true(span_empty(status_unit("Main PID: 97", arena)));
}

static void hostile(void **state)
{
    static const char *const lines[] = {
        "  a line set in, as if it went on with the one before\n",
        J "\ta line as if it were part of a value\n",
        "a line of nothing in particular\n",
        "a line that looks as if a pager cut it>\n",
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(lines); i++) {
        struct input input = { .whole = span_of(lines[i]), .n_repeat = 40000 };
        CLEANUP(reader_free_at) struct reader *reader = open_input(&input, NULL);
        time_t start = time(NULL);
        struct batch batch;

        while (reader_next(reader, &batch) > 0) {
            for (size_t at = 0; at < batch.bytes.size; at += input.whole.size) {
                (void)batch_locate(&batch, at);
            }
        }
        assert_true(time(NULL) - start < 60);
    }
}

/* Time of the first entry, as people read it. */
static void times(void **state)
{
    static const struct {
        const char *text, *expected;
    } rows[] = {
        /* a web console tells the year, klog the time */
        { "7/29/2017 11:23:35 PMW0729 21:23:35.4 1 a.go:1] b\n", "2017-07-29T21:23:35.400-00:00" },
        { "1/1/2018 1:23:35 AMW1231 23:23:35.4 1 a.go:1] b\n", "2017-12-31T23:23:35.400-00:00" },
        { "7/29/2017 11:23:35 PM kubelet[3]: x\n", "2017-07-29T23:23:35-00:00" },
        /* a runtime's stamp knows more than klog's */
        { "2016-07-22T11:50:41.310422203Z I0722 13:50:41.3 1 a.go:1] b\n",
          "2016-07-22T11:50:41.310422Z" },
        { "02:51:36   I0424 02:51:36.5 1 a.go:1] b\n", "2000-04-24T02:51:36.500-00:00" },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        CLEANUP(buf_done_at) struct buf got = { 0 };
        struct input input = { .rest = span_of(rows[i].text) };
        CLEANUP(reader_free_at) struct reader *reader = open_input(&input, NULL);
        struct batch batch;
        struct moment first;

        assert_int_equal(reader_next(reader, &batch), 1);
        first = reader_facts(reader).first;
        if (first.time_us == TIME_UNKNOWN) {
            fail_msg("row %zu has no time", i);
        }
        calendar_add_rfc3339(&got, first.time_us, first.zone_minutes, first.zone_known);
        assert_string_equal(got.data, rows[i].expected);
    }
}

static void empty(void **state)
{
    struct input input = { 0 };
    CLEANUP(reader_free_at) struct reader *reader = open_input(&input, NULL);
    struct batch batch;

    (void)state;
    assert_int_equal(reader_next(reader, &batch), 0);
    assert_int_equal(reader_next(reader, &batch), 0);
    assert_true(reader_facts(reader).empty);
    assert_null(reader_facts(reader).year_from);
}

/* An input that grows: what comes in a step, then -EAGAIN. */
struct growing {
    const char *const *pieces;
    size_t at;
    bool given;
};

static int64_t read_growing(void *source, char *buffer, size_t size)
{
    struct growing *growing = source;
    struct span piece = span_of(growing->pieces[growing->at]);

    (void)size;
    if (growing->given || piece.size == 0) {
        return -EAGAIN;
    }
    memcpy(buffer, piece.data, piece.size);
    growing->given = true;
    return (int64_t)piece.size;
}

/* One step: more comes, the reader is told to settle, and what it hands out is added. */
static void follow(struct reader *reader, struct growing *growing, size_t at, struct buf *got)
{
    struct batch batch;
    int r;

    growing->at = at;
    growing->given = false;
    reader_settle(reader, /* all= */ false);
    while ((r = reader_next(reader, &batch)) > 0) {
        buf_add(got, batch.bytes);
    }
    assert_int_equal(r, -EAGAIN);
    buf_add_byte(got, '|');
}

/* Lines are handed out once the next call found them there; a part of a line when it is quiet. */
static void growing(void **state)
{
    static const struct {
        const char *pieces[4];
        int n_quiet; /* steps in which nothing comes */
        const char *expected;
    } rows[] = {
        { { "one\n" }, 2, "||one\n|" },
        { { "one\n", "two\n" }, 2, "||one\n|two\n|" },
        { { "one\ntw", "o\n" }, 2, "||one\n|two\n|" },
        { { "o", "n", "e\n" }, 2, "||||one\n|" },
        { { "one\n", "", "two\n" }, 2, "||one\n||two\n|" },
        { { "one" }, 11, "|||||||||||one|" },
        { { "" }, 2, "|||" },
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        const char *pieces[16] = { 0 };
        struct growing input = { .pieces = pieces };
        const struct reader_options options = {
            .name = "test", .file_time_us = TIME_UNKNOWN, .read = read_growing, .source = &input
        };
        CLEANUP(reader_free_at) struct reader *reader = reader_new(&options);
        CLEANUP(buf_done_at) struct buf got = { 0 };
        size_t n = 0;

        while (n < N_ELEMENTS(rows[i].pieces) && rows[i].pieces[n]) {
            pieces[n] = rows[i].pieces[n];
            follow(reader, &input, n++, &got);
        }
        for (int k = 0; k < rows[i].n_quiet; k++) {
            follow(reader, &input, n, &got);
        }
        assert_string_equal(got.data, rows[i].expected);
        assert_false(reader_is_holding(reader));
    }
}

/* The file goes on over New Year: its time tells the year of each stamp anew. */
static void growing_over_new_year(void **state)
{
    static const char *const pieces[] = { "Dec 31 23:59:59 n kubelet[1]: old\n",
                                          "Jan  1 00:00:01 n kubelet[1]: new\n", "" };
    static const int64_t december_us = 1735689599000000, january_us = 1735689601000000;
    struct growing input = { .pieces = pieces };
    const struct reader_options options = {
        .name = "test", .file_time_us = december_us, .read = read_growing, .source = &input
    };
    CLEANUP(reader_free_at) struct reader *reader = reader_new(&options);
    CLEANUP(buf_done_at) struct buf got = { 0 };

    (void)state;
    follow(reader, &input, 0, &got);
    follow(reader, &input, 2, &got);
    follow(reader, &input, 2, &got);
    assert_int_equal(reader_facts(reader).last.time_us, december_us);
    reader_set_file_time(reader, january_us);
    follow(reader, &input, 1, &got);
    follow(reader, &input, 2, &got);
    follow(reader, &input, 2, &got);
    assert_int_equal(reader_facts(reader).last.time_us, january_us);
    assert_int_equal(reader_facts(reader).first.time_us, december_us);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts),
        cmocka_unit_test(batches),
        cmocka_unit_test(long_line),
        cmocka_unit_test(years),
        cmocka_unit_test(empty),
        cmocka_unit_test(trouble),
        cmocka_unit_test(split_values),
        cmocka_unit_test(times),
        cmocka_unit_test(status_between_log_lines),
        cmocka_unit_test(hostile),
        cmocka_unit_test(growing),
        cmocka_unit_test(growing_over_new_year),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
