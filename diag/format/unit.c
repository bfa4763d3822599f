/* Unit names in the messages of PID 1; systemd.unit(5). */

#include "format/unit.h"

#include "base/cleanup.h"

static bool is_unit(struct span word)
{
    static const struct span types[] = {
        { ".service", 8 }, { ".scope", 6 },  { ".slice", 6 },      { ".socket", 7 },
        { ".mount", 6 },   { ".device", 7 }, { ".target", 7 },     { ".timer", 6 },
        { ".swap", 5 },    { ".path", 5 },   { ".automount", 10 },
    };

    for (size_t i = 0; i < N_ELEMENTS(types); i++) {
        if (word.size > types[i].size && span_ends(word, types[i])) {
            return true;
        }
    }
    return false;
}

static bool is_around(char c)
{
    return c == ':' || c == '.' || c == ',' || c == ';' || c == '"' || c == '\'' || c == '(' ||
           c == ')';
}

struct span unit_of_message(struct span message)
{
    ptrdiff_t newline = span_find_byte(message, '\n');
    struct span rest = newline < 0 ? message : span_head(message, (size_t)newline), word;

    while (span_word(&rest, &word)) {
        while (word.size && is_around(word.data[0])) {
            word = span_skip(word, 1);
        }
        while (word.size && is_around(word.data[word.size - 1])) {
            word.size--;
        }
        /* A path is not a unit: `/system.slice/docker.service` is a control group. */
        if (is_unit(word) && span_find_byte(word, '/') < 0) {
            return word;
        }
    }
    return (struct span){ 0 };
}
