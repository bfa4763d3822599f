/* The forms in which every test is run. */

#include "workbench/test_variant.h"

#include "workbench/variant_formats.h"
#include "workbench/variant_lines.h"

const struct test_variant test_variants[] = {
    { .name = "CRLF", .make = variant_crlf },
    { .name = "newest first", .make = variant_newest_first },
    { .name = "noise between", .make = variant_noise },
    { .name = "as journalctl -o short", .make = variant_short, .format = "journal-short" },
    { .name = "as journalctl -o short-iso", .make = variant_short_iso, .format = "journal-short" },
    { .name = "as journalctl -o json", .make = variant_json, .format = "journal-json" },
    { .name = "as journalctl -o export", .make = variant_export, .format = "journal-export" },
    { .name = "cut at 80 columns", .make = variant_cut, .columns = 80 },
    { .name = "cut at 100 columns", .make = variant_cut, .columns = 100 },
    { .name = "cut at 120 columns", .make = variant_cut, .columns = 120 },
    { .name = "cut at 140 columns", .make = variant_cut, .columns = 140 },
    { .name = "cut at 160 columns", .make = variant_cut, .columns = 160 },
    { .name = "cut at 180 columns", .make = variant_cut, .columns = 180 },
    { .name = "cut at 200 columns", .make = variant_cut, .columns = 200 },
    { 0 },
};
