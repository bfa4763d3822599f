#ifndef NODECAUSE_H
#define NODECAUSE_H

/* libnodecause: why did this Kubernetes node fail?
 *
 * A run has a set of rules and a list of inputs. Create it, add inputs, execute it, render its report:
 *
 *     diag_options options = DIAG_OPTIONS_INIT;
 *     diag_render_options render_options = DIAG_RENDER_OPTIONS_INIT;
 *     diag_run *run;
 *     diag_error error;
 *
 *     if (diag_new(&options, &run, &error) < 0) {
 *         fprintf(stderr, "%s\n", error.text);
 *         return 1;
 *     }
 *     diag_add_path(run, "kubelet.log");
 *     if (diag_execute(run, &error) >= 0) {
 *         diag_render(run, "json", &render_options, write_to_stdout, NULL);
 *         code = diag_exit_code(run);
 *     }
 *     diag_free(run);
 *
 * Errors: a function that can fail returns 0 or more on success and a negative errno on failure; it
 * then fills *reterr, where it has one (NULL: the caller does not want it), and leaves its other
 * outputs untouched. Trouble with an input is not an error: the report lists it. Running out of
 * memory ends the process.
 *
 * Versions: set `version` of each option struct, best with its _INIT macro. A library that does not
 * know that version returns -EINVAL. Members are only added together with a new version.
 *
 * Threads: use one run from one thread at a time; different runs are independent. A thread that a
 * run starts has ended when the function returns that started it, and takes no signals. No function
 * prints, exits or changes global state.
 *
 * Strings are UTF-8 and end with a NUL byte. Symbols begin with diag_ or DIAG_; the static library
 * exports no others. */

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifdef __GNUC__
#pragma GCC visibility push(default)
#endif

/* One diagnosis. Opaque; created by diag_new(), freed by diag_free(). */
typedef struct diag_run diag_run;

/* What went wrong, for a person. The caller owns it. All strings may be empty, but not `text`. */
typedef struct diag_error {
    char path[512];    /* the file with the fault */
    unsigned line;     /* in that file, from 1; 0: unknown */
    unsigned column;   /* in bytes, from 1; 0: unknown */
    char text[1024];   /* one sentence, without a full stop or a newline */
    char excerpt[256]; /* the line of the file */
} diag_error;

/* How bad a finding is. */
enum diag_severity {
    DIAG_INFO = 0,
    DIAG_WARNING = 1,
    DIAG_ERROR = 2,
    DIAG_CRITICAL = 3
};

/* `info`, `warning`, `error`, `critical`. Static; NULL for any other value. */
const char *diag_severity_name(enum diag_severity severity);

/* --- the journal --- */

/* A bound of time that is not set. Times are microseconds since 1970-01-01 00:00 UTC. */
#define DIAG_TIME_UNKNOWN INT64_MIN

/* How `grep` compares letters. */
enum diag_case {
    DIAG_CASE_AUTO = 0,      /* ignores case unless the pattern has a capital letter */
    DIAG_CASE_SENSITIVE = 1, /* A is not a */
    DIAG_CASE_IGNORE = 2     /* A is a */
};

/* Which journal to read, and which of its entries. Names and meanings are journalctl(1)'s. With
 * DIAG_JOURNAL_INIT it is this host's journal: the current boot (for named files: every boot), and
 * of it the kernel, the kubelet, the container runtime and what systemd says about them.
 *
 * Entries are also selected in text inputs, as far as their lines say who wrote them and when.
 * Arrays and strings are borrowed until diag_free(). A NULL string or an array of 0 is not set. */
typedef struct diag_journal {
    unsigned version; /* DIAG_JOURNAL_VERSION */

    /* Which journal. Set at most one of these four; none: this host's. */
    const char *directory;    /* -D: the journal files of this directory */
    const char *const *files; /* --file: these journal files; globs */
    size_t n_files;
    const char *root; /* --root: the journal, and the state files, of the system in this folder */
    const char *machine; /* -M: the journal of this local container */

    int merge;              /* -m: 1 reads the journals of other machines too */
    const char *name_space; /* --namespace: NAME, `+NAME` for it and the default one, `*` for all */

    /* Which entries: those that all of these select. */
    const char *boot;         /* -b: "", "0", "-1", "1", ID, "ID+1", "all" */
    const char *invocation;   /* -I: "", "0", "-1", "1", ID: one run of `units` */
    const char *const *units; /* -u: any of these units; globs */
    size_t n_units;
    const char *const *identifiers; /* -t: any of these syslog identifiers */
    size_t n_identifiers;
    const char *const *matches; /* FIELD=VALUE, and "+" for OR, in the order of a command line */
    size_t n_matches;
    int dmesg;         /* -k: 1 selects the kernel's messages, of this boot unless `boot` is set */
    int64_t since_us;  /* -S: from here on; DIAG_TIME_UNKNOWN: no bound */
    int64_t until_us;  /* -U: up to here; DIAG_TIME_UNKNOWN: no bound */
    int priority;      /* -p: this syslog level, 0 (emerg) to 7, or worse; -1: all */
    int priority_from; /* -p FROM..TO: and at least this level; 0: no bound */
    const char *grep;  /* -g: the message matches this PCRE2 pattern */
    enum diag_case grep_case; /* --case-sensitive */
    uint64_t lines;           /* -n: only the last entries, so many; 0: all */
    const char *cursor;       /* -c: from the entry with this cursor on */
    int after_cursor;         /* --after-cursor: 1 begins after that entry */
} diag_journal;

