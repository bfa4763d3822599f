/* Processes that hold inotify instances and watches: from a live host only, by counting the `inotify`
 * lines of /proc/<pid>/fdinfo/<fd> (proc(5)). A copy of this table can be read.
 *
 *   PID USER INSTANCES WATCHES PROCESS
 *   1834 0 2 7911 node
 */

#include "base/vec.h"
#include "state/host.h"
#include "state/rows.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static const char header[] = "PID USER INSTANCES WATCHES PROCESS";

enum {
    FDS = 1 << 20,             /* file descriptors read, of all processes together */
    FDINFO_BYTES = 1 << 26,    /* read of one fdinfo: about 600 000 watches */
    TOP = 256,                 /* processes listed, those with the most of both */
    WATCHES_PER_INSTANCE = 64, /* the default limits are 8192 and 128 */
};

enum inotify_column {
    PID,
    USER,
    INSTANCES,
    WATCHES,
    PROCESS,
    COLUMNS
};

static bool split(struct span line, struct span words[COLUMNS])
{
    uint64_t number;
    size_t i;

    if (words_of(line, words, COLUMNS) < COLUMNS) {
        return false;
    }
    for (i = PID; i < PROCESS; i++) {
        if (!span_to_uint(words[i], &number)) {
            return false;
        }
    }
    words[PROCESS] = line_from(line, words[PROCESS]);
    return true;
}

/* Without this header any five words with numbers would match. */
static int bid(struct span path, struct span head)
{
    (void)path;
    return span_begins(head, header) ? STATE_BID_SURE : STATE_BID_NO;
}

static void add(struct rows *rows, struct span line, const struct span words[COLUMNS])
{
    const struct fact facts[] = {
        rows_cell(rows, "process", FACT_TEXT, words[PROCESS]),
        rows_cell(rows, "pid", FACT_INTEGER, words[PID]),
        rows_cell(rows, "watches", FACT_INTEGER, words[WATCHES]),
        rows_cell(rows, "instances", FACT_INTEGER, words[INSTANCES]),
        rows_cell(rows, "user", FACT_INTEGER, words[USER]),
    };

    rows_add(rows, line, facts, N_ELEMENTS(facts));
}

static double number_of(const struct state_row *row, struct span column)
{
    const struct fact *fact = state_row_fact(row, column);

    return fact ? fact->number : 0;
}

/* What all rows of the row's user have in the column: the limits are per user. */
static struct fact total(struct rows *rows, const struct state_row *of, struct span column,
                         const char *name)
{
    double sum = 0;

    for (size_t i = 0; i < rows->kept.n; i++) {
        const struct state_row *row = &rows->kept.items[i];

        if (number_of(row, SPAN("user")) == number_of(of, SPAN("user"))) {
            sum += number_of(row, column);
        }
    }
    return rows_cell(rows, name, FACT_INTEGER, span_of(arena_printf(rows->arena, "%.0f", sum)));
}

static void add_totals(struct rows *rows)
{
    for (size_t i = 0; rows->kept.n <= TOP && i < rows->kept.n; i++) {
        struct state_row *row = &rows->kept.items[i];
        struct fact *facts = ARENA_ARRAY(rows->arena, struct fact, row->n_facts + 2);

        memcpy(facts, row->facts, row->n_facts * sizeof(*facts));
        facts[row->n_facts++] = total(rows, row, SPAN("watches"), "user_watches");
        facts[row->n_facts++] = total(rows, row, SPAN("instances"), "user_instances");
        row->facts = facts;
    }
}

static void parse(const struct state_text *text, struct arena *arena, struct notes *notes,
                  struct state_table *ret)
{
    struct span words[COLUMNS];
    struct rows rows;
    struct span line;

    rows_init(&rows, text, arena, notes);
    while (rows_next(&rows, &line)) {
        if (split(line, words)) {
            add(&rows, line, words);
        } else if (!span_is(line, header)) {
            rows_bad(&rows);
        }
    }
    add_totals(&rows);
    rows_finish(&rows, ret);
}

struct user {
    long pid;
    uid_t uid;
    uint64_t instances, watches;
};

struct census {
    VEC(struct user) users;
    size_t n_fds;
};

