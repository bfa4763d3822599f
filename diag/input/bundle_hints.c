#include "input/bundle_hints.h"

#include "base/alloc.h"
#include "input/bundle_clock.h"

#include <stdlib.h>

struct part_clock {
    bool is_read;
    struct bundle_clock clock;
};

struct bundle_hints {
    const struct bundle *bundle;
    struct part_clock
        *clocks;        /* two for each part: of files in a folder without a name, and of others */
    unsigned n_crashes; /* records of crashes so far */
};

struct bundle_hints *bundle_hints_new(const struct bundle *bundle)
{
    struct bundle_hints *hints = ALLOC(struct bundle_hints);

    hints->bundle = bundle;
    hints->clocks = alloc_zeroed(2 * bundle_n_parts(bundle), sizeof(*hints->clocks));
    return hints;
}

void bundle_hints_free(struct bundle_hints *hints)
{
    if (hints) {
        free(hints->clocks);
        free(hints);
    }
}

static const struct bundle_clock *clock_of(struct bundle_hints *hints,
                                           const struct bundle_file *file)
{
    struct part_clock *part = &hints->clocks[2 * file->part + !span_empty(file->root)];

    if (!part->is_read) {
        bundle_clock_read(file->collected, &part->clock);
        bundle_clock_read_name(file->root, &part->clock);
        part->is_read = true;
    }
    return &part->clock;
}

/* Between the commands that say when a bundle was written, and how long the node had been running. */
static const int64_t COLLECTING_US = 5 * USEC_PER_MINUTE;

/* The kernel log of the boot in which the bundle was written. A path of any tree may be of an earlier one. */
static bool is_of_last_boot(const struct bundle_file *file)
{
    return file->is && strcmp(file->is->log, "kernel") == 0 && file->layout &&
           layout_has(file->layout, file->is);
}

static void set_boot(const struct bundle_clock *clock, struct input_hints *hints)
{
    if (clock->uptime_us != TIME_UNKNOWN && clock->is_utc) {
        hints->booted_us =
            clock->collected_us - clock->uptime_us - clock->uptime_spread_us - COLLECTING_US;
        hints->booted_spread_us = clock->uptime_spread_us + 2 * COLLECTING_US;
    }
}

enum {
    CRASHES_MAX = 64 /* of a bundle, records that are put on the clock */
};

/* The boot that a crash ended began as long before it as its last line says. */
static void set_crashed_boot(const struct bundle *bundle, size_t i, const struct bundle_file *file,
                             const struct bundle_clock *clock, struct input_hints *hints)
{
    int64_t crashed_us, spread_us, last_us;

    if (!bundle_clock_read_crash(span_of(file->name), clock, &crashed_us, &spread_us)) {
        return;
    }
    last_us = bundle_crash_us(bundle, i);
    if (last_us != TIME_UNKNOWN) {
        hints->booted_us = crashed_us - last_us;
        hints->booted_spread_us = spread_us;
    }
}

/* Around the time at which the bundle was written; exactly when its own time is near that. */
static const int64_t WRITING_US = 30 * USEC_PER_MINUTE;
static const int64_t PRINTING_US = USEC_PER_MINUTE;

static struct collected printed_when(const struct bundle_clock *clock, int64_t file_time_us)
{
    if (clock->collected_us == TIME_UNKNOWN || !clock->is_utc) {
        return (struct collected){ 0 };
    }
    if (file_time_us != TIME_UNKNOWN && file_time_us >= clock->since_us - WRITING_US &&
        file_time_us <= clock->collected_us + WRITING_US) {
        return (struct collected){ file_time_us - PRINTING_US, PRINTING_US };
    }
    return (struct collected){ clock->since_us - WRITING_US,
                               clock->collected_us - clock->since_us + 2 * WRITING_US };
}

/* The zone that the layout names for the file; else that of the node. */
static void set_clock(struct bundle_hints *known, size_t i, const struct bundle_file *file,
                      struct input_hints *hints)
{
    const struct bundle_clock *clock = clock_of(known, file);

    hints->since_us = clock->since_us == TIME_UNKNOWN ? 0 : clock->since_us;
    hints->collected_us = clock->collected_us == TIME_UNKNOWN ? 0 : clock->collected_us;
    hints->printed = printed_when(clock, file->time_us);
    if (file->is && file->is->crash && known->n_crashes < CRASHES_MAX) {
        known->n_crashes++;
        set_crashed_boot(known->bundle, i, file, clock, hints);
    } else if (is_of_last_boot(file)) {
        set_boot(clock, hints);
    }
    hints->zone_known = clock->zone_known;
    hints->zone_minutes = clock->zone_minutes;
    if (file->is && file->is->zone[0]) {
        hints->zone_known = calendar_zone(span_of(file->is->zone), &hints->zone_minutes);
    }
}

struct input_hints bundle_hints_of(struct bundle_hints *known, size_t i,
                                   const struct bundle_file *file)
{
    const struct layout_file *is = file->is;
    struct input_hints hints = { .node = file->node, .hostname = file->hostname };

    set_clock(known, i, file, &hints);
    if (!file->path || strcmp(file->path, file->name) != 0) {
        hints.name = file->name;
    }
    if (is && is->use == LAYOUT_STATE) {
        hints.state = is->state[0] ? state_kind_find(span_of(is->state)) : NULL;
    } else if (is) {
        hints.is_log = true;
        hints.log = is->log[0] ? is->log : NULL;
        hints.format = is->format[0] ? format_find(span_of(is->format)) : NULL;
    }
    return hints;
}
