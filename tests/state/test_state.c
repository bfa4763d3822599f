/* Every file of fixtures/state/<kind>/ is taken as that kind and gives the rows of <kind>.rows; no
 * file of none/ is taken. Then what no fixture can show: limits, hostile bytes, a host. */
#include "state/embedded.h"
#include "state/host_tables.h"
#include "state/tables.h"

#include "base/limits.h"

#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#define FIXTURES SOURCE_DIR "/fixtures/state/"

/* Calls `visit` with each file of a folder, in the order of names. */
static void each_file(const char *folder,
                      void (*visit)(struct buf *buf, const char *folder, const char *name),
                      struct buf *buf)
{
    char path[512];
    struct dirent **items;
    int n, i;

    (void)snprintf(path, sizeof(path), "%s%s", FIXTURES, folder);
    n = scandir(path, &items, NULL, alphasort);
    assert_true(n > 2);
    for (i = 0; i < n; i++) {
        if (items[i]->d_name[0] != '.') {
            visit(buf, folder, items[i]->d_name);
        }
        free(items[i]);
    }
    free(items);
}

static bool add_fixture(struct states *states, const char *folder, const char *name)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };
    char path[1024];

    (void)snprintf(path, sizeof(path), "%s%s/%s", FIXTURES, folder, name);
    add_file(&text, path);
    return states_add(states, NULL, path, buf_span(&text), NULL) != NULL;
}

static void visit_taken(struct buf *buf, const char *folder, const char *name)
{
    CLEANUP(states_free_at) struct states *states = states_new();
    const struct state_table *table;

    if (!add_fixture(states, folder, name)) {
        fail_msg("%s/%s is not taken", folder, name);
    }
    table = states_find(states, span_of(folder));
    if (!table) {
        fail_msg("%s/%s is taken for something else", folder, name);
    }
    buf_printf(buf, "== %s\n", name);
    add_table(buf, table);
}

static void visit_refused(struct buf *buf, const char *folder, const char *name)
{
    CLEANUP(states_free_at) struct states *states = states_new();

    (void)buf;
    if (add_fixture(states, folder, name)) {
        fail_msg("%s/%s is taken", folder, name);
    }
}

static bool has_fixtures(const char *kind)
{
    char path[512];

    (void)snprintf(path, sizeof(path), "%s%s", FIXTURES, kind);
    return access(path, F_OK) == 0;
}

static void kinds_read_their_fixtures(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; state_kinds[i]; i++) {
        CLEANUP(buf_done_at) struct buf rows = { 0 };
        CLEANUP(buf_done_at) struct buf expected = { 0 };
        char path[512];

        if (!has_fixtures(state_kinds[i]->name)) {
            fail_msg("no fixtures/state/%s", state_kinds[i]->name);
        }
        each_file(state_kinds[i]->name, visit_taken, &rows);
        (void)snprintf(path, sizeof(path), "%s%s.rows", FIXTURES, state_kinds[i]->name);
        add_file(&expected, path);
        if (!expected.data || strcmp(rows.data, expected.data) != 0) {
            fail_msg("%s.rows should read:\n%s", state_kinds[i]->name, rows.data);
        }
    }
}

static void logs_and_others_are_not_taken(void **state)
{
    struct buf unused = { 0 };

    (void)state;
    each_file("none", visit_refused, &unused);
}

/* Every column a row has is one that its kind declares. */
static void columns_are_declared(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; state_kinds[i]; i++) {
        assert_non_null(state_kinds[i]->columns);
        assert_true(span_ends(span_of(state_kinds[i]->columns), SPAN("line")));
        assert_non_null(state_kinds[i]->summary);
        assert_non_null(state_kinds[i]->bid);
        assert_non_null(state_kinds[i]->parse);
    }
}

static void rows_know_their_place(void **state)
{
    CLEANUP(states_free_at) struct states *states = states_new();
    const struct state_table *table;
    const struct fact *line;

    (void)state;
    assert_true(
        states_add(states, NULL, "etc/fstab", SPAN("# a\n\n/swapfile none swap sw 0 0\r\n"), NULL));
    table = states_find(states, SPAN("fstab"));
    assert_non_null(table);
    assert_int_equal(table->n_rows, 1);
    assert_string_equal(table->rows[0].file, "etc/fstab");
    assert_int_equal(table->rows[0].line, 3);
    line = state_row_fact(&table->rows[0], SPAN("line"));
    assert_non_null(line);
    assert_true(span_is(line->text, "/swapfile none swap sw 0 0"));
}

