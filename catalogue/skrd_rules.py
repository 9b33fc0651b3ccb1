"""What one SKRD may be drawn from (`skrd_rules.yaml`): a nota alone, or several of one payer."""

from functools import cache

from pydantic import Field

from catalogue.reading import DATA, Entry, build, read_yaml


class SkrdRules(Entry):
    """`alone`: account codes whose notas always have an SKRD of their own. `most`: notas in one SKRD."""

    alone: tuple[str, ...]
    most: int = Field(ge=2, le=50)
    source: str
    assumed: bool

    def may_be_joint(self, account_code: str) -> bool:
        """Whether an SKRD of this account may demand several notas."""
        return account_code not in self.alone


@cache
def skrd_rules() -> SkrdRules:
    """Read once."""
    file = DATA / "skrd_rules.yaml"
    return build(SkrdRules, read_yaml(file), file)
