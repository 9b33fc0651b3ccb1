"""The broker over TLS: a room speaks only to the host that the certificate names."""

import asyncio
import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from plumbing.messaging.publisher import BrokerAway, Letter, Publisher, dial


@pytest.fixture
def over_tls(stack, tmp_path, monkeypatch) -> Iterator[Callable[[str], str]]:
    """The broker's address over TLS, as `localhost`, with a trusted certificate for the name given."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    address = urlsplit(stack.environment("set_up")["PTSP_BROKER_URL"])

    def served(name: str) -> str:
        paper = certificate(tmp_path / f"{name}.pem", name)
        monkeypatch.setenv("SSL_CERT_FILE", str(paper))
        port = asyncio.run_coroutine_threadsafe(wrap(paper, address.port), loop).result(10)
        user = address.netloc.rpartition("@")[0]
        return address._replace(scheme="amqps", netloc=f"{user}@localhost:{port}").geturl()

    yield served
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)


def certificate(path: Path, name: str) -> Path:
    """A certificate that vouches for itself, and its key, in one file."""
    key, own = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(own, own, key.public_key(), 7, now - timedelta(hours=1), now + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=True)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM) + secret)
    return path


async def wrap(paper: Path, port: int) -> int:
    """Serve TLS before the broker's own port; where."""
    secured = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    secured.load_cert_chain(paper)

    async def pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        while data := await source.read(65536):
            sink.write(data)
            await sink.drain()
        sink.close()

    async def met(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inner, outer = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(pump(reader, outer), pump(inner, writer), return_exceptions=True)

    server = await asyncio.start_server(met, "127.0.0.1", 0, ssl=secured)
    return server.sockets[0].getsockname()[1]


def test_what_is_said_over_tls_arrives_when_the_certificate_names_the_host(over_tls):
    url = over_tls("localhost")
    with dial(url, connect_timeout=5) as line:
        queue = line.default_channel.queue_declare("", exclusive=True).queue
        publisher = Publisher(url)
        publisher.publish([Letter("", queue, b"over tls")])
        publisher.stop()
        assert line.default_channel.basic_get(queue, no_ack=True).body == b"over tls"


def test_a_host_with_the_certificate_of_another_is_not_spoken_to(over_tls):
    url = over_tls("other.example")
    with pytest.raises(ssl.SSLCertVerificationError, match="localhost"):
        dial(url, connect_timeout=5).connect()
    with pytest.raises(BrokerAway):
        Publisher(url).publish([Letter("", "anything", b"never said")])
