"""The one shape of an error: what happened, why, and what to do next."""


class LmiError(Exception):
    """An error a person can act on. Pages show its three parts; the command line prints one line.

    what: the thing that failed, naming file and place. why: what was found against what was
    expected. next_step: the one action that mends it.
    """

    def __init__(self, what: str, why: str, next_step: str) -> None:
        self.what, self.why, self.next_step = what, why, next_step
        super().__init__(self.line())

    def line(self) -> str:
        """All three parts as one line of text."""
        parts = (self.what, self.why, self.next_step)
        return " ".join(" ".join(p.split()) for p in parts if p)


class BadInput(LmiError):
    """A code, name or option that a person typed and that does not exist."""


class BadFile(LmiError):
    """A file that is missing, truncated or not in the form it should have."""


class WarehouseUnavailable(LmiError):
    """No warehouse can be opened, so no figure can be shown."""
