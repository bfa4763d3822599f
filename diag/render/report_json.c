/* A report in JSON, schema 1, piece by piece. Specification: RFC 8259, RFC 3339.
 *
 *   {"rule": "kubelet/swap-enabled", "title": "...", "severity": "critical", "role": "root", ...}
 *
 * All keys are always there; null means unknown. A time without a known year is null;
 * `stamp` is its text in the log. */

#include "render/report_json.h"

#include "base/utf8.h"

#include <math.h>

enum {
    SCHEMA = 1
};

/* Whole numbers up to here are exact in every reader of JSON. */
static const double EXACT_MAX = 9007199254740992.0;

struct json_report {
    const struct report *report;
    const struct render_options *options;
    struct arena *arena; /* for names; dies with the rendering */
};

/* Text, with invalid UTF-8 replaced. */
static json_t *text(struct span span)
{
    CLEANUP(buf_done_at) struct buf clean = { 0 };

    utf8_add_clean(&clean, span);
    return json_stringn(clean.data ? clean.data : "", clean.size);
}

static json_t *text_or_null(struct span span)
{
    return span_empty(span) ? json_null() : text(span);
}

static json_t *string_or_null(const char *string)
{
    return string ? text(span_of(string)) : json_null();
}

static json_t *strings(const char *const *items)
{
    json_t *array = json_array();

    for (; items && *items; items++) {
        json_array_append_new(array, text(span_of(*items)));
    }
    return array;
}

static json_t *integer(uint64_t value)
{
    return json_integer((json_int_t)value);
}

static json_t *number(double value)
{
    if (!isfinite(value)) {
        return json_null();
    }
    if (value == floor(value) && fabs(value) <= EXACT_MAX) {
        return json_integer((json_int_t)value);
    }
    return json_real(value);
}

static json_t *moment(const struct json_report *json, const struct moment *when)
{
    CLEANUP(buf_done_at) struct buf out = { 0 };
    bool utc = json->options->utc;

    if (when->time_us == TIME_UNKNOWN || !when->year_known) {
        return json_null();
    }
    calendar_add_rfc3339(&out, when->time_us, utc ? 0 : when->zone_minutes, when->zone_known);
    return text(buf_span(&out));
}

static json_t *exit_object(const struct report *report)
{
    return json_pack("{s:i, s:o}", "code", (int)report->exit, "reason",
                     string_or_null(report->exit_reason));
}

static json_t *input_object(const struct json_report *json, const struct report_input *input)
{
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "name", text(input->name),
                     "format", text_or_null(input->format), "bytes", integer(input->bytes),
                     "entries", integer(input->entries), "first", moment(json, &input->first),
                     "last", moment(json, &input->last), "year_from",
                     string_or_null(input->year_from), "error", string_or_null(input->error));
}

static json_t *inputs_array(const struct json_report *json)
{
    json_t *array = json_array();

    for (size_t i = 0; i < json->report->n_inputs; i++) {
        json_array_append_new(array, input_object(json, &json->report->inputs[i]));
    }
    return array;
}

static json_t *fact_value(const struct fact *fact)
{
    switch (fact->type) {
    case FACT_INTEGER:
    case FACT_BYTES:
    case FACT_KIBIBYTES:
    case FACT_PAGES:
    case FACT_PERCENT:
    case FACT_FRACTION:
    case FACT_DURATION:
    case FACT_QUANTITY:
        return fact->has_number ? number(fact->number) : text(fact->text);
    case FACT_TEXT:
    case FACT_TIME: /* as the log wrote it: its zone and precision are its own */
    case FACT_PATH:
    case FACT_POD:
    case FACT_TYPES:
        break;
    }
    return text(fact->text);
}

static void set_value(const struct json_report *json, json_t *object, struct span name,
                      json_t *value)
{
    json_object_set_new(object, arena_string(json->arena, name), value);
}

