/* From a line that no rule knows to a rule file to start from.
 *
 *   E0302 08:00:03.4 811 foo.go:408] "Volume table is odd" volume="data-1" err="7 sectors missing"
 *
 *   pattern: 'Volume table is odd volume=(?<volume>[\w.:-]+) err=(?<number>\d+) sectors missing'
 *
 * The negative test is a near twin: the same line with its last constant word replaced. */

#include "workbench/rule_draft.h"

#include "base/cleanup.h"
#include "base/utf8.h"
#include "entry/line_template.h"

#include <ctype.h>
#include <stdio.h>

enum {
    PATTERN_BYTES = 160, /* of the message: what follows varies, or is cut by pagers */
    GROUPS_MAX = 6,
    NAME_BYTES = 24,
    SLUG_BYTES = 40,
    SLUG_WORDS = 6,
    LITERAL_MIN = 4
};

struct named_group {
    char name[NAME_BYTES + 4];
    const char *type; /* NULL: text */
};

struct drafter {
    const struct unmatched_line *line;
    const char *stream;
    struct line_part parts[LINE_PARTS_MAX];
    size_t n; /* of them in the pattern */
    struct named_group groups[GROUPS_MAX];
    size_t n_groups;
    struct buf sample;   /* the line as a log shows it */
    struct span literal; /* longest fixed text, which is in the sample */
    char id[SLUG_BYTES + 16];
};

/* --- the sample --- */

static struct span first_line(struct span text)
{
    struct span line = text;

    (void)span_cut(&text, '\n', &line);
    return line;
}

/* Does the raw line hold what was said? A record of a journal, or of many lines, does not. */
static bool is_whole(const struct unmatched_line *line)
{
    struct span words = first_line(line->message), word;

    while (span_word(&words, &word)) {
        if (word.size >= LITERAL_MIN && span_find(first_line(line->raw), word) < 0) {
            return false;
        }
    }
    return line->origin.line > 0;
}

/* As it was in the log, or after a header written for it. */
static void make_sample(struct drafter *drafter)
{
    const struct unmatched_line *line = drafter->line;
    struct span who = span_empty(line->identifier) ? SPAN("unknown") : line->identifier;
    struct buf *sample = &drafter->sample;

    if (is_whole(line)) {
        utf8_add_visible(sample, first_line(line->raw));
        return;
    }
    buf_add_string(sample, "Mar 02 08:00:04 worker-a ");
    utf8_add_visible(sample, who);
    if (line->pid >= 0) {
        buf_printf(sample, "[%lld]", (long long)line->pid);
    }
    buf_add_string(sample, ": ");
    utf8_add_visible(sample, first_line(line->origin.line ? line->message : line->raw));
}

/* --- what the pattern is made of --- */

/* What a piece looks like, what its group is called when nothing else names it, and its type. */
static const struct {
    const char *pattern, *name, *type;
} forms[] = {
    [PART_NUMBER] = { "\\d+(?:\\.\\d+)?", "number", "integer" },
    [PART_DURATION] = { "[\\d.]+[a-z]\\w*", "duration", "duration" },
    [PART_ID] = { "[\\w-]+", "hex", NULL },
    [PART_NAME] = { "[\\w.:-]+", "name", NULL },
    [PART_PATH] = { "/[^\\s,;:\"]+", "path", "path" },
    [PART_QUOTED] = { "[^\"']+", "text", NULL },
};

/* The start of the message, up to what cannot be written into a rule as it is. */
static struct span plain_start(const struct drafter *drafter)
{
    struct span line = first_line(drafter->line->message);
    size_t n = 0;

    while (n < line.size && line.data[n] >= ' ' && line.data[n] <= '~') {
        n++;
    }
    return span_trim(span_head(line, n));
}

