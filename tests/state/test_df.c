#include "state/tables.h"

#include "state/df.h"

/* A line, and the mount point that df tells there; NULL: no row. */
static const struct df_line {
    const char *line;
    const char *mount;
} df_lines[] = {
    { "/dev/sda1 5.8G 5.1G 448M 92% /", "/" },
    { "/dev/sda1 ext4 5.8G 5.1G 448M 92% /", "/" },
    { "  31G 29G 684M 98% /", "/" },
    { "sysfs 0 0 0 - /sys", "/sys" },
    { "//nas/my share 10G 1G 9G 10% /mnt/my share", "/mnt/my share" },
    { "Filesystem Size Used Avail Use% Mounted on", NULL },
    { "total 5.8G 5.1G 448M 92% -", NULL },
    { "Apr 07 22:06:29 node df: /dev/sda1 5.8G 5.1G 448M 92% /", NULL },
    { "/dev/sda1 5.8G 5.1G 448M 92 /", NULL },
    { "/dev/sda1 5.8G 5.1G full 92% /", NULL },
    { "5.1G 448M 92% /", NULL },
    { "", NULL },
};

static void rows_of_df_are_told_by_shape(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < N_ELEMENTS(df_lines); i++) {
        struct df_row row;
        bool is_row = df_row_split(span_of(df_lines[i].line), &row);

        if (is_row != (df_lines[i].mount != NULL)) {
            fail_msg("%s", df_lines[i].line);
        }
        if (is_row) {
            assert_true(span_is(row.mount, df_lines[i].mount));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_of_df_are_told_by_shape),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
