/* One finding in JSON, schema 1.
 *
 *   {"rule": "kubelet/swap-enabled", "title": "...", "severity": "critical", "role": "root", ...}
 *
 * All keys are always there; null means unknown. */

#include "render/json_finding.h"

#include "entry/component.h"

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
        return fact->has_number ? json_value_number(fact->number) : json_value_text(fact->text);
    case FACT_TEXT:
    case FACT_TIME: /* as the log wrote it: its zone and precision are its own */
    case FACT_PATH:
    case FACT_POD:
    case FACT_TYPES:
        break;
    }
    return json_value_text(fact->text);
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

json_t *json_evidence(const struct json_report *json, const struct evidence *evidence)
{
    const struct origin *origin = &evidence->origin;
    json_t *object = json_pack(
        "{s:o, s:o, s:o, s:o, s:i, s:o, s:o, s:o, s:o}", "time",
        json_value_moment(json, &evidence->when), "stamp", json_value_text_or_null(evidence->stamp),
        "stream", json_value_text_or_null(evidence->stream), "signal",
        json_value_text_or_null(evidence->signal), "input", (int)origin->input, "member",
        json_value_text_or_null(origin->member), "line",
        origin->line ? json_value_integer(origin->line) : json_null(), "offset",
        json_value_integer(origin->offset), "cursor", json_value_text_or_null(origin->cursor));

    json_object_set_new(object, "time_range", json_value_range(json, &evidence->when));
    json_object_set_new(object, "host", json_value_text_or_null(evidence->host));
    json_object_set_new(object, "unit", json_value_text_or_null(evidence->unit));
    json_object_set_new(object, "pid",
                        evidence->pid < 0 ? json_null() : json_integer(evidence->pid));
    json_object_set_new(object, "message", json_value_text(evidence->message));
    json_object_set_new(object, "count", json_value_integer(evidence->count));
    return object;
}

static json_t *component_object(const struct component *component)
{
    return json_pack("{s:s?, s:s, s:s?}", "name", component->name, "known",
                     component_known_name(component->known), "by", component->by);
}

static json_t *evidence_array(const struct json_report *json, const struct finding *finding)
{
    json_t *array = json_array();

    for (size_t i = 0; i < finding->n_evidence; i++) {
        json_array_append_new(array, json_evidence(json, &finding->evidence[i]));
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
            json_array_append_new(array, json_value_text(span_of(id)));
        }
    }
    return array;
}

static json_t *ruled_out_array(const struct finding *finding)
{
    json_t *array = json_array();

    for (size_t i = 0; i < finding->n_ruled_out; i++) {
        json_array_append_new(
            array,
            json_pack("{s:o, s:o}", "rule", json_value_string_or_null(finding->ruled_out[i].rule),
                      "because", json_value_string_or_null(finding->ruled_out[i].because)));
    }
    return array;
}

static json_t *remedies_array(const struct finding *finding)
{
    json_t *array = json_array();

    for (size_t i = 0; i < finding->n_remedies; i++) {
        const struct finding_remedy *remedy = &finding->remedies[i];

        json_array_append_new(array,
                              json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "kind",
                                        json_value_string_or_null(remedy_kind_name(remedy->kind)),
                                        "do", json_value_string_or_null(remedy->action), "run",
                                        json_value_strings(remedy->run), "needs",
                                        json_value_string_or_null(remedy->needs), "risk",
                                        json_value_string_or_null(remedy->risk), "undo",
                                        json_value_string_or_null(remedy->undo)));
    }
    return array;
}

static json_t *confidence_object(const struct finding *finding)
{
    return json_pack("{s:s, s:o}", "level", finding_confidence_name(finding->confidence), "reasons",
                     json_value_strings(finding->reasons));
}

json_t *json_finding(const struct json_report *json, const struct node *node,
                     const struct finding *finding)
{
    json_t *object = json_pack(
        "{s:s, s:o, s:s, s:s, s:o, s:s, s:o, s:o, s:o, s:o}", "rule", finding->rule->id, "title",
        json_value_string_or_null(finding->title), "severity",
        rule_severity_name(finding->rule->severity), "role", finding_role_name(finding->role),
        "confidence", confidence_object(finding), "status", finding_status_name(finding->status),
        "first", json_value_moment(json, &finding->first), "first_stamp",
        json_value_text_or_null(finding->first_stamp), "last",
        json_value_moment(json, &finding->last), "last_stamp",
        json_value_text_or_null(finding->last_stamp));

    json_object_set_new(object, "first_range", json_value_range(json, &finding->first));
    json_object_set_new(object, "last_range", json_value_range(json, &finding->last));
    json_object_set_new(object, "component", component_object(&finding->component));
    json_object_set_new(object, "group",
                        finding->group ? json_value_integer(finding->group) : json_null());
    json_object_set_new(object, "count", json_value_integer(finding->count));
    json_object_set_new(object, "lives", json_value_integer(finding->runs));
    json_object_set_new(object, "lives_all", json_value_integer(finding->runs_all));
    json_object_set_new(object, "lives_sentence",
                        json_value_string_or_null(finding->runs_sentence));
    json_object_set_new(object, "facts", facts_object(json, finding));
    json_object_set_new(object, "explain", json_value_string_or_null(finding->explain));
    json_object_set_new(object, "explained_by",
                        linked_rules(node, finding->explained_by, finding->n_explained_by));
    json_object_set_new(object, "explains",
                        linked_rules(node, finding->explains, finding->n_explains));
    json_object_set_new(object, "ruled_out", ruled_out_array(finding));
    json_object_set_new(object, "evidence", evidence_array(json, finding));
    json_object_set_new(object, "remedies", remedies_array(finding));
    json_object_set_new(object, "references", json_value_strings(finding->rule->references));
    return object;
}
