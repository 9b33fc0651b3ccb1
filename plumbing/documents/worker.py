"""The process in which papers are typeset and signed: `python -m plumbing.documents.worker FD IDLE_SECONDS`.

It knows no broker and no database, and loads the typesetter or the signing library only when first asked for. It
ends when its parent closes the channel or dies, or when nobody has asked for anything for a while, so that an
office at rest pays no memory for it.
"""

import signal
import socket
import sys
import traceback

from plumbing.documents import channel
from plumbing.documents.errors import DocumentError


def main(descriptor: int, idle_seconds: float) -> None:
    """Answer requests until there are no more."""
    # Ctrl-C and a group's SIGTERM are for the parent: it finishes the work in hand and then closes the channel.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    with socket.socket(fileno=descriptor) as parent:
        parent.settimeout(idle_seconds)
        while True:
            try:
                job, arguments = channel.receive(parent)
            except (TimeoutError, EOFError, ConnectionResetError):
                return
            try:
                channel.send(parent, answer(job, arguments))
            except BrokenPipeError:
                return


def answer(job: str, arguments: dict) -> tuple[str, object]:
    """("done", result), or ("failed", DocumentError)."""
    try:
        return "done", _JOBS[job](**arguments)
    except DocumentError as error:
        return "failed", error
    except Exception as error:
        # Anything else is our bug: its story must reach the parent's log, since this process has none.
        return "failed", DocumentError(f"{job} failed: {type(error).__name__}\n{traceback.format_exc()}")


def _render(template, data) -> bytes:
    from plumbing.documents import typesetting

    return typesetting.render(template, data)


def _render_signed(template, data, **signature) -> bytes:
    from plumbing.documents import signing, typesetting

    paper = typesetting.typeset(template, data)
    return signing.sign(paper.pdf, box=paper.signature_box, **signature)


def _sign(pdf, **signature) -> bytes:
    from plumbing.documents import signing

    return signing.sign(pdf, **signature)


def _verify(pdf, trust_roots, at):
    from plumbing.documents import signing

    return signing.verify(pdf, trust_roots, at)


def _active_content(pdf) -> str | None:
    from plumbing.documents import active_content

    return active_content.active_content(pdf)


def _read_camera(picture):
    from plumbing.documents import photos

    return photos.read_camera(picture)


def _joined(papers) -> bytes:
    from plumbing.documents import joining

    return joining.joined(papers)


def _reduced(picture) -> bytes:
    from plumbing.documents import photos

    return photos.reduced(picture)


_JOBS = {
    "render": _render,
    "render_signed": _render_signed,
    "sign": _sign,
    "verify": _verify,
    "active_content": _active_content,
    "read_camera": _read_camera,
    "reduced": _reduced,
    "joined": _joined,
}

if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
