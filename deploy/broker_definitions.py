"""What RabbitMQ loads when it boots: the virtual host, its users and what each may do. No queues: the set-up declares
those from the contracts."""

import base64
import hashlib
import secrets

from plumbing.messaging.permissions import VHOST, BrokerUser, broker_users


def broker_definitions(passwords: dict[str, str]) -> dict:
    """RabbitMQ's definitions document for all users; `passwords` has one password per user name."""
    users = broker_users()
    return {
        "vhosts": [{"name": VHOST}],
        "users": [
            {
                "name": user.name,
                "password_hash": _password_hash(passwords[user.name]),
                "hashing_algorithm": "rabbit_password_hashing_sha256",
                "tags": list(user.tags),
            }
            for user in users
        ],
        "permissions": [_permission(user) for user in users],
    }


def _permission(user: BrokerUser) -> dict:
    return {
        "user": user.name,
        "vhost": VHOST,
        "configure": user.configure,
        "write": user.write,
        "read": user.read,
    }


def _password_hash(password: str) -> str:
    """RabbitMQ's salted form: base64 of four bytes of salt and the SHA-256 of salt and password."""
    salt = secrets.token_bytes(4)
    return base64.b64encode(salt + hashlib.sha256(salt + password.encode()).digest()).decode()