/* Counts lines that start with `inotify`, in pieces: some processes have megabytes of them. */
static uint64_t count_watches(int directory, const char *fd_name)
{
    static const char mark[] = "\ninotify";
    char bytes[16 * 1024];
    size_t matched = 1; /* as if a newline preceded the first line */
    size_t total = 0;
    uint64_t n = 0;
    ssize_t size;
    int fd = openat(directory, fd_name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

    if (fd < 0) {
        return 0;
    }
    while (total < FDINFO_BYTES && (size = read(fd, bytes, sizeof(bytes))) > 0) {
        for (ssize_t i = 0; i < size; i++) {
            matched = bytes[i] == mark[matched] ? matched + 1 : bytes[i] == '\n';
            if (matched == sizeof(mark) - 1) {
                n++;
                matched = 0;
            }
        }
        total += (size_t)size;
    }
    close(fd);
    return n;
}

static bool is_inotify(int directory, const char *fd_name)
{
    char target[32];
    ssize_t n = readlinkat(directory, fd_name, target, sizeof(target));

    return n > 0 && span_is((struct span){ target, (size_t)n }, "anon_inode:inotify");
}

static void count_fds(struct census *census, DIR *fds, int infos, struct user *user)
{
    struct dirent *item;

    while (census->n_fds < FDS && (item = readdir(fds))) {
        census->n_fds++;
        if (!is_inotify(dirfd(fds), item->d_name)) {
            continue;
        }
        user->instances++;
        user->watches += count_watches(infos, item->d_name);
    }
}

/* Adds the process to the census (`data`) if it has an instance. */
static bool visit(void *data, const char *root, long pid)
{
    CLEANUP(buf_done_at) struct buf path = { 0 };
    struct census *census = data;
    struct user user = { .pid = pid };
    struct stat st;
    DIR *fds;
    int infos;

    buf_printf(&path, "%s/proc/%ld/fd", root, pid);
    fds = opendir(path.data);
    if (!fds) {
        return true;
    }
    buf_add_string(&path, "info");
    infos = open(path.data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (infos >= 0 && fstat(infos, &st) == 0) {
        user.uid = st.st_uid;
        count_fds(census, fds, infos, &user);
    }
    if (infos >= 0) {
        close(infos);
    }
    closedir(fds);
    if (user.instances) {
        vec_push(&census->users, user);
    }
    return census->n_fds < FDS;
}

static uint64_t share_of_limits(const struct user *user)
{
    return user->watches + WATCHES_PER_INSTANCE * user->instances;
}

/* Sorts by share of the limits, highest first. */
static int compare(const void *a, const void *b)
{
    const struct user *x = a;
    const struct user *y = b;

    if (share_of_limits(x) != share_of_limits(y)) {
        return share_of_limits(x) < share_of_limits(y) ? 1 : -1;
    }
    return x->pid < y->pid ? -1 : x->pid > y->pid;
}

/* A process can choose its name: ensure that it is one line. */
static void add_name(struct buf *text, const char *root, long pid)
{
    CLEANUP(buf_done_at) struct buf name = { 0 };
    char path[64];
    size_t i;

    (void)snprintf(path, sizeof(path), "/proc/%ld/comm", pid);
    if (host_read(root, path, &name) < 0 || span_empty(span_trim(buf_span(&name)))) {
        buf_add_string(&name, "?");
    }
    for (i = 0; i < name.size; i++) {
        if ((unsigned char)name.data[i] < ' ') {
            name.data[i] = ' ';
        }
    }
    buf_add(text, span_trim(buf_span(&name)));
}

static void add_host(struct states *states, const char *root, struct notes *notes)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };
    struct census census = { .n_fds = 0 };
    size_t i;

    host_each_process(root, visit, &census);
    if (census.users.n) {
        qsort(census.users.items, census.users.n, sizeof(*census.users.items), compare);
    }
    for (i = 0; i < census.users.n && i < TOP; i++) {
        const struct user *user = &census.users.items[i];

        buf_printf(&text, "%ld %lu %" PRIu64 " %" PRIu64 " ", user->pid, (unsigned long)user->uid,
                   user->instances, user->watches);
        add_name(&text, root, user->pid);
        buf_add_byte(&text, '\n');
    }
    vec_free(&census.users);
    if (text.size) {
        (void)states_add(states, "inotify_users", "/proc/*/fdinfo", buf_span(&text), notes);
    }
}

const struct state_kind state_inotify_users = {
    .name = "inotify_users",
    .summary = "processes that hold inotify watches",
    .columns = "process pid watches instances user user_watches user_instances line",
    .bid = bid,
    .parse = parse,
    .add_host = add_host,
};