static void the_same_kind_twice_adds_rows(void **state)
{
    CLEANUP(states_free_at) struct states *states = states_new();

    (void)state;
    assert_null(states_find(states, SPAN("swaps")));
    assert_true(states_add(states, "swaps", NULL, SPAN("/a file 8 0 -2\n"), NULL));
    assert_true(states_add(states, "swaps", NULL, SPAN("/b file 8 0 -2\n"), NULL));
    assert_int_equal(states_find(states, SPAN("swaps"))->n_rows, 2);
}

/* What is no answer must not become the answer "none". */
static void errors_are_no_empty_tables(void **state)
{
    static const char *const texts[] = { "bash: swapon: command not found\n",
                                         "swapon: cannot open\n\n" };
    CLEANUP(states_free_at) struct states *states = states_new();
    size_t i;

    (void)state;
    for (i = 0; i < N_ELEMENTS(texts); i++) {
        assert_false(states_add(states, "swaps", "swapon", span_of(texts[i]), NULL));
    }
    assert_false(states_add(states, "df", "df",
                            SPAN("Filesystem 1K-blocks Used Available Use% Mounted on\n"), NULL));
    assert_false(states_add(states, "no such kind", "x", SPAN("/a file 8 0 -2\n"), NULL));
    assert_null(states_find(states, SPAN("swaps")));
    assert_null(states_find(states, SPAN("df")));
}

static void df_is_found_inside_a_log(void **state)
{
    static const char log[] = "12:00:00 kubelet: disk is full, 8 8 8 9% used\n"
                              "$ df -h\n"
                              "Filesystem      Size  Used Avail Use% Mounted on\n"
                              "tmpfs           396M   46M  350M   12% /run\n"
                              "/dev/sda1       5.8G  5.1G  448M   92% /\n"
                              "$ df -i\n"
                              "Filesystem      Inodes  IUsed   IFree IUse% Mounted on\n"
                              "/dev/sda1       393216 393216       0  100% /\n"
                              "12:00:01 kubelet: evicting\n";
    CLEANUP(states_free_at) struct states *states = states_new();

    (void)state;
    assert_false(states_add(states, NULL, "log", span_of(log), NULL));
    assert_true(states_add_embedded(states, &(struct state_text){ span_of(log), "log", 1 }, NULL));
    assert_int_equal(states_find(states, SPAN("df"))->n_rows, 2);
    assert_int_equal(states_find(states, SPAN("df"))->rows[1].line, 5);
    assert_int_equal(states_find(states, SPAN("df_inodes"))->n_rows, 1);
    assert_int_equal(states_find(states, SPAN("df_inodes"))->rows[0].line, 8);
}

/* One file of a collector: mount, then df, with or without an empty line between. */
static void mount_is_found_before_df(void **state)
{
    static const char text[] = "sh: line 1: ulimit: error\n"
                               "/dev/vda1 on / type xfs (rw,noatime)\n"
                               "tmpfs on /run type tmpfs (rw,nosuid)\n"
                               "Filesystem      Size  Used Avail Use% Mounted on\n"
                               "/dev/vda1       80G   12G   68G   15% /\n";
    CLEANUP(states_free_at) struct states *states = states_new();

    (void)state;
    assert_true(
        states_add_embedded(states, &(struct state_text){ span_of(text), "mounts.txt", 1 }, NULL));
    assert_int_equal(states_find(states, SPAN("mounts"))->n_rows, 2);
    assert_int_equal(states_find(states, SPAN("mounts"))->rows[1].line, 3);
    assert_int_equal(states_find(states, SPAN("df"))->n_rows, 1);
    assert_int_equal(states_find(states, SPAN("df"))->rows[0].line, 5);
}

/* However far down a part of a file begins, its rows have their lines there, and no memory is used for those before. */
static void rows_of_a_part_have_the_lines_of_the_file(void **state)
{
    static const char log[] = "$ df\n"
                              "/dev/sda1       80G   12G   68G   15% /\n"
                              "tmpfs           12G    1G   11G    9% /run\n"
                              "$ mount\n"
                              "/dev/vda1 on / type xfs (rw,noatime)\n"
                              "tmpfs on /run type tmpfs (rw,nosuid)\n";
    static const char config[] = "---\nkind: KubeletConfiguration\nfailSwapOn: true\n";
    static const char swaps[] = "Filename Type Size Used Priority\n/swapfile file 8 0 -2\n";
    const uint64_t first = UINT64_C(1) << 40;
    CLEANUP(states_free_at) struct states *states = states_new();

    (void)state;
    assert_true(
        states_add_embedded(states, &(struct state_text){ span_of(log), "log", first }, NULL));
    assert_int_equal(states_find(states, SPAN("df"))->rows[0].line, first + 1);
    assert_int_equal(states_find(states, SPAN("mounts"))->rows[1].line, first + 5);
    assert_true(
        states_add_part(states, NULL, &(struct state_text){ span_of(config), "c", first }, NULL));
    assert_int_equal(states_find(states, SPAN("kubelet_config"))->rows[1].line, first + 2);
    assert_true(
        states_add_part(states, NULL, &(struct state_text){ span_of(swaps), "s", first }, NULL));
    assert_int_equal(states_find(states, SPAN("swaps"))->rows[0].line, first + 1);
}

