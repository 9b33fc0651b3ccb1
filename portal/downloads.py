"""What a file is called when it is saved: what it is, its number, the file it belongs to; never a hash. Pure."""

import re

ENDINGS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
LONGEST = 110


def disposition(what: str, number: str | None = "", resi: str | None = "", media_type: str = "", how: str = "inline"):
    """The header `Content-Disposition`. `what` in words, such as `Surat izin`; letters that a disk may not take go."""
    parts = [" ".join(part for part in (what, number) if part), resi if resi != number else ""]
    plain = " - ".join(part for part in parts if part).replace("/", "-")
    safe = re.sub(r"[^\w .,()-]", "", plain, flags=re.ASCII).strip()[:LONGEST] or "berkas"
    return f'{how}; filename="{safe}{ENDINGS.get(media_type or "application/pdf", "")}"'
