from tests.acceptance import table
from tests.acceptance.points import statement


def run(seconds: float, **outcomes: str) -> dict[str, object]:
    points = [{"name": name, "outcome": outcome} for name, outcome in outcomes.items()]
    return {"seconds": seconds, "points": points}


def test_homes_are_across_and_points_down() -> None:
    runs = {"compose": run(5.5, home="passed", tls="skipped"), "honcho": run(4, home="failed")}
    assert table.table(runs).splitlines() == [
        "| point   | compose | honcho    |",
        "| ------- | ------- | --------- |",
        "| home    | yes     | NO        |",
        "| tls     | n/a     | not tried |",
        "| seconds | 5.5     | 4         |",
    ]


def test_a_point_that_fails_in_one_home_breaks_the_table() -> None:
    assert not table.broken({"compose": run(5, home="passed", tls="skipped")})
    assert table.broken({"compose": run(5, home="passed"), "honcho": run(5, home="failed")})


def test_a_point_that_was_not_tried_in_one_home_breaks_the_table() -> None:
    assert table.broken({"compose": run(5, home="passed", tls="passed"), "honcho": run(5, home="passed")})


def test_a_test_s_name_is_read_as_a_statement() -> None:
    assert statement("test_a_photo_is_refused[cut_short]") == "a photo is refused: cut short"
