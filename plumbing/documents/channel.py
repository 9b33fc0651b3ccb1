"""Whole Python values over a socket between an office process and its document worker."""

import pickle
import socket
import struct

_LENGTH = struct.Struct("!Q")


def send(channel: socket.socket, value: object) -> None:
    """Send one value; raises OSError when the other side is gone."""
    body = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    channel.sendall(_LENGTH.pack(len(body)) + body)


def receive(channel: socket.socket) -> object:
    """The next value; raises EOFError when the other side closed, TimeoutError after the socket's time-out.

    Only ever used between a process and the child it started: pickle is not for strangers.
    """
    (length,) = _LENGTH.unpack(_exactly(channel, _LENGTH.size))
    return pickle.loads(_exactly(channel, length))


def _exactly(channel: socket.socket, size: int) -> bytes:
    received = bytearray()
    while len(received) < size:
        part = channel.recv(min(size - len(received), 1 << 20))
        if not part:
            raise EOFError("the other side closed")
        received += part
    return bytes(received)