/* The parts of the message's beginning: whole words, up to PATTERN_BYTES. */
static void cut_parts(struct drafter *drafter)
{
    size_t n = line_template_split(plain_start(drafter), drafter->parts), size = 0;

    while (drafter->n < n && size < PATTERN_BYTES) {
        size += drafter->parts[drafter->n++].text.size;
    }
    for (size_t n_varying = 0, i = 0; i < drafter->n; i++) {
        n_varying += drafter->parts[i].kind != PART_FIXED;
        if (n_varying > GROUPS_MAX) {
            drafter->n = i;
        }
    }
    /* Nothing is known about what varies at the end, and a pager may cut there. */
    while (drafter->n > 1 && drafter->parts[drafter->n - 1].kind != PART_FIXED) {
        drafter->n--;
    }
}

/* JSON writes these otherwise. */
static bool is_escaped(char c)
{
    return c == '"' || c == '\\';
}

static size_t common_size(struct span text, struct span raw)
{
    size_t n = 0;

    while (n < text.size && n < PATTERN_BYTES && !is_escaped(text.data[n]) &&
           span_find(raw, span_head(text, n + 1)) >= 0) {
        n++;
    }
    return n;
}

/* klog's quotes are undone in the message, so not every text of it is in the raw line. */
static void find_literal(struct drafter *drafter)
{
    for (size_t i = 0; i < drafter->n; i++) {
        struct span rest = drafter->parts[i].text;

        if (drafter->parts[i].kind != PART_FIXED) {
            continue;
        }
        for (; rest.size > drafter->literal.size; rest = span_skip(rest, 1)) {
            size_t n = common_size(rest, buf_span(&drafter->sample));

            if (n > drafter->literal.size) {
                drafter->literal = span_head(rest, n);
            }
        }
    }
    drafter->literal = span_trim(drafter->literal);
}

/* Where so little stays that nothing can be looked for, all of it does. */
static void keep_all(struct drafter *drafter)
{
    drafter->parts[0] =
        (struct line_part){ PART_FIXED, span_trim(span_head(plain_start(drafter), PATTERN_BYTES)) };
    drafter->n = 1;
    find_literal(drafter);
}

/* --- groups --- */

