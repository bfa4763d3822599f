/* What signals of one group have in common, as one key. */

#include "signal/group_key.h"

#include <string.h>

/* With its length in front, so that different parts cannot make the same key. */
static void add_text(struct buf *key, struct span text)
{
    buf_add_number(key, text.size);
    buf_add(key, text);
}

static void add_facts(struct buf *key, const struct fact *facts, size_t n)
{
    buf_add_number(key, n);
    for (size_t i = 0; i < n; i++) {
        add_text(key, facts[i].name);
        add_text(key, facts[i].text);
    }
}

void group_key_make(struct buf *key, const struct signal *signal)
{
    buf_clear(key);
    buf_add_number(key, (uint64_t)signal->rule << 32 | signal->signal);
    buf_add_number(key, signal->unattributed);
    buf_add_number(key, signal->streams);
    buf_add_number(key, signal->unit_streams);
    add_text(key, signal->host);
    add_text(key, signal->boot);
    add_text(key, signal->unit);
    add_facts(key, signal->facts, signal->n_facts);
    for (size_t i = 0; i < signal->n_tables; i++) {
        const struct fact_table *table = &signal->tables[i];

        add_text(key, table->name);
        buf_add_number(key, table->n_rows);
        for (size_t j = 0; j < table->n_rows; j++) {
            add_facts(key, table->rows[j].facts, table->rows[j].n_facts);
        }
    }
}

uint64_t group_key_mix(uint64_t hash, uint64_t number)
{
    hash += number + 0x9e3779b97f4a7c15;
    hash = (hash ^ hash >> 30) * 0xbf58476d1ce4e5b9;
    hash = (hash ^ hash >> 27) * 0x94d049bb133111eb;
    return hash ^ hash >> 31;
}

uint64_t group_key_hash(struct span text)
{
    uint64_t hash = text.size, word;

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
