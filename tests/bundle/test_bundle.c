/* Bundles: the same tree as a directory, as archives, and as an archive in an archive. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "bundle/bundle.h"
#include "helpers/folder.h"
#include "layout/load.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static const char layout[] = "title: a kind of bundle\n"
                             "recognise:\n"
                             "  - path: [commands/, version]\n"
                             "  - path: mark\n"
                             "    contains: made by us\n"
                             "hostname: [commands/hostname]\n"
                             "files:\n"
                             "  - path: 'commands/kubelet*'\n"
                             "    log: kubelet\n"
                             "  - path: nodes/<node>/kubelet.log\n"
                             "    log: kubelet\n"
                             "  - path: 'commands/df*'\n"
                             "    state: df\n"
                             "    first: true\n"
                             "  - path: commands/secret\n"
                             "    skip: it is none of our business\n";

static const char any[] = "title: any tree\n"
                          "files:\n"
                          "  - path: '**/kern.log'\n"
                          "    log: kernel\n";

static struct layout_set *make_layouts(void)
{
    struct layout_set *set = layout_set_new();
    struct error error = { 0 };

    assert_int_equal(layout_set_add_text(set, "kind.yaml", SPAN(layout), &error), 0);
    assert_int_equal(layout_set_add_text(set, "any.yaml", SPAN(any), &error), 0);
    return set;
}

static void run(const struct folder *folder, const char *command)
{
    CLEANUP(buf_done_at) struct buf whole = { 0 };

    buf_printf(&whole, "cd %s && %s", folder->path, command);
    assert_int_equal(system(whole.data), 0);
}

static void read_whole(struct bundle *bundle, size_t i, struct buf *ret)
{
    struct bundle_file file = bundle_file(bundle, i);
    struct source_request request = { .path = file.path, .bundle = bundle, .member = i };
    const struct source_type *type = file.path ? &source_file : &bundle_member;
    struct error error = { 0 };
    struct source *source;
    int64_t n;

    if (type->open(&request, &source, &error) < 0) {
        fail_msg("%s: %s", file.name, error.text);
    }
    while ((n = type->read(source, buf_reserve(ret, 100), 100)) > 0) {
        ret->size += (size_t)n;
    }
    assert_int_equal(n, 0);
    buf_add_string(ret, ""); /* terminates it */
    type->close(source);
}

/* `name without the bundle's: node kind content`, in order. */
static void describe(struct bundle *bundle, size_t name_from, struct buf *ret)
{
    for (size_t i = 0; i < bundle_n_files(bundle); i++) {
        struct bundle_file file = bundle_file(bundle, i);
        struct span node = file.node.size ? file.node : file.hostname;

        buf_printf(ret, "%s: %.*s %s ", file.name + name_from, node.size ? (int)node.size : 1,
                   node.size ? node.data : "-",
                   !file.is                       ? "unknown"
                   : file.is->use == LAYOUT_STATE ? file.is->state
                                                  : file.is->log);
        read_whole(bundle, i, ret);
    }
}

static void check_with(const struct folder *folder, const char *name, const char *prefix,
                       const char *expected, unsigned threads)
{
    CLEANUP(layout_set_free_at) struct layout_set *set = make_layouts();
    struct layouts layouts = layout_set_layouts(set);
    CLEANUP(notes_free_at) struct notes *notes = notes_new();
    CLEANUP(bundle_free_at) struct bundle *bundle = NULL;
    CLEANUP(buf_done_at) struct buf path = { 0 }, found = { 0 };
    struct error error = { 0 };

    buf_printf(&path, "%s/%s", folder->path, name);
    assert_true(bundle_is_one(path.data));
    if (bundle_open(path.data, &layouts,
                    &(struct bundle_options){ .notes = notes, .threads = threads }, &bundle,
                    &error) < 0) {
        fail_msg("%s: %s", name, error.text);
    }
    describe(bundle, path.size + strlen(prefix), &found);
    if (strcmp(found.data ? found.data : "", expected) != 0) {
        fail_msg("%s:\n%s", name, found.data);
    }
    for (size_t i = 0; i < notes_count(notes); i++) {
        fail_msg("%s: %.*s", name, (int)notes_get(notes, i)->detail.size,
                 notes_get(notes, i)->detail.data);
    }
}

static void check(const struct folder *folder, const char *name, const char *prefix,
                  const char *expected)
{
    check_with(folder, name, prefix, expected, 1);
    check_with(folder, name, prefix, expected, 2);
}

