"""What the builder refuses."""


class Refusal(Exception):
    """An instruction that no build gets past: what is wrong, and the edit that mends it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint
