"""The expected no: an answer, not a fault."""


class Refusal(Exception):
    """The office says no for a reason the person can understand and mend.

    A refusal is shown to whoever asked, never retried and never swallowed. Any other exception is our
    bug or our network. `code` is stable English for programs and the log (`wrong_state`); `message` is
    Indonesian for people and says what was wrong; `remedy` says how to mend it; `field` names the input
    concerned. None of them may carry personal data.
    """

    def __init__(self, code: str, message: str, *, field: str | None = None, remedy: str | None = None):
        super().__init__(f"{code}: {message}")
        self.code, self.message, self.field, self.remedy = code, message, field, remedy

    def as_dict(self) -> dict:
        return {"code": self.code, "message": self.message, "field": self.field, "remedy": self.remedy}
