/* One condition: `'>= 90'`, `'>= 100Mi'`, `'> 5m'`. An operator is followed by a space, so that
 * `<none>` is a text. */

#include "rule/condition.h"

#include "signal/fact_number.h"

#include <errno.h>

enum operand {
    ANY_TEXT,
    NUMBER_OR_FACT,
    ONE_WORD /* and anything else makes the whole condition a text */
};

static const struct comparator {
    const char *sign;
    enum comparison comparison;
    enum operand operand;
} comparators[] = {
    { "!=", IS_NOT_EQUAL, ANY_TEXT },       { "<=", IS_AT_MOST, NUMBER_OR_FACT },
    { ">=", IS_AT_LEAST, NUMBER_OR_FACT },  { "<", IS_LESS, NUMBER_OR_FACT },
    { ">", IS_GREATER, NUMBER_OR_FACT },    { "~", IS_MATCHING, ANY_TEXT },
    { "not in", IS_NOT_UNIT_OF, ONE_WORD }, { "in", IS_UNIT_OF, ONE_WORD },
};

/* A number that a fact of some type could be compared with: plain or with a unit. Which type it is
 * is not known here: a state's columns have theirs elsewhere. */
static bool is_number(struct span text)
{
    static const enum fact_type types[] = { FACT_INTEGER,  FACT_BYTES, FACT_PERCENT,
                                            FACT_DURATION, FACT_TIME,  FACT_QUANTITY };
    double number;

    for (size_t i = 0; i < N_ELEMENTS(types); i++) {
        if (fact_number(types[i], text, &number)) {
            return true;
        }
    }
    return false;
}

/* ` node` */
static bool is_one_word(struct span text)
{
    return span_starts(text, SPAN(" ")) && text.size > 1 &&
           span_find_byte(span_skip(text, 1), ' ') < 0;
}

/* `{fact}` */
static bool is_reference(struct span text)
{
    return text.size > 2 && text.data[0] == '{' && text.data[text.size - 1] == '}';
}

static int parse_operand(const struct yaml *node, const struct comparator *comparator,
                         struct span text, struct condition *ret, struct error *reterr)
{
    size_t offset = (size_t)(text.data - node->text.data);

    if (span_empty(text)) {
        return yaml_error_inside(node, offset, reterr, "missing operand after '%s'",
                                 comparator->sign);
    }
    ret->comparison = comparator->comparison;
    ret->text = text;
    if (comparator->comparison != IS_MATCHING && is_reference(text)) {
        ret->other_fact = (struct span){ text.data + 1, text.size - 2 };
    } else if (comparator->operand == NUMBER_OR_FACT && !is_number(text)) {
        return yaml_error_inside(node, offset, reterr,
                                 "'%s' must be followed by a number or a {fact}", comparator->sign);
    }
    return 0;
}

const char *comparison_sign(enum comparison comparison)
{
    for (size_t i = 0; i < N_ELEMENTS(comparators); i++) {
        if (comparators[i].comparison == comparison) {
            return comparators[i].sign;
        }
    }
    return "";
}

int condition_parse(const struct yaml *node, struct condition *ret, struct error *reterr)
{
    struct span text = node->text;

    *ret = (struct condition){ .text = text, .pattern = PATTERN_NONE };
    for (size_t i = 0; i < N_ELEMENTS(comparators); i++) {
        const struct comparator *comparator = &comparators[i];
        struct span rest = span_skip(text, strlen(comparator->sign));

        if (!span_starts(text, span_of(comparator->sign)) ||
            (comparator->operand == ONE_WORD && !is_one_word(rest))) {
            continue;
        }
        if (span_starts(rest, SPAN(" ")) || span_empty(rest)) {
            return parse_operand(node, comparator, span_trim(rest), ret, reterr);
        }
        if (comparator->operand == NUMBER_OR_FACT && is_number(rest)) {
            return yaml_error(node, reterr, "missing space after '%s'", comparator->sign);
        }
    }
    if (span_find_byte(text, '*') >= 0 || span_find_byte(text, '?') >= 0) {
        ret->comparison = IS_GLOB;
    }
    return 0;
}
