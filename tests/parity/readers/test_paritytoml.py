import pytest

from parity.contract.order import Front
from parity.errors import UserError
from parity.readers.paritytoml import front


def test_a_repository_without_the_table_has_the_defaults() -> None:
    assert front("") == front("[homes]\nexclude = []") == Front("The app", "/readyz", None, ())


def test_the_table_says_what_a_person_is_shown() -> None:
    text = '[up]\nname = "Wiki"\nready = "/up"\nlogin = "/login"\nnext = ["/new  write"]\n'
    assert front(text) == Front("Wiki", "/up", "/login", ("/new  write",))


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (
            "[up]\nnmae = 1\n",
            "parity.toml: [up] has no nmae [parity-toml]\nhint: the keys are name, ready, login, next",
        ),
        (
            "[up]\nname =\n",
            "parity.toml: Invalid value (at line 2, column 7) [parity-toml]\nhint: mend that line",
        ),
        (
            "[up]\nready = 1\n",
            'parity.toml: [up] ready is not a text [parity-toml]\nhint: write ready = "…"',
        ),
    ],
)
def test_what_has_no_meaning_is_refused(text: str, wrong: str) -> None:
    with pytest.raises(UserError) as caught:
        front(text)
    assert str(caught.value) == wrong