#define DIAG_JOURNAL_VERSION 1
/* clang-format off */
#define DIAG_JOURNAL_INIT                                                                          \
    {                                                                                              \
        DIAG_JOURNAL_VERSION,                                                                      \
        NULL, NULL, 0, NULL, NULL, 0, NULL,         /* directory to name_space */                  \
        NULL, NULL, NULL, 0, NULL, 0, NULL, 0,      /* boot to n_matches */                        \
        0, DIAG_TIME_UNKNOWN, DIAG_TIME_UNKNOWN,    /* dmesg, since_us, until_us */                \
        -1, 0, NULL, DIAG_CASE_AUTO, 0, NULL, 0     /* priority to after_cursor */                 \
    }
/* clang-format on */

/* --- a run --- */

/* How far a run has come. */
typedef struct diag_progress {
    const char *now;  /* name of what is read; valid during the call */
    uint64_t files;   /* so far */
    uint64_t n_files; /* all of them; 0: not known yet, an archive or directory is looked at */
    uint64_t bytes;   /* so far, decompressed */
} diag_progress;

typedef struct diag_options {
    unsigned version;                    /* DIAG_OPTIONS_VERSION */
    const char *const *rule_directories; /* more rules, ends with NULL; a later rule replaces an
                                          * earlier one with the same id; NULL: no more */
    int no_builtin_rules;                /* 1: only the rules of the directories */
    int no_host_state;           /* 1: this host's state files are not read with its journal */
    const char *format;          /* text inputs are in this format, a name that `nodecause
                                          * formats` lists; NULL: recognised for each input */
    enum diag_severity fail_on;  /* findings from here on count for the exit code */
    const diag_journal *journal; /* NULL: DIAG_JOURNAL_INIT */

    /* Since version 2. The system's directories of rules, separated by colons, read after the
     * built-in rules and before `rule_directories`; one that does not exist is left out. "": none.
     * NULL: $NODECAUSE_RULES_PATH, or if that is not set /usr/share/nodecause/rules,
     * /etc/nodecause/rules and nodecause/rules in $XDG_CONFIG_HOME or ~/.config. */
    const char *rules_path;

    /* 1: diag_new() fails for a bad rule file. 0: it is skipped, as if it did not exist, and the
     * report lists it under the blind spots. */
    int strict_rules;

    /* Called by diag_new() for each rule file that is skipped; the error is valid during the call.
     * NULL: the report alone lists them. */
    void (*on_skipped_rule)(void *data, const diag_error *error);
    void *data; /* passed to it */

    /* Since version 3. How many threads may be used, with the caller's; the report does not depend
     * on it. 1: only the caller's. 0: 2, or 1 if there is only one processor. */
    unsigned threads;
    /* Since version 4. All archives and directories are support bundles of this kind, a name that
     * `nodecause formats --layouts` lists. NULL: their files say which. */
    const char *layout;

    /* The report is of the node with this name alone. diag_execute() fails with -EINVAL when it has
     * no such node. NULL: of all nodes. */
    const char *node;

    /* Called often by diag_execute(), for each file and about each MiB, with `data`. NULL: it is not. */
    void (*on_progress)(void *data, const diag_progress *progress);
} diag_options;

#define DIAG_OPTIONS_VERSION 4
#define DIAG_OPTIONS_INIT                                                                          \
    {                                                                                              \
        DIAG_OPTIONS_VERSION, NULL, 0, 0, NULL, DIAG_ERROR, NULL, NULL, 0, NULL, NULL, 0, NULL,    \
            NULL, NULL                                                                             \
    }

/* Creates a run; loads and checks the rules. What `options` points to is borrowed until
 * diag_free(); NULL: DIAG_OPTIONS_INIT. *ret belongs to the caller, who frees it with diag_free().
 * -EINVAL: no rule is left, an invalid rule with `strict_rules`, unknown format or layout, invalid pattern of `grep` or unknown version; -ENOENT,
 * -EACCES and others: a directory of rules cannot be read. */
int diag_new(const diag_options *options, diag_run **ret, diag_error *reterr);

/* Frees the run with its report. NULL: does nothing. */
void diag_free(diag_run *run);

/* Adds an input: the path of a file or directory, "-" for standard input, or NULL for the journal of
 * diag_options.journal (with this host's state files, when it is this host's journal). The string is
 * copied. Nothing is opened yet. Call before diag_execute() or diag_follow(). */
void diag_add_path(diag_run *run, const char *path);

/* Reads all inputs to their end and reasons about them. An input that cannot be read is listed with
 * its error in the report, and the run continues with the others. Call it once, and not together
 * with diag_follow(). Negative errno: the rules cannot be compiled; -EINVAL: there is no node as in
 * diag_options.node. */
