"""Our own data classes behave as the standard library's do."""

import copy
import dataclasses
import pickle
from collections.abc import Mapping

import pytest

from parity.contract import dataclass as ours


@ours.dataclass(frozen=True, slots=True, order=True)
class Ours:
    name: str
    number: int = 0
    more: tuple[str, ...] = ()

    @property
    def twice(self) -> int:
        return 2 * self.number


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Theirs:
    name: str
    number: int = 0
    more: tuple[str, ...] = ()

    @property
    def twice(self) -> int:
        return 2 * self.number


@ours.dataclass(frozen=True, slots=True)
class Holder:
    found: Mapping[str, int] = ours.field(default_factory=dict)


@ours.dataclass(frozen=True, slots=True)
class Nothing:
    pass


@ours.dataclass
class Changing:
    number: int
    found: list[int] = ours.field(default_factory=list)


KINDS = [Ours, Theirs]


@pytest.mark.parametrize("kind", KINDS)
def test_a_value_is_made_by_place_and_by_name(kind: type) -> None:
    assert kind("a") == kind(name="a", number=0, more=())
    assert kind("a", 2).twice == 4
    assert repr(kind("a", 2)) == f"{kind.__name__}(name='a', number=2, more=())"
    for wrong in [(), ("a", 1, (), 4)]:
        with pytest.raises(TypeError):
            kind(*wrong)
    with pytest.raises(TypeError):
        kind("a", unknown=1)


@pytest.mark.parametrize("kind", KINDS)
def test_values_compare_sort_and_hash_by_what_they_hold(kind: type) -> None:
    assert kind("a") != kind("b")
    assert kind("a") != ("a", 0, ())
    assert sorted([kind("b"), kind("a", 2), kind("a", 1)]) == [kind("a", 1), kind("a", 2), kind("b")]
    assert kind("a") <= kind("a") >= kind("a")
    assert kind("b") > kind("a")
    assert {kind("a"): 1}[kind("a")] == 1


@pytest.mark.parametrize("kind", KINDS)
def test_values_do_not_change(kind: type) -> None:
    value = kind("a")
    for change in (
        lambda: setattr(value, "name", "b"),
        lambda: setattr(value, "other", 1),
        lambda: delattr(value, "name"),
    ):
        with pytest.raises((AttributeError, TypeError)):
            change()
    assert not hasattr(value, "__dict__")


def test_a_changed_copy() -> None:
    assert ours.replace(Ours("a", 1), number=2) == Ours("a", 2)


def test_each_value_has_a_default_of_its_own() -> None:
    assert Holder().found == {}
    assert Holder().found is not Holder().found
    assert Nothing() == Nothing()


def test_values_can_be_copied_and_sent() -> None:
    assert pickle.loads(pickle.dumps(Ours("a", 1))) == Ours("a", 1)
    assert copy.deepcopy(Ours("a", 1)) == Ours("a", 1)


def test_a_class_that_is_not_frozen_changes_and_has_no_hash() -> None:
    value = Changing(1)
    value.number = 2
    value.found.append(3)
    assert value == Changing(2, [3])
    with pytest.raises(TypeError, match="unhashable"):
        hash(value)
