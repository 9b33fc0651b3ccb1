"""What may be asked for: a new licence, or something about one that exists (`licence_types/transactions.yaml`)."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from pydantic import Field, model_validator

from catalogue.licence_path import Stretch
from catalogue.path import SLUG
from catalogue.reading import DATA, CatalogueFault, Entry, build, read_yaml
from values.refusal import Refusal

NEW, COPY, REVOCATION = "new", "copy", "revocation"
NEEDED = ("check_completeness", "issuance", "archive")


class Transaction(Entry):
    """One thing that may be asked for, and how it differs from asking for a new licence of the type.

    `licence` says what becomes of the licence that exists when the new paper is signed (`none`: there is no such
    licence); `in_register`: that one must be known here, not only on paper; `also_run_out`: it may have run out.
    """

    code: str = Field(pattern=SLUG)
    name: str = Field(min_length=3)
    sub_kinds: frozenset[str] = frozenset()
    asks: tuple[str, ...] = ()
    only_these: bool = False
    leaves_out: frozenset[Stretch] = frozenset()
    particulars: Literal["stated", "kept", "not_needed"] = "stated"
    licence: Literal["none", "kept", "replaced", "revoked"]
    holder: Literal["same", "another", "either"] = "either"
    in_register: bool = False
    also_run_out: bool = False

    @model_validator(mode="after")
    def _holds_together(self) -> "Transaction":
        if self.only_these and not self.asks:
            raise ValueError("only_these needs asks")
        if needed := sorted(self.leaves_out & set(NEEDED)):
            raise ValueError(f"leaves_out: {needed[0]} belongs to every way")
        about_none = not (self.asks or self.leaves_out or self.sub_kinds or self.in_register or self.also_run_out)
        if (self.licence == "none") != (self.code == NEW) or (self.code == NEW and not about_none):
            raise ValueError("a new licence, and only that, is about no licence that exists")
        return self

    @property
    def about_a_licence(self) -> bool:
        """Whether it is about a licence that exists."""
        return self.licence != "none"


class _Transactions(Entry):
    transactions: list[Transaction]


def load_transactions(root: Path = DATA) -> Mapping[str, Transaction]:
    """Read and check `root/licence_types/transactions.yaml`; `CatalogueFault` says what is wrong in it."""
    file = root / "licence_types" / "transactions.yaml"
    listed = build(_Transactions, read_yaml(file), file).transactions
    found: dict[str, Transaction] = {}
    taken: set[str] = set()
    for transaction in listed:
        if transaction.code in found:
            raise CatalogueFault(file, f"transactions.{transaction.code}", "stands twice")
        if twice := sorted(transaction.sub_kinds & taken):
            raise CatalogueFault(file, f"transactions.{transaction.code}.sub_kinds", f"{twice[0]} stands twice")
        found[transaction.code] = transaction
        taken |= transaction.sub_kinds
    if missing := [code for code in (NEW, COPY, REVOCATION) if code not in found]:
        raise CatalogueFault(file, f"transactions.{missing[0]}", "is missing")
    return MappingProxyType(found)


@cache
def transactions() -> Mapping[str, Transaction]:
    """Those in the package by code, read once."""
    return load_transactions()


def transaction(code: str) -> Transaction:
    """The one with that code; `Refusal(unknown_transaction)` names those there are."""
    try:
        return transactions()[code]
    except KeyError:
        raise Refusal(
            "unknown_transaction",
            "Jenis permohonan atas izin ini tidak dikenal.",
            field="transaction",
            remedy=f"Pilih salah satu: {', '.join(transactions())}.",
        ) from None


def transaction_of(stated: str | None, sub_kind: str | None, by_type: str | None = None) -> Transaction:
    """What an application asks for: as stated, else as its sub-kind says, else as its type does, else a new licence.

    `Refusal(other_transaction)` when what is stated is not what the sub-kind or type says.
    """
    implied = next((t.code for t in transactions().values() if sub_kind in t.sub_kinds), by_type)
    if stated and implied and stated != implied:
        raise Refusal(
            "other_transaction",
            f"Sub-jenis yang dipilih adalah {transactions()[implied].name}.",
            field="transaction",
            remedy="Pilih sub-jenis lain atau sesuaikan jenis permohonannya.",
        )
    return transaction(stated or implied or NEW)