int diag_execute(diag_run *run, diag_error *reterr);

/* What the run means for a script; also the exit codes of the program. */
enum diag_exit {
    DIAG_EXIT_NOTHING = 0,     /* all was read, and nothing found */
    DIAG_EXIT_FINDINGS = 1,    /* a finding of severity `fail_on` or worse */
    DIAG_EXIT_USAGE = 2,       /* only of the program: its command line or a rule is invalid */
    DIAG_EXIT_INPUT = 3,       /* no input could be read, or none looks like a log */
    DIAG_EXIT_PARTIAL = 4,     /* nothing found, but not all was read: damage, a limit, or entries
                                * of a text that the journal's options did not select */
    DIAG_EXIT_INCONCLUSIVE = 5 /* something failed, and no rule explains it */
};

/* One of enum diag_exit. After diag_execute(). */
int diag_exit_code(const diag_run *run);

/* --- the report --- */

typedef struct diag_render_options {
    unsigned version; /* DIAG_RENDER_OPTIONS_VERSION */
    int colour;       /* 1: with terminal escape sequences */
    int all;          /* 1: unfold what the causes led to, and print all evidence */
    int columns;      /* wrap at this width; 0: do not wrap */
    int utc;          /* 1: times in UTC; 0: in the time zone of the log */
} diag_render_options;

#define DIAG_RENDER_OPTIONS_VERSION 1
#define DIAG_RENDER_OPTIONS_INIT                                                                   \
    {                                                                                              \
        DIAG_RENDER_OPTIONS_VERSION, 0, 0, 0, 0                                                    \
    }

/* A form that a report can have. The strings are static. */
typedef struct diag_renderer {
    const char *name;    /* for diag_render(), and -o of the program: `text`, `json` */
    const char *summary; /* a few words for a help text */
    int can_follow;      /* 1: diag_follow() can use it */
} diag_renderer;

/* The renderers, by name: fills *ret with number `index`, counted from 0, and returns 1; returns 0
 * when there are no more. */
int diag_renderer_at(size_t index, diag_renderer *ret);

/* Takes `size` bytes. Returns 0 or more, or a negative errno, which ends the output and is passed on.
 * `data` is what the caller gave with the function. */
typedef int (*diag_write)(void *data, const char *bytes, size_t size);

/* Renders the report and passes it to `write`. `options` may be NULL: DIAG_RENDER_OPTIONS_INIT.
 * -EINVAL: no renderer has this name, or unknown version; else what `write` returned. After
 * diag_execute(), as often as needed. */
int diag_render(const diag_run *run, const char *renderer, const diag_render_options *options,
                diag_write write, void *data);

/* --- following --- */

/* What to do next while inputs are followed; see docs/follow.md. */
enum diag_command {
    DIAG_GO_ON,        /* no command is waiting */
    DIAG_RELOAD_RULES, /* load the rules again; keep the old ones when the new ones are invalid */
    DIAG_STATUS,       /* say in one sentence what was read and found so far */
    DIAG_STOP          /* end with the summary */
};

typedef struct diag_follow_options {
    unsigned version;        /* DIAG_FOLLOW_OPTIONS_VERSION */
    const char *cursor_file; /* resume where the last run with this file ended, and report only what
                              * is new; created when missing; the journal must be the only input;
                              * NULL: do not */
    int once;                /* 1: end when all that is there was read */
    int control_fd; /* poll(2) this descriptor for input, then call `control` until it returns
                              * DIAG_GO_ON; -1: never call it */
    int output_fd;  /* the descriptor that `write` writes to, to notice that its reader has
                              * gone; -1: unknown */
    enum diag_command (*control)(void *data); /* the next command; may be NULL without control_fd */
    diag_write write;                         /* must not buffer; must not be NULL */
    void (*say)(void *data, const char *sentence); /* remarks that are not part of the report; NULL:
                                                    * they are dropped */
    void *data;                                    /* passed to the three functions */
} diag_follow_options;

#define DIAG_FOLLOW_OPTIONS_VERSION 1
#define DIAG_FOLLOW_OPTIONS_INIT                                                                   \
    {                                                                                              \
        DIAG_FOLLOW_OPTIONS_VERSION, NULL, 0, -1, -1, NULL, NULL, NULL, NULL                       \
    }

/* Instead of diag_execute() and diag_render(): reads the inputs while they grow, writes findings as
 * they appear, change and are withdrawn, and ends with a summary on DIAG_STOP or when all inputs have
 * ended. `options` may be NULL: DIAG_RENDER_OPTIONS_INIT. Returns one of enum diag_exit. -EINVAL: the
 * renderer cannot follow, or unknown version; -EPIPE: the reader of the output has gone; other
 * negative errno: an input or the cursor file cannot be used. Call it once. */
int diag_follow(diag_run *run, const char *renderer, const diag_render_options *options,
                const diag_follow_options *follow, diag_error *reterr);

/* The version of the library: `0.1.0`. Static. */
const char *diag_version(void);

#ifdef __GNUC__
#pragma GCC visibility pop
#endif

#ifdef __cplusplus
}
#endif

#endif
