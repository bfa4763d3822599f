#ifndef NODECAUSE_H
#define NODECAUSE_H

/* libnodecause: why did this Kubernetes node fail?
 *
 * One run: make a diagnosis, add inputs, run it, render it.
 *
 *     diag_options options = DIAG_OPTIONS_INIT;
 *     diag_run *run;
 *     diag_error error;
 *
 *     if (diag_new(&options, &run, &error) < 0) ...
 *     diag_add_path(run, "kubelet.log");
 *     diag_execute(run, &error);
 *     diag_render(run, "json", &render_options, write_to_stdout, NULL);
 *     code = diag_exit_code(run);
 *     diag_free(run);
 *
 * No function prints, exits or changes global state. One run is used from one thread at a time;
 * different runs are independent. Functions return 0 or more when good, a negative errno when bad,
 * with a sentence in *error (which may be NULL). Trouble of the input is no error: it is in the
 * report. Out of memory ends the process. */

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct diag_run diag_run;

typedef struct diag_error {
    char path[512];    /* file it is about; empty when none */
    unsigned line;     /* 1-based; 0 when unknown */
    unsigned column;   /* 1-based; 0 when unknown */
    char text[1024];   /* one sentence */
    char excerpt[256]; /* the line of the file; may be empty */
} diag_error;

typedef struct diag_options {
    unsigned version;                    /* DIAG_OPTIONS_VERSION */
    const char *const *rule_directories; /* NULL-terminated, later ones win; NULL: none */
    int no_builtin_rules;                /* 1: only the directories */
    int no_host_state;                   /* 1: never read this host's state files, even when live */
    const char *format;                  /* forced text format; NULL: found by itself */
    int fail_on;                         /* severity from which a finding counts for the exit code:
                                          * 0 info, 1 warning, 2 error, 3 critical */
    const struct journal_query *journal; /* for journals; NULL: the default */
} diag_options;

#define DIAG_OPTIONS_VERSION 1
#define DIAG_OPTIONS_INIT                                                                          \
    {                                                                                              \
        .version = DIAG_OPTIONS_VERSION, .fail_on = 2                                              \
    }

/* Makes a run; loads and checks the rules. -EINVAL for a bad rule or option. *ret is the caller's,
 * to be freed with diag_free(). The options are borrowed until then. */
int diag_new(const diag_options *options, diag_run **ret, diag_error *reterr);
void diag_free(diag_run *run); /* NULL is fine */

/* Adds an input: a file or directory, "-" for standard input, or NULL for this host's journal with
 * this host's state. The string is copied. Nothing is opened yet. */
void diag_add_path(diag_run *run, const char *path);

/* Reads all inputs and reasons. An input that cannot be read is an `error` in the report's inputs
 * and the run goes on with the others. Call once. */
int diag_execute(diag_run *run, diag_error *reterr);

typedef struct diag_render_options {
    unsigned version; /* DIAG_RENDER_OPTIONS_VERSION */
    int colour;       /* 1: terminal escape sequences */
    int all;          /* 1: unfold everything */
    int columns;      /* width to wrap at; 0: do not wrap */
    int utc;          /* 1: times in UTC */
} diag_render_options;

#define DIAG_RENDER_OPTIONS_VERSION 1
#define DIAG_RENDER_OPTIONS_INIT                                                                   \
    {                                                                                              \
        .version = DIAG_RENDER_OPTIONS_VERSION                                                     \
    }

/* Renders the report (`text`, `json`) and gives the bytes to `write`, whose negative return ends
 * the rendering and is returned. -EINVAL: no renderer of that name. After diag_execute(). */
int diag_render(const diag_run *run, const char *renderer, const diag_render_options *options,
                int (*write)(void *data, const char *bytes, size_t size), void *data);

/* How to follow the inputs while they grow; docs/follow.md. */
enum diag_command {
    DIAG_GO_ON,
    DIAG_RELOAD_RULES,
    DIAG_STATUS,
    DIAG_STOP
};

typedef struct diag_follow_options {
    unsigned version;        /* DIAG_FOLLOW_OPTIONS_VERSION */
    const char *cursor_file; /* how far the journal was read and what was told; NULL: none */
    int once;                /* 1: tell what is new, and end instead of waiting for more */
    int control_fd; /* when it can be read, `control` is called until it says DIAG_GO_ON; -1: none
                     */
    int output_fd;  /* what `write` writes to, to see that nobody reads any more; -1: unknown */
    enum diag_command (*control)(void *data);
    int (*write)(void *data, const char *bytes, size_t size); /* writes through; negative errno */
    void (*say)(void *data, const char *sentence);            /* remarks beside the report */
    void *data;
} diag_follow_options;

#define DIAG_FOLLOW_OPTIONS_VERSION 1
#define DIAG_FOLLOW_OPTIONS_INIT                                                                   \
    {                                                                                              \
        .version = DIAG_FOLLOW_OPTIONS_VERSION, .control_fd = -1, .output_fd = -1                  \
    }

/* Instead of diag_execute() and diag_render(): reads the inputs, tells what becomes of the findings
 * as it happens, and ends with a summary when told to or when all inputs have ended. The exit code;
 * -EINVAL: the renderer has no form for it (`text` and `ndjson` have), -EPIPE: nobody reads what is
 * written, other negative errno with a sentence. Call once. */
int diag_follow(diag_run *run, const char *renderer, const diag_render_options *options,
                const diag_follow_options *follow, diag_error *reterr);

/* 0 nothing found, 1 findings, 3 no input usable, 4 partial, 5 inconclusive. After diag_execute().
 */
int diag_exit_code(const diag_run *run);

/* `0.1.0`. Static. */
const char *diag_version(void);

#ifdef __cplusplus
}
#endif

#endif
