/* nodecause-rulec OUTPUT: writes the built-in rules as a C file, so that the program need not read their
 * YAML when it starts. It is a tool of the build, and is not installed. */

#include "rule/builtin.h"
#include "rule/load.h"
#include "rulec/emit.h"

#include <stdio.h>

/* What it makes is not there yet. */
const struct rules builtin_tables = { 0 };

static int write_file(const char *path, struct span text)
{
    FILE *file = fopen(path, "we");
    size_t written;

    if (!file) {
        perror(path);
        return 1;
    }
    written = fwrite(text.data, 1, text.size, file);
    if (fclose(file) != 0 || written != text.size) {
        perror(path);
        return 1;
    }
    return 0;
}

int main(int argc, char **argv)
{
    CLEANUP(rule_set_free_at) struct rule_set *set = rule_set_new();
    CLEANUP(buf_done_at) struct buf text = { 0 };
    struct error error = { 0 };

    if (argc != 2) {
        (void)fputs("usage: nodecause-rulec OUTPUT\n", stderr);
        return 2;
    }
    if (rule_set_add_builtin_texts(set, &error) < 0 || rule_set_finish(set, &error) < 0) {
        (void)fprintf(stderr, "%s:%u:%u: error: %s\n", error.path, error.line, error.column,
                      error.text);
        return 1;
    }
    buf_add_string(&text, "/* Made by nodecause-rulec from rules/. */\n\n#include "
                          "\"rule/builtin.h\"\n\nconst struct rules builtin_tables = ");
    emit_rules(&text, rule_set_rules(set));
    buf_add_string(&text, ";\n");
    return write_file(argv[1], buf_span(&text));
}
