/* PCRE2 with the options of this program.
 *
 * A pattern is compiled when it is loaded and JIT-compiled when it is first used: most patterns of
 * a rule set are never tried on a line. */

#define PCRE2_CODE_UNIT_WIDTH 8

#include "base/pattern.h"

#include "base/alloc.h"
#include "base/limits.h"

#include <errno.h>
#include <pcre2.h>
#include <stdlib.h>

enum {
    JIT_STACK_MIN = 32 * 1024,
    JIT_STACK_MAX = 1024 * 1024
};

struct pattern_group {
    struct span name;          /* in the name table of the code */
    uint32_t first, n_numbers; /* in pattern.numbers */
};

struct pattern {
    pcre2_code *code;
    pcre2_match_context *context;
    pcre2_match_data *data;
    pcre2_jit_stack *stack;
    struct pattern_group *groups;
    uint32_t n_groups;
    uint32_t *numbers; /* of groups that share a name, by name */
    struct span subject;
    bool matched, ready;
};

/* Characters before the byte offset, 1-based, for the user. */
static unsigned column_of(struct span text, size_t offset)
{
    unsigned column = 1;

    for (size_t i = 0; i < offset && i < text.size; i++) {
        column += ((unsigned char)text.data[i] & 0xc0) != 0x80;
    }
    return column;
}

static int compile_error(struct span text, int code, size_t offset, struct error *reterr)
{
    PCRE2_UCHAR message[256];

    if (pcre2_get_error_message(code, message, sizeof(message)) < 0) {
        message[0] = '\0';
    }
    return error_set_at(reterr, -EINVAL, NULL, 0, column_of(text, offset), "%s",
                        (const char *)message);
}

/* The name table is sorted by name: entries with the same name are adjacent. */
static void read_groups(struct pattern *pattern)
{
    uint32_t n_names = 0, entry_size = 0;
    PCRE2_SPTR table = NULL;

    (void)pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMECOUNT, &n_names);
    (void)pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMEENTRYSIZE, &entry_size);
    (void)pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMETABLE, &table);
    pattern->groups = alloc_zeroed(n_names, sizeof(*pattern->groups));
    pattern->numbers = alloc_zeroed(n_names, sizeof(*pattern->numbers));
    for (uint32_t i = 0; i < n_names; i++, table += entry_size) {
        struct span name = span_of((const char *)table + 2);
        struct pattern_group *group = &pattern->groups[pattern->n_groups];

        pattern->numbers[i] = (uint32_t)table[0] << 8 | table[1];
        if (pattern->n_groups && span_equal(group[-1].name, name)) {
            group[-1].n_numbers++;
            continue;
        }
        *group = (struct pattern_group){ name, i, 1 };
        pattern->n_groups++;
    }
}

int pattern_compile(struct span text, struct pattern **ret, struct error *reterr)
{
    const uint32_t options =
        PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_DUPNAMES | PCRE2_NEVER_BACKSLASH_C;
    struct pattern *pattern;
    pcre2_code *code;
    size_t offset = 0;
    int error = 0;

    code = pcre2_compile((PCRE2_SPTR)(text.data ? text.data : ""), text.size, options, &error,
                         &offset, NULL);
    if (!code) {
        return compile_error(text, error, offset, reterr);
    }
    pattern = ALLOC(struct pattern);
    pattern->code = code;
    read_groups(pattern);
    *ret = pattern;
    return 0;
}

void pattern_free(struct pattern *pattern)
{
    if (!pattern) {
        return;
    }
    pcre2_match_data_free(pattern->data);
    pcre2_match_context_free(pattern->context);
    pcre2_jit_stack_free(pattern->stack);
    pcre2_code_free(pattern->code);
    free(pattern->groups);
    free(pattern->numbers);
    free(pattern);
}

/* PCRE2 returns NULL only if it is out of memory. */
static void *checked(void *p)
{
    if (!p) {
        abort();
    }
    return p;
}

/* Without JIT, the limits still apply to the interpreter. */
static void get_ready(struct pattern *pattern)
{
    (void)pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE);
    pattern->data = checked(pcre2_match_data_create_from_pattern(pattern->code, NULL));
    pattern->context = checked(pcre2_match_context_create(NULL));
    (void)pcre2_set_match_limit(pattern->context, LIMIT_PATTERN_MATCH);
    (void)pcre2_set_depth_limit(pattern->context, LIMIT_PATTERN_DEPTH);
    (void)pcre2_set_heap_limit(pattern->context, LIMIT_PATTERN_HEAP_KIB);
    pattern->ready = true;
}

/* JIT code starts with 32 KiB of the machine stack; few patterns need more. */
static bool add_stack(struct pattern *pattern)
{
    if (pattern->stack) {
        return false;
    }
    pattern->stack = pcre2_jit_stack_create(JIT_STACK_MIN, JIT_STACK_MAX, NULL);
    if (!pattern->stack) {
        return false;
    }
    pcre2_jit_stack_assign(pattern->context, NULL, pattern->stack);
    return true;
}

int pattern_match(struct pattern *pattern, struct span subject, size_t start)
{
    PCRE2_SPTR text = (PCRE2_SPTR)(subject.data ? subject.data : "");
    int r;

    pattern->matched = false;
    if (start > subject.size) {
        return 0;
    }
    if (!pattern->ready) {
        get_ready(pattern);
    }
    do {
        r = pcre2_match(pattern->code, text, subject.size, start, 0, pattern->data,
                        pattern->context);
    } while (r == PCRE2_ERROR_JIT_STACKLIMIT && add_stack(pattern));
    if (r < 0) {
        return r == PCRE2_ERROR_NOMATCH ? 0 : -E2BIG;
    }
    pattern->subject = subject;
    pattern->matched = true;
    return 1;
}

static struct span text_of(const struct pattern *pattern, uint32_t number)
{
    const PCRE2_SIZE *offsets;
    PCRE2_SIZE begin, end;

    if (!pattern->matched) {
        return (struct span){ 0 };
    }
    offsets = pcre2_get_ovector_pointer(pattern->data);
    begin = offsets[2 * number];
    end = offsets[2 * number + 1];
    /* \K can move the start after the end, see pcre2api(3). */
    if (begin == PCRE2_UNSET || end < begin) {
        return (struct span){ 0 };
    }
    return (struct span){ (pattern->subject.data ? pattern->subject.data : "") + begin,
                          end - begin };
}

struct span pattern_whole(const struct pattern *pattern)
{
    return text_of(pattern, 0);
}

struct span pattern_group(const struct pattern *pattern, size_t i)
{
    const struct pattern_group *group = &pattern->groups[i];

    for (uint32_t j = 0; j < group->n_numbers; j++) {
        struct span text = text_of(pattern, pattern->numbers[group->first + j]);

        if (text.data) {
            return text;
        }
    }
    return (struct span){ 0 };
}

size_t pattern_n_groups(const struct pattern *pattern)
{
    return pattern->n_groups;
}

struct span pattern_group_name(const struct pattern *pattern, size_t i)
{
    return pattern->groups[i].name;
}