static bool is_taken(const struct drafter *drafter, const char *name)
{
    for (size_t i = 0; i < drafter->n_groups; i++) {
        if (strcmp(drafter->groups[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* The key in front of `key=value`, as a name; empty: there is none. */
static struct span key_before(const struct drafter *drafter, size_t at)
{
    struct span text = at > 0 ? drafter->parts[at - 1].text : (struct span){ 0 };
    size_t end, start;

    while (text.size && strchr("\"'", text.data[text.size - 1])) {
        text.size--;
    }
    if (text.size == 0 || text.data[text.size - 1] != '=') {
        return (struct span){ 0 };
    }
    end = start = text.size - 1;
    while (start > 0 &&
           (isalnum((unsigned char)text.data[start - 1]) || text.data[start - 1] == '_')) {
        start--;
    }
    if (start == end || isdigit((unsigned char)text.data[start]) || end - start > NAME_BYTES) {
        return (struct span){ 0 };
    }
    return (struct span){ text.data + start, end - start };
}

static void name_groups(struct drafter *drafter)
{
    for (size_t i = 0; i < drafter->n; i++) {
        enum line_part_kind kind = drafter->parts[i].kind;
        struct named_group *group = &drafter->groups[drafter->n_groups];
        struct span key = key_before(drafter, i);

        if (kind == PART_FIXED) {
            continue;
        }
        if (span_empty(key)) {
            key = span_of(forms[kind].name);
        }
        (void)snprintf(group->name, sizeof(group->name), "%.*s", (int)key.size, key.data);
        for (int k = 2; is_taken(drafter, group->name); k++) {
            (void)snprintf(group->name, sizeof(group->name), "%.*s%d", (int)key.size, key.data, k);
        }
        for (char *c = group->name; *c; c++) {
            *c = (char)tolower((unsigned char)*c);
        }
        group->type = forms[kind].type;
        drafter->n_groups++;
    }
}

/* --- texts for YAML --- */

/* Between single quotes a quote is written twice, and nothing else means anything. */
static void add_quoted(struct buf *out, struct span text)
{
    CLEANUP(buf_done_at) struct buf clean = { 0 };

    utf8_add_visible(&clean, text);
    for (size_t i = 0; i < clean.size; i++) {
        if (clean.data[i] == '\'') {
            buf_add_byte(out, '\'');
        }
        buf_add_byte(out, clean.data[i]);
    }
}

static void add_escaped(struct buf *pattern, struct span text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (strchr("\\^$.|?*+()[]{}", text.data[i]) && text.data[i]) {
            buf_add_byte(pattern, '\\');
        }
        buf_add_byte(pattern, text.data[i]);
    }
}

static void add_pattern(struct buf *out, const struct drafter *drafter)
{
    CLEANUP(buf_done_at) struct buf pattern = { 0 };
    size_t group = 0;

    for (size_t i = 0; i < drafter->n; i++) {
        if (drafter->parts[i].kind == PART_FIXED) {
            add_escaped(&pattern, drafter->parts[i].text);
        } else {
            buf_printf(&pattern, "(?<%s>%s)", drafter->groups[group++].name,
                       forms[drafter->parts[i].kind].pattern);
        }
    }
    add_quoted(out, buf_span(&pattern));
}

/* Appends the words of the text, joined by `-`. */
static void add_slug(struct buf *slug, struct span text, size_t *n_words)
{
    bool inside = false;

    for (size_t i = 0; i < text.size && slug->size < SLUG_BYTES; i++) {
        bool is_word = isalnum((unsigned char)text.data[i]);

        if (is_word && !inside && (*n_words)++ == SLUG_WORDS) {
            return;
        }
        if (is_word && !inside && slug->size > 0) {
            buf_add_byte(slug, '-');
        }
        if (is_word) {
            buf_add_byte(slug, (char)tolower((unsigned char)text.data[i]));
        }
        inside = is_word;
    }
}

/* `kubelet/volume-table-is-odd`: the stream and the first words. */
static void make_id(struct drafter *drafter)
{
    CLEANUP(buf_done_at) struct buf slug = { 0 };
    size_t n_words = 0;

    for (size_t i = 0; i < drafter->n && n_words < SLUG_WORDS; i++) {
        if (drafter->parts[i].kind == PART_FIXED) {
            add_slug(&slug, drafter->parts[i].text, &n_words);
        }
    }
    (void)snprintf(drafter->id, sizeof(drafter->id), "%s/%s", drafter->stream,
                   slug.size ? slug.data : "draft");
}

/* --- tests --- */

/* The last word of the literal, letters only, so that it can be replaced in the raw line. */
static struct span last_word(struct span literal)
{
    size_t end = literal.size, start;

    while (end > 0 && !isalpha((unsigned char)literal.data[end - 1])) {
        end--;
    }
    for (start = end; start > 0 && isalpha((unsigned char)literal.data[start - 1]); start--) {
        ;
    }
    return (struct span){ literal.data + start, end - start };
}

static void add_twin(struct buf *out, const struct drafter *drafter)
{
    struct span sample = buf_span(&drafter->sample), word = last_word(drafter->literal);
    size_t at = (size_t)span_find(sample, drafter->literal);

    if (span_empty(word)) { /* numbers only */
        word = drafter->literal;
    }
    at += (size_t)(word.data - drafter->literal.data);
    buf_add(out, span_head(sample, at));
    buf_add_string(out, "otherwise");
    buf_add(out, span_skip(sample, at + word.size));
}

/* --- the file --- */

/* The unit a person asks systemctl about, as texts name it. */
static const char *unit_of(const char *stream)
{
    return strcmp(stream, "runtime") == 0 ? "{runtime_unit}" : "{kubelet_unit}";
}

static const char *stream_of(const struct rules *rules, uint64_t streams)
{
    for (size_t i = 0; i < rules->streams.n; i++) {
        if (streams >> i & 1) {
            return rules->streams.items[i].name;
        }
    }
    return "kubelet";
}

static void add_head(struct buf *out, const struct drafter *drafter)
{
    const struct unmatched_line *line = drafter->line;

    buf_printf(out,
               "# A draft, written from a line that no rule matched. Save it as %s.yaml; for "
               "another name\n"
               "# change the tests too. Then replace each FILL IN, delete these lines, and run\n"
               "#   nodecause lint %s.yaml && nodecause test %s.yaml\n"
               "title: 'FILL IN: the problem, as a state'\n"
               "severity: error\n"
               "signals:\n"
               "  - name: logged\n"
               "    # FILL IN: which versions log it, and where in their source\n"
               "    stream: %s\n"
               "    pattern: '",
               drafter->id, drafter->id, drafter->id, drafter->stream);
    add_pattern(out, drafter);
    buf_add_string(out, "'\n    literal: '");
    add_quoted(out, drafter->literal);
    buf_add_string(out, "'\n");
    if (line->hint == HINT_FATAL) {
        buf_add_string(out, "    fatal: true\n");
    }
    buf_add_string(out, "    role: proof\n");
}

static void add_facts(struct buf *out, const struct drafter *drafter)
{
    bool any = false;

    for (size_t i = 0; i < drafter->n_groups; i++) {
        const struct named_group *group = &drafter->groups[i];

        if (!group->type) {
            continue;
        }
        if (!any) {
            buf_add_string(out, "facts:\n");
        }
        any = true;
        buf_printf(out, "  %s: %s\n", group->name, group->type);
    }
}

static void add_texts(struct buf *out, const struct drafter *drafter)
{
    const char *unit = unit_of(drafter->stream);
    bool fatal = drafter->line->hint == HINT_FATAL;

    if (fatal || drafter->line->before_deaths > 0) {
        buf_printf(out,
                   "explains:\n%s"
                   "  - { rule: systemd/unit-exited, within: 60s, same: [host, boot] }\n"
                   "  - { rule: systemd/restart-loop, within: 5m, same: [host, boot, run] }\n",
                   fatal ? "  - { rule: kubelet/panicked, within: 60s, same: [host, boot] }\n"
                         : "");
    }
    buf_add_string(out, "explain: >\n"
                        "  FILL IN: what happened and why, in two or three sentences.");
    for (size_t i = 0; i < drafter->n_groups; i++) {
        buf_printf(out, " The %s is {%s}.", drafter->groups[i].name, drafter->groups[i].name);
    }
    buf_printf(
        out,
        "\nremedies:\n"
        "  - { kind: now, do: 'FILL IN: what to do about it', run: ['true'], risk: 'FILL IN: what "
        "can go wrong' }\n"
        "  - { kind: verify, do: 'The unit keeps running', run: ['systemctl is-active %s'] }\n"
        "references: ['https://example.com/fill-in']\n",
        unit);
}

static void add_tests(struct buf *out, const struct drafter *drafter)
{
    buf_add_string(out, "tests:\n  - name: as it was logged\n    input: |\n      ");
    buf_add(out, buf_span(&drafter->sample));
    buf_printf(out,
               "\n    expect: { findings: [%s] }\n"
               "  - name: 'FILL IN: a near twin that must not match'\n    input: |\n      ",
               drafter->id);
    add_twin(out, drafter);
    buf_printf(out, "\n    expect_none: [%s]\n", drafter->id);
}

static void add_rule(struct buf *out, struct drafter *drafter)
{
    name_groups(drafter);
    make_id(drafter);
    add_head(out, drafter);
    add_facts(out, drafter);
    add_texts(out, drafter);
    add_tests(out, drafter);
}

bool rule_draft_add(struct buf *out, const struct rules *rules, const struct unmatched_line *line)
{
    struct drafter drafter = { .line = line, .stream = stream_of(rules, line->streams) };
    bool found;

    make_sample(&drafter);
    cut_parts(&drafter);
    find_literal(&drafter);
    if (drafter.literal.size < LITERAL_MIN || last_word(drafter.literal).size == 0) {
        keep_all(&drafter);
    }
    found = drafter.literal.size >= LITERAL_MIN;
    if (found) {
        add_rule(out, &drafter);
    }
    buf_done(&drafter.sample);
    return found;
}