static void make_tree(struct folder *folder)
{
    folder_init(folder);
    run(folder,
        "mkdir -p b/commands b/nodes/n2 && cd b && echo 1 > version && echo n1 > commands/hostname"
        " && echo k1 > commands/kubelet.log && echo k2 > nodes/n2/kubelet.log"
        " && echo d1 > commands/df && echo d2 > commands/df_-h && echo s > commands/secret"
        " && echo x > other && echo y > kern.log && gzip -c other > commands/kubelet.log.1.gz");
}

static const char expected[] = "commands/df: n1 df d1\n"
                               "commands/kubelet.log: n1 kubelet k1\n"
                               "commands/kubelet.log.1.gz: n1 kubelet x\n"
                               "kern.log: n1 kernel y\n"
                               "nodes/n2/kubelet.log: n2 kubelet k2\n";

static void test_containers(void **state)
{
    static const struct {
        const char *command, *name, *prefix;
    } rows[] = {
        { "true", "b", "/" },
        { "tar --sort=name -cf b.tar b", "b.tar", "!b/" },
        { "tar --sort=name -czf b.tgz b", "b.tgz", "!b/" },
        { "tar --sort=name -C b -cJf c.tar.xz .", "c.tar.xz", "!./" },
        { "tar --sort=name --format=v7 -cf b.v7.tar b", "b.v7.tar", "!b/" },
        { "tar --sort=name -c b | zstd -q > noname", "noname", "!b/" },
        { "find b | sort | cpio --quiet -o > b.cpio", "b.cpio", "!b/" },
        { "python3 -m zipfile -c b.zip b", "b.zip", "!b/" },
        { "mkdir -p o && cp b.tgz o && tar -cJf o.tar.xz o", "o.tar.xz", "!o/b.tgz!b/" },
        { "mkdir -p d && cp b.tgz d", "d", "/b.tgz!b/" },
    };
    struct folder folder;

    (void)state;
    make_tree(&folder);
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        if (strstr(rows[i].command, "cpio") && system("command -v cpio >/dev/null") != 0) {
            continue;
        }
        run(&folder, rows[i].command);
        check(&folder, rows[i].name, rows[i].prefix, expected);
    }
    folder_done(&folder);
}

/* The name that says what a file is may be a link; its bytes count once, and no link leaves the tree. */
static void test_links(void **state)
{
    struct folder folder;

    (void)state;
    folder_init(&folder);
    run(&folder,
        "mkdir -p b/commands b/strings && cd b && echo 1 > version && echo k > strings/1"
        " && ln -s ../strings/1 commands/kubelet && ln -s /etc/passwd commands/kubelet.log"
        " && ln -s ../../../../etc/passwd commands/kubelet.2 && ln -s kubelet.3 commands/kubelet.3"
        " && cd .. && tar --sort=name -cf b.tar b");
    check(&folder, "b", "/", "strings/1: - kubelet k\n");
    check(&folder, "b.tar", "!b/", "strings/1: - kubelet k\n");
    folder_done(&folder);
}

static void test_signs(void **state)
{
    struct folder folder;

    (void)state;
    folder_init(&folder);
    run(&folder, "mkdir -p a/commands b/commands && echo k > a/commands/kubelet && echo k > "
                 "b/commands/kubelet"
                 " && echo 'made by us, today' > a/mark && echo 'made by others' > b/mark"
                 " && tar --sort=name -cf a.tar a && tar --sort=name -cf b.tar b");
    check(&folder, "a", "/", "commands/kubelet: - kubelet k\n");
    check(&folder, "a.tar", "!a/", "commands/kubelet: - kubelet k\n");
    check(&folder, "b", "/", "commands/kubelet: - unknown k\nmark: - unknown made by others\n");
    check(&folder, "b.tar", "!b/",
          "commands/kubelet: - unknown k\nmark: - unknown made by others\n");
    folder_done(&folder);
}

/* What is a file when it is listed may be a link when it is read. */
static void test_changing_tree(void **state)
{
    CLEANUP(layout_set_free_at) struct layout_set *set = make_layouts();
    struct layouts layouts = layout_set_layouts(set);
    CLEANUP(bundle_free_at) struct bundle *bundle = NULL;
    CLEANUP(buf_done_at) struct buf path = { 0 };
    struct folder folder;

    (void)state;
    folder_init(&folder);
    run(&folder,
        "mkdir -p b/1 b/2 secret && echo k > b/1/kubelet && echo k > b/2/kubelet && echo k > b/f"
        " && echo s > secret/kubelet");
    buf_printf(&path, "%s/b", folder.path);
    assert_int_equal(bundle_open(path.data, &layouts, &(struct bundle_options){ 0 }, &bundle, NULL),
                     0);
    assert_int_equal(bundle_n_files(bundle), 3);
    run(&folder,
        "rm -r b/1 b/2/kubelet b/f && ln -s ../secret b/1 && ln -s ../../secret/kubelet b/2"
        " && mkfifo b/f");
    for (size_t i = 0; i < 3; i++) {
        struct bundle_file file = bundle_file(bundle, i);
        struct source_request request = { .path = file.path, .below = file.below };
        struct source *source;

        assert_true(source_file.open(&request, &source, NULL) < 0);
    }
    folder_done(&folder);
}

