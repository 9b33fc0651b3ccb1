"""What the bank tells of money that came in: its own words, signed by it, checked by the room itself."""

from pydantic import AwareDatetime, Field

from contracts.base import Command, Shape, Words
from values.rupiah import Rupiah


class BankPayment(Shape):
    """The words of a notification: JSON, strict, nothing unknown in it."""

    notification_id: str = Field(min_length=8, max_length=64, description="the bank's own, the same on every repeat")
    payment_code: str = Field(pattern=r"^[0-9]{6,20}$")
    amount: Rupiah = Field(gt=0, le=100_000_000_000)
    bank_reference: Words = Field(min_length=4, max_length=60)
    paid_at: AwareDatetime


class NotifyPayment(Command):
    """The bank's notification as it came: the very bytes that were signed, as text, and the signature.

    `signature` is `t=<Unix time>,v1=<hex>`: HMAC-SHA256 over `t.body` with the secret that bank and office share.
    """

    example = {
        "command_id": "c-00000025",
        "body": '{"notification_id": "n-20160315-0981", "payment_code": "201603000123", "amount": 187625, '
        '"bank_reference": "BJB-20160315-000981", "paid_at": "2016-03-15T11:20:00+07:00"}',
        "signature": "t=1458015600,v1=" + "0f" * 32,
    }
    body: str = Field(min_length=2, max_length=4_000)
    signature: str = Field(max_length=200)
