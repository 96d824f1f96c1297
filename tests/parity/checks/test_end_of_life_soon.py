"""Release lines that end within 90 days of 2026-11-24."""

from tests.parity.checks.tools import assert_clean, assert_finding

RULE = "end-of-life-soon"


def compose(tag: str) -> dict[str, str]:
    return {"compose.yaml": f"services:\n  cache:\n    image: {tag}\n"}


def test_a_line_that_ends_next_week_is_found() -> None:
    message = (
        "compose.yaml:3: compose has Redis 8.0, which gets its last update on 2026-12-01"
        " (https://redis.io/docs/latest/operate/oss_and_stack/install/version-mgmt/)"
    )
    assert_finding(compose("redis:8.0.2-alpine"), RULE, message)


def test_a_line_that_ends_in_five_months_is_clean() -> None:
    assert_clean(compose("redis:6.2"), RULE)


def test_a_line_that_is_over_is_for_another_rule() -> None:
    assert_clean(compose("redis:6.0"), RULE)


def test_a_line_without_a_last_day_is_clean() -> None:
    assert_clean(compose("redis:8.8"), RULE)
