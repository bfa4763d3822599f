/* The inputs that are followed. */

#include "follow/followed.h"

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/clock.h"
#include "base/vec.h"
#include "follow/remark.h"
#include "input/input.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    PIECES_OF_TURN = 8, /* read of one input before the others have their turn */
};

/* How long a pipe that never pauses may delay the first report. */
static const int64_t PATIENCE_US = 5 * USEC_PER_SEC;

struct followed_input {
    const char *path;   /* NULL: the journal */
    struct input *open; /* of the pipeline; NULL: nothing to read, now or any more */
    char *cursor;       /* of the last entry of a journal that ended */
    bool ended;         /* there will be nothing more */
    bool has_more;      /* there may be more at once */
    bool is_holding;    /* its reader held something back when it was last asked */
    bool caught_up;     /* everything was read that was present at the start */
    bool is_awaited;    /* the user knows that it is missing */
};

struct followed {
    const struct follow_options *options;
    struct pipeline *pipeline;
    VEC(struct followed_input) inputs;
    int64_t settle_us;  /* when to ask again for what readers hold back */
    int64_t patient_us; /* until then, the start of pipes is waited for */
};

struct followed *followed_new(const struct follow_options *options)
{
    struct followed *followed = ALLOC(struct followed);

    followed->options = options;
    for (size_t i = 0; i < options->n_paths; i++) {
        vec_push(&followed->inputs, (struct followed_input){ .path = options->paths[i] });
    }
    return followed;
}

void followed_free(struct followed *followed)
{
    if (!followed) {
        return;
    }
    followed_close(followed);
    vec_free(&followed->inputs);
    free(followed);
}

/* --- opening and closing --- */

static bool is_file(const char *path)
{
    return path && strcmp(path, "-") != 0;
}

static const char *name_of(const struct followed_input *input)
{
    return input->path ? input->path : "journal";
}

static bool is_missing(const char *path)
{
    return is_file(path) && access(path, F_OK) < 0 && errno == ENOENT;
}

static int open_input(struct followed *followed, struct followed_input *input, struct error *reterr)
{
    bool once = followed->options->once;

    if (is_missing(input->path) && !once) {
        if (!input->is_awaited) {
            remark(followed->options, "%s: no such file; waiting for it", input->path);
        }
        input->is_awaited = true;
        return 0;
    }
    input->is_awaited = false;
    input->has_more = true;
    return pipeline_open(followed->pipeline, input->path, !once, &input->open, reterr);
}

int followed_open(struct followed *followed, struct pipeline *pipeline, struct error *reterr)
{
    size_t n_failed = 0;

    followed->pipeline = pipeline;
    followed->patient_us = clock_monotonic_us() + PATIENCE_US;
    for (size_t i = 0; i < followed->inputs.n; i++) {
        struct followed_input *input = &followed->inputs.items[i];
        struct error error = { 0 };
        int r = open_input(followed, input, &error);

        input->ended = r < 0;
        input->caught_up = !input->open;
        if (r < 0 && ++n_failed == followed->inputs.n) {
            return error_set_at(reterr, r, error.path, 0, 0, "%s", error.text);
        }
        if (r < 0) {
            remark(followed->options, "%s: %s", name_of(input), error.text);
        }
    }
    return 0;
}

void followed_close(struct followed *followed)
{
    for (size_t i = 0; i < followed->inputs.n; i++) {
        struct followed_input *input = &followed->inputs.items[i];

        if (input->open) {
            input_close(input->open);
        }
        input->open = NULL;
        free(input->cursor);
        input->cursor = NULL;
        input->has_more = input->is_holding = false;
    }
}

/* It may come again under its name. `code`: why it ended; 0: it is complete. */
static void end_input(struct followed *followed, struct followed_input *input, int code)
{
    bool returns = input_returns(input->open);
    const char *cursor = input_cursor(input->open);

    free(input->cursor);
    input->cursor = alloc_string(cursor);
    if (code < 0) {
        remark(followed->options, "%s: read failed: %s", name_of(input), strerror(-code));
    }
    input_close(input->open);
    input->open = NULL;
    input->has_more = false;
    input->caught_up = true;
    input->ended = !returns || followed->options->once;
}

