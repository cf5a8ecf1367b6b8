/* SPDX-License-Identifier: MIT
 * Tests of the ground floor. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"

static void str_grows(void **state)
{
    autostr struct str str = STR_INIT;

    str_add(&str, "a");
    str_addf(&str, "%d", 12);
    assert_string_equal(str.text, "a12");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(str_grows),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
