import pytest

from parity.readers.procfile import process_types


@pytest.mark.parametrize(
    ("text", "types", "why"),
    [
        ("web: gunicorn app\n", {"web": "gunicorn app"}, "the plain form"),
        ("web: a\nrelease: b: c\n", {"web": "a", "release": "b: c"}, "a command may hold a colon"),
        ("web:a\n", {"web": "a"}, "no blank is needed"),
        ("# web: a\nnonsense\n\n", {}, "other lines are passed over, as by honcho and Heroku"),
        ("", {}, "an empty file"),
    ],
)
def test_process_types(text: str, types: dict[str, str], why: str) -> None:
    assert process_types(text) == types, why


def test_the_order_of_the_file_is_kept_since_honcho_counts_ports_by_it() -> None:
    assert list(process_types("web: a\nrelease: b\nclock: c\n")) == ["web", "release", "clock"]
