#include "signal/group_key.h"

#include <string.h>

/* --- hash --- */

uint64_t group_key_mix(uint64_t hash, uint64_t number)
{
    hash += number + 0x9e3779b97f4a7c15;
    hash = (hash ^ hash >> 30) * 0xbf58476d1ce4e5b9;
    hash = (hash ^ hash >> 27) * 0x94d049bb133111eb;
    return hash ^ hash >> 31;
}

static uint64_t add_text(uint64_t hash, struct span text)
{
    uint64_t word;

    for (; text.size >= sizeof(word); text = span_skip(text, sizeof(word))) {
        memcpy(&word, text.data, sizeof(word));
        hash = group_key_mix(hash, word);
    }
    word = 0;
    if (text.size > 0) {
        memcpy(&word, text.data, text.size);
    }
    return group_key_mix(hash, word);
}

static uint64_t add_facts(uint64_t hash, const struct fact *facts, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        hash = add_text(hash, facts[i].text);
    }
    return hash;
}

uint64_t group_key_hash_text(struct span text)
{
    return add_text(text.size, text);
}

uint64_t group_key_hash(const struct signal *signal)
{
    uint64_t hash = group_key_mix(signal->streams, (uint64_t)signal->rule << 32 | signal->signal);

    hash = add_text(hash, signal->host);
    hash = add_text(hash, signal->boot);
    hash = add_text(hash, signal->unit);
    hash = add_facts(hash, signal->facts, signal->n_facts);
    for (size_t i = 0; i < signal->n_tables; i++) {
        const struct fact_table *table = &signal->tables[i];

        for (size_t j = 0; j < table->n_rows; j++) {
            hash = add_facts(hash, table->rows[j].facts, table->rows[j].n_facts);
        }
    }
    return group_key_mix(hash, signal->unit_streams);
}

/* --- comparison --- */

static bool facts_equal(const struct fact *a, size_t n_a, const struct fact *b, size_t n_b)
{
    for (size_t i = 0; n_a == n_b && i < n_a; i++) {
        if (!span_equal(a[i].text, b[i].text) || !span_equal(a[i].name, b[i].name)) {
            return false;
        }
    }
    return n_a == n_b;
}

static bool tables_equal(const struct fact_table *a, const struct fact_table *b)
{
    if (!span_equal(a->name, b->name) || a->n_rows != b->n_rows) {
        return false;
    }
    for (size_t i = 0; i < a->n_rows; i++) {
        if (!facts_equal(a->rows[i].facts, a->rows[i].n_facts, b->rows[i].facts,
                         b->rows[i].n_facts)) {
            return false;
        }
    }
    return true;
}

bool group_key_equal(const struct signal *a, const struct signal *b)
{
    if (a->rule != b->rule || a->signal != b->signal || a->unattributed != b->unattributed ||
        a->streams != b->streams || a->unit_streams != b->unit_streams ||
        a->n_tables != b->n_tables || !span_equal(a->host, b->host) ||
        !span_equal(a->boot, b->boot) || !span_equal(a->unit, b->unit) ||
        !facts_equal(a->facts, a->n_facts, b->facts, b->n_facts)) {
        return false;
    }
    for (size_t i = 0; i < a->n_tables; i++) {
        if (!tables_equal(&a->tables[i], &b->tables[i])) {
            return false;
        }
    }
    return true;
}
