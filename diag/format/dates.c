/* Dates anywhere in a text. */

#include "format/dates.h"

#include "format/logtime.h"

static bool take_number(struct span *rest, size_t min, size_t max, int *ret)
{
    int64_t number;

    if (!take_digits(rest, min, max, &number)) {
        return false;
    }
    *ret = (int)number;
    return true;
}

/* 2019-08-20, 2019/08/20 */
static bool take_iso(struct span *rest, struct civil *ret)
{
    struct span at = *rest;
    char separator;

    if (!take_number(&at, 4, 4, &ret->year) || span_empty(at)) {
        return false;
    }
    separator = at.data[0];
    if ((separator != '-' && separator != '/') || !take_byte(&at, separator) ||
        !take_number(&at, 2, 2, &ret->month) || !take_byte(&at, separator) ||
        !take_number(&at, 2, 2, &ret->day)) {
        return false;
    }
    *rest = at;
    return true;
}

/* 04 Mar 2022 */
static bool take_words(struct span *rest, struct civil *ret)
{
    struct span at = *rest;

    if (!take_number(&at, 1, 2, &ret->day) || !take_byte(&at, ' ') || at.size < 3) {
        return false;
    }
    ret->month = calendar_month(span_head(at, 3));
    at = span_skip(at, 3);
    if (ret->month == 0 || !take_byte(&at, ' ') || !take_number(&at, 4, 4, &ret->year)) {
        return false;
    }
    *rest = at;
    return true;
}

static bool ends_number(struct span rest)
{
    return span_empty(rest) || !is_digit(rest.data[0]);
}

bool dates_next(struct span *rest, struct civil *ret)
{
    bool inside = false; /* a number */

    for (; !span_empty(*rest); *rest = span_skip(*rest, 1)) {
        struct span at = *rest;

        if (!is_digit(at.data[0])) {
            inside = false;
            continue;
        }
        *ret = (struct civil){ 0 };
        if (!inside && (take_iso(&at, ret) || take_words(&at, ret)) && ends_number(at) &&
            ret->year >= 2000 && ret->year <= 2099 && civil_valid(ret)) {
            *rest = at;
            return true;
        }
        inside = true;
    }
    return false;
}