static void a_log_without_df_has_none_inside(void **state)
{
    static const char *const logs[] = {
        "",
        "12:00:00 kubelet: usage 8 8 8 9% /var/lib\n",
        "progress 1 2 3 40% /x\n",
        "[    4.2] Adding 998396k swap on /dev/sda5.  Priority:-2\n",
        "mount: /dev/sda1 on / type ext4 (rw,relatime)\n",
    };
    CLEANUP(states_free_at) struct states *states = states_new();
    size_t i;

    (void)state;
    for (i = 0; i < N_ELEMENTS(logs); i++) {
        if (states_add_embedded(states, &(struct state_text){ span_of(logs[i]), "log", 1 }, NULL)) {
            fail_msg("taken: %s", logs[i]);
        }
    }
}

static bool has_note(const struct notes *notes, enum note_kind kind)
{
    size_t i;

    for (i = 0; i < notes_count(notes); i++) {
        if (notes_get(notes, i)->kind == kind) {
            return true;
        }
    }
    return false;
}

static void rows_are_bounded(void **state)
{
    CLEANUP(states_free_at) struct states *states = states_new();
    CLEANUP(notes_free_at) struct notes *notes = notes_new();
    CLEANUP(buf_done_at) struct buf text = { 0 };
    int i;

    (void)state;
    for (i = 0; i < 1000000 && text.size < LIMIT_STATE_FILE_BYTES; i++) {
        buf_printf(&text, "/s%d file 8 0 -2\n", i);
    }
    assert_true(states_add(states, NULL, "swaps", buf_span(&text), notes));
    assert_true(states_add(states, NULL, "swaps", buf_span(&text), notes));
    assert_int_equal(states_find(states, SPAN("swaps"))->n_rows, LIMIT_STATE_ROWS);
    assert_true(has_note(notes, NOTE_LIMIT));
}

/* Whatever the bytes, every reader comes back. */
static void hostile_bytes_end_well(void **state)
{
    static const struct span texts[] = {
        { "\0\0\0\0", 4 },
        { "/a\0b file 8 0 -2\n", 17 },
        { "\xff\xfe/ \x80 8 8 8 8% /\n", 18 },
        { "a: &a [*a, *a]\nkind: KubeletConfiguration\n", 43 },
        { "=\n = \n-\n--\n--=\n:\n/\n#\n\n\r\n\r", 25 },
        { "1e999 1e999 1e999 99999999999999999999% /\n", 42 },
    };
    CLEANUP(buf_done_at) struct buf wide = { 0 };
    size_t i, j;

    (void)state;
    while (wide.size < 2 * 1024 * 1024) {
        buf_add_string(&wide, "[{ --a=1,b=2 /x 9% ");
    }
    for (i = 0; state_kinds[i]; i++) {
        CLEANUP(states_free_at) struct states *states = states_new();

        for (j = 0; j < N_ELEMENTS(texts); j++) {
            (void)states_add(states, state_kinds[i]->name, "kubelet", texts[j], NULL);
        }
        (void)states_add(states, state_kinds[i]->name, "kubelet", buf_span(&wide), NULL);
        (void)states_add(states, NULL, "kubelet", buf_span(&wide), NULL);
    }
}

