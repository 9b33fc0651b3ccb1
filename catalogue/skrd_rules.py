"""What one SKRD may be drawn from, and who gets its copies (`skrd_rules.yaml`)."""

from functools import cache

from pydantic import Field

from catalogue.reading import DATA, Entry, build, read_yaml


class _Copy(Entry):
    receiver: str
    colour: str


class SkrdRules(Entry):
    """`alone`: account codes whose notas always have an SKRD of their own. `most`: notas in one SKRD. `copies`: who
    receives one of an SKRD and of a receipt, in Indonesian."""

    alone: tuple[str, ...]
    copies: tuple[_Copy, ...] = Field(min_length=1)
    most: int = Field(ge=2, le=50)
    source: str
    assumed: bool

    @property
    def copies_said(self) -> str:
        """The copies as a paper names them: `1 wajib retribusi (putih), 2 …`."""
        return ", ".join(f"{n} {each.receiver} ({each.colour})" for n, each in enumerate(self.copies, 1))

    def may_be_joint(self, account_code: str) -> bool:
        """Whether an SKRD of this account may demand several notas."""
        return account_code not in self.alone


@cache
def skrd_rules() -> SkrdRules:
    """Read once."""
    file = DATA / "skrd_rules.yaml"
    return build(SkrdRules, read_yaml(file), file)
