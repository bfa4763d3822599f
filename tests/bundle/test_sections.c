/* Files of sections: their titles, places and lines. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "bundle/sections.h"

#include <stdlib.h>

struct text {
    struct span rest;
    size_t most; /* bytes of a read */
};

static int64_t read_text(void *source, char *buffer, size_t size)
{
    struct text *text = source;
    struct span piece = span_head(text->rest, size < text->most ? size : text->most);

    if (piece.size) {
        memcpy(buffer, piece.data, piece.size);
    }
    text->rest = span_skip(text->rest, piece.size);
    return (int64_t)piece.size;
}

struct found {
    const char *text;
    struct buf list;
};

static void visit(void *data, const struct file_section *section)
{
    struct found *found = data;

    buf_printf(&found->list, "%u ", (unsigned)section->line);
    buf_add(&found->list, section->title);
    buf_printf(&found->list, "=%.*s|", (int)section->size, found->text + section->offset);
}

static void check(enum section_form form, const char *text, const char *expected)
{
    static const size_t reads[] = { 1, 7, 100000 };

    for (size_t i = 0; i < N_ELEMENTS(reads); i++) {
        struct text source = { span_of(text), reads[i] };
        struct found found = { .text = text };

        /* The first read must show what the file is. */
        source.most = i == 0 ? strlen(text) : reads[i] < 200 ? 200 : reads[i];
        assert_int_equal(sections_list(form, read_text, &source, visit, &found), expected != NULL);
        buf_add_string(&found.list, "");
        assert_string_equal(found.list.data, expected ? expected : "");
        buf_done(&found.list);
    }
}

static void test_supportconfig(void **state)
{
    (void)state;
    check(SECTIONS_SUPPORTCONFIG,
          "=====\n   Supportconfig\n\n"
          "#==[ Command ]====#\n# /usr/bin/df -i\nFilesystem Inodes\n/dev/sda 1\n\n"
          "#==[ Configuration File ]====#\n# /etc/fstab\n/dev/sda / ext4\n\n\n"
          "#==[ Configuration File ]====#\n# /etc/none - File not found\n"
          "#==[ Log File ]====#\n# /var/log/messages - Last 500 Lines\na\n#==[ not a heading\n"
          "#==[ Note ]====#\nno title here\n"
          "#==[ Command ]====#\n# /bin/cat /etc/a - b\ncut",
          "6 df -i=Filesystem Inodes\n/dev/sda 1\n\n|"
          "11 etc/fstab=/dev/sda / ext4\n\n\n|"
          "18 var/log/messages=a\n#==[ not a heading\n|"
          "24 cat /etc/a - b=cut|");
    check(SECTIONS_SUPPORTCONFIG, "# an ordinary file\n", NULL);
    check(SECTIONS_SUPPORTCONFIG, "", NULL);
}

static void test_cluster_info_dump(void **state)
{
    (void)state;
    check(SECTIONS_CLUSTER_INFO_DUMP,
          "{\n}\n"
          "==== START logs for container etcd of pod kube-system/etcd-n1 ====\nlog\n"
          "==== END logs for container etcd of pod kube-system/etcd-n1 ====\n"
          "{\"kind\": \"EventList\"}\n",
          "1 objects/1={\n}\n|4 kube-system/etcd-n1/etcd=log\n|6 objects/2={\"kind\": "
          "\"EventList\"}\n|");
    check(SECTIONS_CLUSTER_INFO_DUMP, "error: no server\n", NULL);
}

/* A line without an end is no heading, and keeps no memory. */
static void test_long_line(void **state)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };

    (void)state;
    buf_add_string(&text, "");
    buf_printf(&text, "#==[ Command ]====#\n# /bin/a\n");
    for (int i = 0; i < 100000; i++) {
        buf_printf(&text, "x");
    }
    buf_add_string(&text, "");
    {
        struct text source = { buf_span(&text), 4096 };
        struct found found = { .text = text.data };

        assert_true(sections_list(SECTIONS_SUPPORTCONFIG, read_text, &source, visit, &found));
        assert_int_equal(found.list.size, 100000 + strlen("3 a=|"));
        buf_done(&found.list);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_supportconfig),
        cmocka_unit_test(test_cluster_info_dump),
        cmocka_unit_test(test_long_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
