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
    "ComputeNota",
    "FindAssessment",
    "IssueSkrd",
    "NotaPerhitunganFiled",
    "NotaPerhitunganSigned",
    "PrepareNota",
    "ReceiptIssued",
    "RecomputeNota",
    "RecordPayment",
    "SignNota",
    "SignSkrd",
    "SkrdIssued",
    "SkrdPaid",
    "SkrdSigned",
    "StrdIssued",
    "StrdRaised",
    "TeguranRaised",
    "WhatIf",
    "WorkOf",
]