static void reopen_input(struct followed *followed, struct followed_input *input)
{
    struct error error = { 0 };

    if (open_input(followed, input, &error) < 0) {
        remark(followed->options, "%s: %s", input->path, error.text);
        input->ended = true;
    }
}

/* --- reading --- */

static bool read_input(struct followed *followed, struct followed_input *input)
{
    bool is_new = false;
    int r = 1;

    for (int i = 0; r > 0 && i < PIECES_OF_TURN; i++) {
        r = pipeline_read(followed->pipeline, input->open);
        is_new |= r >= 0; /* an end is news, too: a line may have waited for it */
    }
    input->has_more = r > 0;
    if (r == -EAGAIN) {
        bool is_holding = input_is_holding(input->open);

        input->caught_up |= !is_holding || input->is_holding;
        input->is_holding = is_holding;
    } else if (r <= 0) {
        end_input(followed, input, r);
    }
    return is_new;
}

bool followed_read(struct followed *followed)
{
    bool settle = clock_monotonic_us() >= followed->settle_us, is_new = false;

    if (settle) {
        followed->settle_us = clock_monotonic_us() + BATCH_SETTLE_MS * INT64_C(1000);
    }
    for (size_t i = 0; i < followed->inputs.n; i++) {
        struct followed_input *input = &followed->inputs.items[i];

        if (!input->open && !input->ended) {
            reopen_input(followed, input);
        }
        if (input->open && settle) {
            input_settle(input->open, /* all= */ false);
        }
        if (input->open) {
            is_new |= read_input(followed, input);
        }
    }
    return is_new;
}

void followed_drain(struct followed *followed)
{
    for (size_t i = 0; i < followed->inputs.n; i++) {
        struct followed_input *input = &followed->inputs.items[i];

        if (!input->open) {
            continue;
        }
        input_settle(input->open, /* all= */ true);
        while (pipeline_read(followed->pipeline, input->open) > 0) {
            ;
        }
    }
}

/* --- how far they are --- */

bool followed_have_ended(const struct followed *followed)
{
    for (size_t i = 0; i < followed->inputs.n; i++) {
        if (!followed->inputs.items[i].ended) {
            return false;
        }
    }
    return true;
}

bool followed_have_caught_up(const struct followed *followed)
{
    bool is_patient = clock_monotonic_us() < followed->patient_us;

    for (size_t i = 0; i < followed->inputs.n; i++) {
        const struct followed_input *input = &followed->inputs.items[i];
        bool is_pipe = input->path && !is_file(input->path);

        if (!input->caught_up && (!is_pipe || is_patient)) {
            return false;
        }
    }
    return true;
}

const char *followed_cursor(const struct followed *followed)
{
    const struct followed_input *input = &followed->inputs.items[0];

    return input->open ? input_cursor(input->open) : input->cursor;
}

/* --- waiting --- */

void followed_fill_polls(const struct followed *followed, struct pollfd *polls)
{
    for (size_t i = 0; i < followed->inputs.n; i++) {
        const struct input *open = followed->inputs.items[i].open;

        polls[i] = (struct pollfd){ open ? input_wait_fd(open) : -1, POLLIN, 0 };
    }
}

void followed_wake(struct followed *followed, const struct pollfd *polls)
{
    for (size_t i = 0; i < followed->inputs.n; i++) {
        if (polls[i].revents && followed->inputs.items[i].open) {
            input_wake(followed->inputs.items[i].open);
        }
    }
}

int64_t followed_next_us(const struct followed *followed, int64_t until_us)
{
    for (size_t i = 0; i < followed->inputs.n; i++) {
        const struct followed_input *input = &followed->inputs.items[i];

        if (input->has_more) {
            return 0;
        }
        if (input->open && input->is_holding && followed->settle_us < until_us) {
            until_us = followed->settle_us;
        }
    }
    return until_us;
}
