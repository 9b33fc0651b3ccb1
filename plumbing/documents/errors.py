"""What can go wrong while a paper is made; each is our bug or our machine, never the applicant's."""


class DocumentError(Exception):
    """A document could not be typeset, signed or read; the message says which one and why."""


class DocumentDataWrong(DocumentError):
    """The data of a document does not follow its contract (the `<name>.example.json` beside the template).

    `key` is the path of the key concerned (`lines[2].amount`). The message never shows a value, since values
    are personal data.
    """

    def __init__(self, template: str, key: str, what: str):
        super().__init__(f"document {template}: {what}: {key!r}")
        self.template, self.key, self.what = template, key, what

    def __reduce__(self):
        return type(self), (self.template, self.key, self.what)


class WorkerGone(DocumentError):
    """The process that makes documents died or fell silent; asking again starts a new one."""
