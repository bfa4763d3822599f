#include "workbench/lint_list.h"

#include <stdarg.h>
#include <stdio.h>

static void add(struct lint_list *list, const char *code, const struct rule *rule,
                const struct yaml *at, size_t offset, const char *format, va_list arguments)
{
    char text[512];
    struct error error = { 0 };

    (void)vsnprintf(text, sizeof(text), format, arguments);
    (void)yaml_error_inside(at, offset, &error, "%s", text); /* knows the place of a byte */
    vec_push(&list->issues,
             (struct lint_issue){ .code = code,
                                  .rule = rule->id,
                                  .place = { at->file->path, error.line, error.column },
                                  .text = arena_string(list->arena, span_of(text)) });
}

void lint_add(struct lint_list *list, const char *code, const struct rule *rule,
              const struct yaml *at, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    add(list, code, rule, at, 0, format, arguments);
    va_end(arguments);
}

void lint_add_inside(struct lint_list *list, const char *code, const struct rule *rule,
                     const struct yaml *at, size_t offset, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    add(list, code, rule, at, offset, format, arguments);
    va_end(arguments);
}
