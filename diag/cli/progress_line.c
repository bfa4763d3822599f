#include "cli/progress_line.h"

#include "base/buf.h"
#include "base/clock.h"

#include <inttypes.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
    START_US = 1000000, /* shorter runs need no line */
    DRAW_US = 100000,
    COLUMNS = 80 /* when the terminal does not say */
};

static const char *when_word(size_t i)
{
    static const char *const words[] = { "auto", "always", "never" };

    return i < sizeof(words) / sizeof(*words) ? words[i] : NULL;
}

/* clang-format off */
const struct cli_option progress_options[] = {
    { "progress", 0, "WHEN", "how far a long run has come", option_index, .offset = 0, .choice = when_word },
    { 0 },
};
/* clang-format on */

struct progress_line progress_line_start(int when)
{
    bool wanted = when == PROGRESS_ALWAYS || (when == PROGRESS_AUTO && isatty(STDERR_FILENO));
    struct winsize size;
    int columns = COLUMNS;

    if (wanted && ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        columns = size.ws_col;
    }
    return (struct progress_line){
        .out = wanted ? stderr : NULL,
        .columns = columns,
        .started_us = clock_monotonic_us(),
    };
}

static void add_bytes(struct buf *text, uint64_t bytes)
{
    static const char *const units[] = { "bytes", "KiB", "MiB", "GiB", "TiB" };
    double value = (double)bytes;
    size_t unit = 0;

    while (value >= 1024 && unit + 1 < sizeof(units) / sizeof(*units)) {
        value /= 1024;
        unit++;
    }
    buf_printf(text, "%.*f %s", unit > 0, value, units[unit]);
}

/* What is too long loses its middle: the end of a path says most. Names may hold anything. */
static void add_name(struct buf *text, const char *name, int columns)
{
    size_t size = strlen(name);
    size_t room = (size_t)columns > text->size + 3 ? (size_t)columns - text->size - 1 : 0;

    if (size > room) {
        buf_add_string(text, room ? ".." : "");
        name += room ? size - room + 2 : size;
    }
    for (; *name; name++) {
        buf_add_byte(text, *name >= ' ' && *name < 0x7f ? *name : '?');
    }
}

static void draw(const struct progress_line *line, const diag_progress *progress)
{
    CLEANUP(buf_done_at) struct buf text = { 0 };

    if (progress->n_files) {
        buf_printf(&text, "reading file %" PRIu64 " of %" PRIu64 ", ", progress->files,
                   progress->n_files);
    } else {
        buf_printf(&text, "looking at file %" PRIu64 ", ", progress->files);
    }
    add_bytes(&text, progress->bytes);
    buf_add_string(&text, ": ");
    add_name(&text, progress->now, line->columns);
    (void)fprintf(line->out, "\r\033[K%.*s", line->columns - 1, text.data);
    (void)fflush(line->out);
}

void progress_line_show(struct progress_line *line, int64_t now_us, const diag_progress *progress)
{
    if (!line->out || now_us - line->started_us < START_US || now_us - line->drawn_us < DRAW_US) {
        return;
    }
    draw(line, progress);
    line->drawn_us = now_us;
    line->is_drawn = true;
}

void progress_line_clear(struct progress_line *line)
{
    if (line->is_drawn) {
        (void)fputs("\r\033[K", line->out);
        (void)fflush(line->out);
        line->is_drawn = false;
    }
}
