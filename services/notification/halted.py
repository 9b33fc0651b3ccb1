"""Verbs of notification about what stands still and goes on again: requests taken back, files, licences."""

from contracts import intake, issuance
from plumbing.messaging.book import Reader
from services.notification import store
from services.notification.gateways import Post
from services.notification.telling import Finish, tell
from values.dates import long_date


def tell_request_withdrawn(post: Post, reader: Reader, event: intake.RequestWithdrawn) -> Finish:
    """One thing need not be handed in any more; whether others still are."""
    contact = store.contact(reader, event.application_id)
    still = f"Masih ada {len(event.open)} permintaan lain yang kami tunggu."
    said = {
        "application_number": contact.file_number,
        "item_name": event.item.name,
        "reason": event.reason.rstrip("."),
        "still_open": still if event.open else "Permohonan kami lanjutkan.",
    }
    return tell(post, contact, event, "permintaan_ditarik", said)


def tell_suspended(post: Post, reader: Reader, event: intake.ApplicationSuspended) -> Finish:
    """The file stands, why, and what the applicant can do about it."""
    contact = store.contact(reader, event.application_id)
    what_next = "Selama ditangguhkan, jangka waktu layanan tidak berjalan. Kami memberi kabar begitu dilanjutkan."
    if event.lapses_on:
        what_next = (
            f"Sebutkan berkas induk lain paling lambat {long_date(event.lapses_on)} melalui tautan di bawah ini atau "
            "di loket; bila tidak, permohonan ini kami tutup."
        )
    said = {"application_number": contact.file_number, "reason": _sentence(event.reason), "what_next": what_next}
    return tell(post, contact, event, "ditangguhkan", said)


def tell_revived(post: Post, reader: Reader, event: intake.ApplicationRevived) -> Finish:
    contact = store.contact(reader, event.application_id)
    said = {"application_number": contact.file_number, "reason": _sentence(event.reason)}
    return tell(post, contact, event, "dilanjutkan", said)


def tell_licence_suspended(post: Post, reader: Reader, event: issuance.LicenceSuspended) -> Finish:
    contact = store.contact(reader, event.application_id)
    said = {"licence_number": event.number, "reason": _sentence(event.reason)}
    return tell(post, contact, event, "dibekukan", said)


def tell_licence_reinstated(post: Post, reader: Reader, event: issuance.LicenceReinstated) -> Finish:
    contact = store.contact(reader, event.application_id)
    said = {"licence_number": event.number, "reason": _sentence(event.reason)}
    return tell(post, contact, event, "berlaku_kembali", said)


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."
