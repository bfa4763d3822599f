/* Compares JSON as fixtures/README.md says: what is expected must be there, more may be. */

#include "helpers/json_contains.h"

static bool contains_keys(const json_t *actual, const json_t *expected, struct buf *ret_where)
{
    const char *key;
    const json_t *value;
    json_t *object = json_incref((json_t *)expected); /* jansson iterates over what it may change */
    bool good = true;

    json_object_foreach(object, key, value)
    {
        size_t before = ret_where->size;

        buf_printf(ret_where, ".%s", key);
        good = json_contains(json_object_get(actual, key), value, ret_where);
        if (!good) {
            break;
        }
        ret_where->size = before;
    }
    json_decref(object);
    return good;
}

/* The expected objects, in this order, others may stand between. */
static bool contains_objects(const json_t *actual, const json_t *expected, struct buf *ret_where)
{
    size_t at = 0;

    for (size_t i = 0; i < json_array_size(expected); i++) {
        CLEANUP(buf_done_at) struct buf where = { 0 };

        do {
            if (at == json_array_size(actual)) {
                buf_printf(ret_where, "[%zu]%s", i, where.data ? where.data : "");
                return false;
            }
            buf_clear(&where);
        } while (!json_contains(json_array_get(actual, at++), json_array_get(expected, i), &where));
    }
    return true;
}

bool json_contains(const json_t *actual, const json_t *expected, struct buf *ret_where)
{
    if (json_is_object(expected) && json_is_object(actual)) {
        return contains_keys(actual, expected, ret_where);
    }
    if (json_is_array(actual) && json_is_object(json_array_get(expected, 0))) {
        return contains_objects(actual, expected, ret_where);
    }
    return actual && json_equal(actual, expected);
}
