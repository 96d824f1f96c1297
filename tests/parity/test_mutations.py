"""Every drift of the table gives its finding and no other, and the page shows the table as it is."""

from collections import Counter

import pytest

from tests.parity import mutations
from tests.parity.mutations import KNOWN_MISSES, MUTATIONS, ROOT, Change, Mutation


@pytest.fixture(scope="module")
def found() -> dict[str, tuple[list[str], bool]]:
    """What is said by mutation's name, and under "" of the copy without any."""
    return {mutation.name if mutation else "": (lines, good) for mutation, lines, good in mutations.results()}


Found = dict[str, tuple[list[str], bool]]


def test_the_repository_itself_has_no_drift(found: Found) -> None:
    assert found[""][0] == []


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_a_drift_gives_its_finding_and_no_other(mutation: Mutation, found: Found) -> None:
    lines, good = found[mutation.name]
    if mutation.name in KNOWN_MISSES:
        assert not good, "it is found by now: take it out of KNOWN_MISSES"
    else:
        assert good, f"expected {mutation.rule} at {mutation.file}, {mutation.line!r}; said: {lines or 'nothing'}"


def test_there_are_sixty_drifts_over_every_family() -> None:
    assert len(MUTATIONS) - len(KNOWN_MISSES) >= 60
    families = Counter(mutation.family for mutation in MUTATIONS)
    assert set(families) == set(mutations.get_args(mutations.Family))
    assert min(families.values()) >= 3


def test_no_two_drifts_have_one_name() -> None:
    names = [mutation.name for mutation in MUTATIONS]
    assert len(names) == len(set(names))
    assert set(names) >= set(KNOWN_MISSES)


def test_an_edit_whose_text_is_gone_fails_loudly() -> None:
    with pytest.raises(LookupError, match="holds 0 times"):
        Change("Procfile", "no such line", "").apply(ROOT)


def test_the_page_shows_the_table() -> None:
    written = (ROOT / "docs" / "mutations.md").read_text()
    assert written == mutations.page(), "python3 -m tests.parity.mutations > docs/mutations.md"
