/* Corners on a circle. */
#include "tests/unit/cm.h"

#include "core/base/circle.h"

static void near(double a, double b)
{
    assert_true(a - b < 1e-6 && b - a < 1e-6);
}

static void circle_corner__begins_on_top__and_goes_clockwise(void **state)
{
    (void)state;
    static const double want[4][2] = {{0, -1}, {1, 0}, {0, 1}, {-1, 0}};
    for (int i = 0; i < 4; i++) {
        double x, y;
        circle_corner(&x, &y, i, 4);
        near(x, want[i][0]);
        near(y, want[i][1]);
    }
}

static void circle_corner__lies_on_the_circle__for_any_number_of_corners(void **state)
{
    (void)state;
    for (int n = 3; n <= 12; n++)
        for (int i = 0; i < n; i++) {
            double x, y;
            circle_corner(&x, &y, i, n);
            near(x * x + y * y, 1);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(circle_corner__begins_on_top__and_goes_clockwise),
        cmocka_unit_test(circle_corner__lies_on_the_circle__for_any_number_of_corners),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