/* What is compressed with xz is decompressed once, and so can change in between. */
static void test_kept(void **state)
{
    CLEANUP(layout_set_free_at) struct layout_set *set = make_layouts();
    struct layouts layouts = layout_set_layouts(set);
    CLEANUP(bundle_free_at) struct bundle *bundle = NULL;
    CLEANUP(buf_done_at) struct buf path = { 0 }, found = { 0 };
    struct folder folder;

    (void)state;
    make_tree(&folder);
    run(&folder, "tar -cJf b.tar.xz b");
    buf_printf(&path, "%s/b.tar.xz", folder.path);
    assert_int_equal(
        bundle_open(path.data, &layouts, &(struct bundle_options){ .threads = 2 }, &bundle, NULL),
        0);
    run(&folder, "echo > b.tar.xz");
    describe(bundle, path.size + strlen("!"), &found);
    assert_non_null(strstr(found.data, "b/commands/kubelet.log: n1 kubelet k1\n"));
    folder_done(&folder);
}

/* --- too much time --- */

static int64_t now_us, step_us; /* each look at the clock takes so long */

static int64_t tell_us(void)
{
    return now_us += step_us;
}

static bool is_noted(const struct notes *notes, const char *text)
{
    for (size_t i = 0; i < notes_count(notes); i++) {
        if (notes_get(notes, i)->kind == NOTE_NOT_READ &&
            span_find(notes_get(notes, i)->detail, span_of(text)) >= 0) {
            return true;
        }
    }
    return false;
}

/* Opens what has members of 1 MiB each. */
static struct bundle *open_slow(const struct folder *folder, const struct layouts *layouts,
                                struct notes *notes)
{
    struct bundle_options options = { .notes = notes, .now_us = tell_us };
    CLEANUP(buf_done_at) struct buf path = { 0 };
    struct bundle *bundle;

    buf_printf(&path, "%s/b.tar.gz", folder->path);
    now_us = 0;
    assert_int_equal(bundle_open(path.data, layouts, &options, &bundle, NULL), 0);
    return bundle;
}

static int64_t read_size(struct bundle *bundle, size_t i)
{
    struct source_request request = { .bundle = bundle, .member = i };
    static char buffer[64 * 1024];
    struct source *source;
    int64_t n, sum = 0;
    int r = bundle_member.open(&request, &source, NULL);

    if (r < 0) {
        return r;
    }
    while ((n = bundle_member.read(source, buffer, sizeof(buffer))) > 0) {
        sum += n;
    }
    bundle_member.close(source);
    return n < 0 ? n : sum;
}

static void test_late(void **state)
{
    CLEANUP(layout_set_free_at) struct layout_set *set = make_layouts();
    struct layouts layouts = layout_set_layouts(set);
    CLEANUP(notes_free_at) struct notes *notes = notes_new();
    CLEANUP(notes_free_at) struct notes *others = notes_new();
    CLEANUP(bundle_free_at) struct bundle *bundle = NULL;
    CLEANUP(bundle_free_at) struct bundle *unlisted = NULL;
    struct folder folder;

    (void)state;
    folder_init(&folder);
    run(&folder, "mkdir b && for i in 1 2 3; do yes $i | head -c 1048576 > b/$i.log; done"
                 " && tar -czf b.tar.gz b/1.log b/2.log b/3.log");

    step_us = 1000000; /* there is time to list it, but not to read all of it */
    bundle = open_slow(&folder, &layouts, notes);
    assert_int_equal(notes_count(notes), 0);
    assert_int_equal(bundle_n_files(bundle), 3);
    assert_int_equal(read_size(bundle, 0), 1048576);
    step_us = 200LL * 1000000;
    assert_in_range(read_size(bundle, 1), 1, 1048575);
    assert_int_equal(read_size(bundle, 2), -ETIME);
    assert_true(is_noted(notes, "more than 15 minutes"));
    assert_int_equal(notes_count(notes), 1);

    unlisted = open_slow(&folder, &layouts, others);
    assert_in_range(bundle_n_files(unlisted), 1, 2);
    assert_true(is_noted(others, "takes too long"));
    folder_done(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_containers), cmocka_unit_test(test_links),
        cmocka_unit_test(test_signs),      cmocka_unit_test(test_changing_tree),
        cmocka_unit_test(test_kept),       cmocka_unit_test(test_late),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