/* A tree with files, as a host would have them. */
static const struct file {
    const char *path;
    struct span text;
} host_files[] = {
    { "etc/fstab", { "/dev/sda5 none swap sw 0 0\n", 27 } },
    { "etc/sysctl.d/10-a.conf", { "vm.swappiness=10\n", 17 } },
    { "etc/sysctl.conf", { "vm.swappiness = 20\n", 19 } },
    { "proc/swaps", { "Filename Type Size Used Priority\n", 33 } },
    { "proc/1/mounts", { "/dev/sda1 / ext4 rw 0 0\nnas:/x /mnt nfs4 rw 0 0\n", 48 } },
    { "proc/1/cmdline", { "/sbin/init\0", 11 } },
    { "proc/17/cmdline",
      { "/usr/bin/kubelet\0--config=/k.yaml\0--v\0"
        "2\0",
        40 } },
    { "proc/sys/fs/inotify/max_user_watches", { "8192\n", 5 } },
    { "k.yaml", { "kind: KubeletConfiguration\nfailSwapOn: false\n", 45 } },
    { "run/systemd/generator/dev-sda5.swap", { "[Unit]\n", 7 } },
};

static void make_file(const char *root, const struct file *file)
{
    char path[512];
    char *at;
    FILE *out;

    (void)snprintf(path, sizeof(path), "%s/%s", root, file->path);
    for (at = path + strlen(root) + 1; (at = strchr(at, '/')); at++) {
        *at = '\0';
        assert_true(mkdir(path, 0700) == 0 || errno == EEXIST);
        *at = '/';
    }
    out = fopen(path, "w");
    assert_non_null(out);
    assert_int_equal(fwrite(file->text.data, 1, file->text.size, out), file->text.size);
    assert_int_equal(fclose(out), 0);
}

static void check_kind(const struct states *states, const char *kind, const char *expected)
{
    CLEANUP(buf_done_at) struct buf rows = { 0 };
    const struct state_table *table = states_find(states, span_of(kind));

    if (!table) {
        fail_msg("%s is unknown", kind);
    }
    buf_add_string(&rows, "");
    add_table(&rows, table);
    assert_string_equal(rows.data ? rows.data : "", expected);
}

/* The file, and the folders above it that are empty then. */
static void remove_file(const char *root, const char *name)
{
    char path[512];

    (void)snprintf(path, sizeof(path), "%s/%s", root, name);
    (void)unlink(path);
    while (strlen(path) > strlen(root)) {
        *strrchr(path, '/') = '\0';
        (void)rmdir(path);
    }
}

static void a_host_is_read_without_running_anything(void **state)
{
    CLEANUP(states_free_at) struct states *states = states_new();
    char root[] = "/tmp/nodecause-host-XXXXXX";
    char fifo[64];
    size_t i;

    (void)state;
    assert_non_null(mkdtemp(root));
    for (i = 0; i < N_ELEMENTS(host_files); i++) {
        make_file(root, &host_files[i]);
    }
    (void)snprintf(fifo, sizeof(fifo), "%s/proc/meminfo", root); /* would block for ever */
    assert_int_equal(mkfifo(fifo, 0600), 0);

    states_add_host(states, root, NULL);
    check_kind(states, "swaps", "");
    check_kind(states, "fstab",
               "1: device=/dev/sda5 mount=none fstype=swap options=sw dump=0 pass=0\n");
    check_kind(states, "sysctl", "1: path=fs.inotify.max_user_watches value=8192\n");
    check_kind(states, "sysctl_files",
               "1: path=vm.swappiness value=10\n1: path=vm.swappiness value=20\n");
    check_kind(states, "kubelet_config",
               "1: path=kind value=KubeletConfiguration\n"
               "2: path=failSwapOn value=false\n");
    check_kind(states, "kubelet_flags", "1: path=config value=/k.yaml\n1: path=v value=2\n");
    check_kind(states, "units", "1: name=dev-sda5.swap state=generated\n");
    assert_int_equal(states_find(states, SPAN("df"))->n_rows, 1); /* the network is not asked */
    assert_null(states_find(states, SPAN("meminfo")));
    remove_file(root, "proc/meminfo");
    for (i = 0; i < N_ELEMENTS(host_files); i++) {
        remove_file(root, host_files[i].path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_read_their_fixtures),
        cmocka_unit_test(logs_and_others_are_not_taken),
        cmocka_unit_test(columns_are_declared),
        cmocka_unit_test(rows_know_their_place),
        cmocka_unit_test(the_same_kind_twice_adds_rows),
        cmocka_unit_test(errors_are_no_empty_tables),
        cmocka_unit_test(df_is_found_inside_a_log),
        cmocka_unit_test(mount_is_found_before_df),
        cmocka_unit_test(rows_of_a_part_have_the_lines_of_the_file),
        cmocka_unit_test(a_log_without_df_has_none_inside),
        cmocka_unit_test(rows_are_bounded),
        cmocka_unit_test(hostile_bytes_end_well),
        cmocka_unit_test(a_host_is_read_without_running_anything),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
