/* One condition: `'>= 90'`, `'>= 100Mi'`, `'> 5m'`. An operator is followed by a blank, so that
 * `<none>` is a text. */

#include "rule/condition.h"

#include <errno.h>

static const struct operator
{
    const char *sign;
    enum comparison comparison;
    bool ordered; /* its right side is a number or a fact */
}
operators[] = {
    { "!=", IS_NOT_EQUAL, false }, { "<=", IS_AT_MOST, true }, { ">=", IS_AT_LEAST, true },
    { "<", IS_LESS, true },        { ">", IS_GREATER, true },  { "~", IS_MATCHING, false },
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

/* `{fact}` */
static bool is_reference(struct span text)
{
    return text.size > 2 && text.data[0] == '{' && text.data[text.size - 1] == '}';
}

static int parse_operand(const struct yaml *node, const struct operator* operator, struct span text,
                         struct condition *ret, struct error *reterr)
{
    size_t offset = (size_t)(text.data - node->text.data);

    if (span_empty(text)) {
        return yaml_error_inside(node, offset, reterr,
                                 "nothing to compare with stands behind '%s'", operator->sign);
    }
    ret->comparison = operator->comparison;
    ret->text = text;
    if (operator->comparison != IS_MATCHING && is_reference(text)) {
        ret->other_fact = (struct span){ text.data + 1, text.size - 2 };
    } else if (operator->ordered && !is_number(text)) {
        return yaml_error_inside(node, offset, reterr,
                                 "'%s' needs a number or a {fact} behind it", operator->sign);
    }
    return 0;
}

const char *comparison_sign(enum comparison comparison)
{
    for (size_t i = 0; i < N_ELEMENTS(operators); i++) {
        if (operators[i].comparison == comparison) {
            return operators[i].sign;
        }
    }
    return "";
}

int condition_parse(const struct yaml *node, struct condition *ret, struct error *reterr)
{
    struct span text = node->text;

    *ret = (struct condition){ .text = text, .pattern = PATTERN_NONE };
    for (size_t i = 0; i < N_ELEMENTS(operators); i++) {
        const struct operator* operator= & operators[i];
        struct span rest = span_skip(text, strlen(operator->sign));

        if (!span_starts(text, span_of(operator->sign))) {
            continue;
        }
        if (span_starts(rest, SPAN(" ")) || span_empty(rest)) {
            return parse_operand(node, operator, span_trim(rest), ret, reterr);
        }
        if (operator->ordered && is_number(rest)) {
            return yaml_error(node, reterr, "a blank must stand behind '%s'", operator->sign);
        }
    }
    if (span_find_byte(text, '*') >= 0 || span_find_byte(text, '?') >= 0) {
        ret->comparison = IS_GLOB;
    }
    return 0;
}
