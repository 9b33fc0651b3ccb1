"""What retribution is asked and what it says: nota perhitungan, SKRD, payment."""

from contracts.retribution.asked import (
    FindAssessment,
    IssueSkrd,
    PrepareNota,
    RecomputeNota,
    RecordPayment,
    SignNota,
    SignSkrd,
    WhatIf,
)
from contracts.retribution.recaps import (
    CashBookOf,
    PrintRecap,
    RecapIssued,
    RecapOf,
    RecapSigned,
    RecordDeposit,
    SignRecap,
    SkrdsOf,
)
from contracts.retribution.said import (
    NotaPerhitunganFiled,
    NotaPerhitunganSigned,
    ReceiptIssued,
    SkrdIssued,
    SkrdPaid,
    SkrdSigned,
    StrdIssued,
    StrdRaised,
    TeguranRaised,
)
from contracts.retribution.work import ComputeNota, WorkOf

__all__ = [
    "CashBookOf",
    "ComputeNota",
    "FindAssessment",
    "IssueSkrd",
    "NotaPerhitunganFiled",
    "NotaPerhitunganSigned",
    "PrepareNota",
    "PrintRecap",
    "RecapIssued",
    "RecapOf",
    "RecapSigned",
    "ReceiptIssued",
    "RecomputeNota",
    "RecordDeposit",
    "RecordPayment",
    "SignNota",
    "SignRecap",
    "SignSkrd",
    "SkrdIssued",
    "SkrdPaid",
    "SkrdSigned",
    "SkrdsOf",
    "StrdIssued",
    "StrdRaised",
    "TeguranRaised",
    "WhatIf",
    "WorkOf",
]
