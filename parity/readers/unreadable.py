"""The one exception of the readers."""


class Unreadable(Exception):
    """A text that its format's own tool would refuse whole: the line from 1, what is wrong there, and what to do."""

    def __init__(self, line: int, message: str, hint: str) -> None:
        super().__init__(f"{line}: {message}")
        self.line, self.message, self.hint = line, message, hint
