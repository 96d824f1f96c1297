import subprocess

import pytest

from parity.errors import UserError
from parity.homes.parts import Part, alive, until


def part(command: str) -> Part:
    return Part("the bucket", subprocess.Popen(["sh", "-c", command], stdin=subprocess.PIPE), ".parity/s3.log")


def test_a_part_that_ended_ends_the_home() -> None:
    ended = part("exit 3")
    ended.process.wait()
    with pytest.raises(UserError) as caught:
        alive([ended])
    assert str(caught.value) == (
        "the bucket ended (exit 3), so the home was stopped [part-ended]\nhint: .parity/s3.log says why"
    )


def test_waiting_for_a_part_is_bounded() -> None:
    slow = part("read line")
    with pytest.raises(UserError) as caught:
        until(lambda: False, slow, seconds=0.1)
    slow.process.communicate()
    assert str(caught.value) == ("the bucket did not answer within 0.1 s [not-ready]\nhint: .parity/s3.log says why")


def test_waiting_ends_when_the_part_does() -> None:
    with pytest.raises(UserError, match=r"the bucket ended \(exit 1\)"):
        until(lambda: False, part("exit 1"))
