"""The papers the office gives out: typeset as PDF/A-2b, signed, and checked again.

Services use `Renderer`; everything heavy happens in its worker process (`worker.py`), which typesets
(`typesetting.py`, in the house style of `house.typ`) and signs (`signing.py`). A template is a file
`services/<room>/templates/<name>.typ`; `<name>.example.json` beside it is the contract of its data
(`data_contract.py`). `certificates.py` makes an office's own authority and signing certificates.
"""

from plumbing.documents.errors import DocumentDataWrong, DocumentError, WorkerGone
from plumbing.documents.renderer import Renderer
from plumbing.documents.verification import Verification

__all__ = ["DocumentDataWrong", "DocumentError", "Renderer", "Verification", "WorkerGone"]