static json_t *table_array(const struct json_report *json, const struct fact_table *table)
{
    json_t *array = json_array();

    for (size_t i = 0; i < table->n_rows; i++) {
        const struct fact_row *row = &table->rows[i];
        json_t *object = json_object();

        for (size_t k = 0; k < row->n_facts; k++) {
            set_value(json, object, fact_json_name(&row->facts[k], json->arena),
                      fact_value(&row->facts[k]));
        }
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *values_array(const struct finding_fact *fact)
{
    json_t *array = json_array();

    for (size_t i = 0; i < fact->n_values; i++) {
        json_array_append_new(array, fact_value(&fact->values[i]));
    }
    return array;
}

static void set_fact(const struct json_report *json, json_t *object,
                     const struct finding_fact *fact)
{
    if (fact->table) {
        set_value(json, object, fact->name, table_array(json, fact->table));
        return;
    }
    if (fact->n_values == 0) {
        return;
    }
    set_value(json, object, fact_json_name(&fact->values[0], json->arena),
              fact->list || fact->n_values > 1 ? values_array(fact) : fact_value(fact->values));
}

static json_t *facts_object(const struct json_report *json, const struct finding *finding)
{
    json_t *object = json_object();

    for (size_t i = 0; i < finding->n_facts; i++) {
        set_fact(json, object, &finding->facts[i]);
    }
    return object;
}

static json_t *evidence_object(const struct json_report *json, const struct evidence *evidence)
{
    const struct origin *origin = &evidence->origin;
    json_t *object = json_pack(
        "{s:o, s:o, s:o, s:o, s:i, s:o, s:o, s:o, s:o}", "time", moment(json, &evidence->when),
        "stamp", text_or_null(evidence->stamp), "stream", text_or_null(evidence->stream), "signal",
        text_or_null(evidence->signal), "input", (int)origin->input, "member",
        text_or_null(origin->member), "line", origin->line ? integer(origin->line) : json_null(),
        "offset", integer(origin->offset), "cursor", text_or_null(origin->cursor));

    json_object_set_new(object, "host", text_or_null(evidence->host));
    json_object_set_new(object, "unit", text_or_null(evidence->unit));
    json_object_set_new(object, "pid",
                        evidence->pid < 0 ? json_null() : json_integer(evidence->pid));
    json_object_set_new(object, "message", text(evidence->message));
    json_object_set_new(object, "count", integer(evidence->count));
    return object;
}

static json_t *evidence_array(const struct json_report *json, const struct finding *finding)
{
    json_t *array = json_array();

    for (size_t i = 0; i < finding->n_evidence; i++) {
        json_array_append_new(array, evidence_object(json, &finding->evidence[i]));
    }
    return array;
}

/* Rule ids of other findings of the node, each once. */
static json_t *linked_rules(const struct node *node, const uint32_t *indexes, size_t n)
{
    json_t *array = json_array();

    for (size_t i = 0; i < n; i++) {
        const char *id = node->findings[indexes[i]].rule->id;
        bool known = false;

        for (size_t k = 0; k < json_array_size(array) && !known; k++) {
            known = strcmp(json_string_value(json_array_get(array, k)), id) == 0;
        }
        if (!known) {
            json_array_append_new(array, text(span_of(id)));
        }
    }
    return array;
}

static json_t *ruled_out_array(const struct finding *finding)
{
    json_t *array = json_array();

    for (size_t i = 0; i < finding->n_ruled_out; i++) {
        json_array_append_new(
            array, json_pack("{s:o, s:o}", "rule", string_or_null(finding->ruled_out[i].rule),
                             "because", string_or_null(finding->ruled_out[i].because)));
    }
    return array;
}

static json_t *remedies_array(const struct finding *finding)
{
    json_t *array = json_array();

    for (size_t i = 0; i < finding->n_remedies; i++) {
        const struct finding_remedy *remedy = &finding->remedies[i];

        json_array_append_new(
            array, json_pack("{s:o, s:o, s:o, s:o, s:o}", "kind",
                             string_or_null(remedy_kind_name(remedy->kind)), "do",
                             string_or_null(remedy->action), "run", strings(remedy->run), "needs",
                             string_or_null(remedy->needs), "risk", string_or_null(remedy->risk)));
    }
    return array;
}

static json_t *confidence_object(const struct finding *finding)
{
    return json_pack("{s:s, s:o}", "level", finding_confidence_name(finding->confidence), "reasons",
                     strings(finding->reasons));
}

static json_t *finding_object(const struct json_report *json, const struct node *node,
                              const struct finding *finding)
{
    json_t *object = json_pack(
        "{s:s, s:o, s:s, s:s, s:o, s:s, s:o, s:o, s:o, s:o}", "rule", finding->rule->id, "title",
        string_or_null(finding->title), "severity", rule_severity_name(finding->rule->severity),
        "role", finding_role_name(finding->role), "confidence", confidence_object(finding),
        "status", finding_status_name(finding->status), "first", moment(json, &finding->first),
        "first_stamp", text_or_null(finding->first_stamp), "last", moment(json, &finding->last),
        "last_stamp", text_or_null(finding->last_stamp));

    json_object_set_new(object, "count", integer(finding->count));
    json_object_set_new(object, "lives", integer(finding->runs));
    json_object_set_new(object, "lives_all", integer(finding->runs_all));
    json_object_set_new(object, "lives_sentence", string_or_null(finding->runs_sentence));
    json_object_set_new(object, "facts", facts_object(json, finding));
    json_object_set_new(object, "explain", string_or_null(finding->explain));
    json_object_set_new(object, "explained_by",
                        linked_rules(node, finding->explained_by, finding->n_explained_by));
    json_object_set_new(object, "explains",
                        linked_rules(node, finding->explains, finding->n_explains));
    json_object_set_new(object, "ruled_out", ruled_out_array(finding));
    json_object_set_new(object, "evidence", evidence_array(json, finding));
    json_object_set_new(object, "remedies", remedies_array(finding));
    json_object_set_new(object, "references", strings(finding->rule->references));
    return object;
}

static json_t *nodes_array(const struct json_report *json)
{
    json_t *array = json_array();

    for (size_t i = 0; i < json->report->n_nodes; i++) {
        const struct node *node = &json->report->nodes[i];
        json_t *findings = json_array();

        for (size_t k = 0; k < node->n_findings; k++) {
            json_array_append_new(findings, finding_object(json, node, &node->findings[k]));
        }
        json_array_append_new(array,
                              json_pack("{s:o, s:o, s:o}", "host", text_or_null(node->host), "boot",
                                        text_or_null(node->boot), "findings", findings));
    }
    return array;
}

/* A bare number is a number, `9/KILL` a text. */
static json_t *exit_status(struct span status)
{
    int64_t value;

    return span_to_int(status, &value) ? json_integer(value) : text_or_null(status);
}

/* Position and time of the message with the same index in `last_words`. */
static json_t *message_place(const struct json_report *json, const struct last_word *word)
{
    const struct origin *origin = &word->origin;

    return json_pack("{s:o, s:o, s:i, s:o, s:o, s:o, s:o, s:o}", "time", moment(json, &word->when),
                     "stamp", text_or_null(word->stamp), "input", (int)origin->input, "member",
                     text_or_null(origin->member), "line",
                     origin->line ? integer(origin->line) : json_null(), "offset",
                     integer(origin->offset), "cursor", text_or_null(origin->cursor), "count",
                     integer(word->count));
}

static json_t *unexplained_object(const struct json_report *json, const struct unexplained *unit)
{
    json_t *words = json_array(), *places = json_array();

    for (size_t i = 0; i < unit->n_last_words; i++) {
        json_array_append_new(words, text(unit->last_words[i].text));
        json_array_append_new(places, message_place(json, &unit->last_words[i]));
    }
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "host", text_or_null(unit->host), "unit",
                     text_or_null(unit->unit), "title", string_or_null(unit->title), "exit_status",
                     exit_status(unit->exit_status), "last_words", words, "last_words_at", places);
}

static json_t *unexplained_array(const struct json_report *json)
{
    json_t *array = json_array();

    for (size_t i = 0; i < json->report->n_unexplained; i++) {
        json_array_append_new(array, unexplained_object(json, &json->report->unexplained[i]));
    }
    return array;
}

static json_t *blind_spots_array(const struct report *report)
{
    json_t *array = json_array();

    for (size_t i = 0; i < report->n_blind_spots; i++) {
        const struct note *note = &report->blind_spots[i];

        json_array_append_new(
            array, json_pack("{s:s, s:o, s:o, s:o, s:o}", "what", note_kind_name(note->kind),
                             "where", text_or_null(note->where), "count", integer(note->count),
                             "line", note->first_line ? integer(note->first_line) : json_null(),
                             "detail", text_or_null(note->detail)));
    }
    return array;
}

static json_t *stats_object(const struct report *report)
{
    return json_pack("{s:f, s:o, s:o, s:o}", "seconds", report->stats.seconds, "bytes",
                     integer(report->stats.bytes), "entries", integer(report->stats.entries),
                     "rules", integer(report->stats.rules));
}

static json_t *summary_object(const struct json_report *json)
{
    const struct report *report = json->report;
    json_t *verdict = json_pack("{s:o}", "root_causes", strings(report->root_causes));

    return json_pack("{s:i, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "schema", (int)SCHEMA, "version",
                     string_or_null(json->options->version), "exit", exit_object(report), "verdict",
                     verdict, "inputs", inputs_array(json), "unexplained", unexplained_array(json),
                     "blind_spots", blind_spots_array(report), "stats", stats_object(report));
}

json_t *report_json_summary(const struct report *report, const struct render_options *options)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    struct json_report json = { .report = report, .options = options, .arena = arena };

    return summary_object(&json);
}

json_t *report_json_finding(const struct report *report, const struct render_options *options,
                            const struct node *node, const struct finding *finding)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    struct json_report json = { .report = report, .options = options, .arena = arena };

    return finding_object(&json, node, finding);
}

json_t *report_json_nodes(const struct report *report, const struct render_options *options)
{
    CLEANUP(arena_free_at) struct arena *arena = arena_new();
    struct json_report json = { .report = report, .options = options, .arena = arena };

    return nodes_array(&json);
}

json_t *report_json_text(struct span span)
{
    return text_or_null(span);
}

static int add_bytes(const char *bytes, size_t size, void *data)
{
    buf_add(data, (struct span){ bytes, size });
    return 0;
}

void report_json_add(struct buf *out, json_t *object, size_t flags)
{
    (void)json_dump_callback(object, add_bytes, out, flags | JSON_REAL_PRECISION(9));
    buf_add_byte(out, '\n');
    json_decref(object);
}
