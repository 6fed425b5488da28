"""The checksum of a merchant's code: CRC-16 with the polynomial 1021 and the initial value FFFF (CCITT-FALSE).

EMV QR Code Specification for Payment Systems, Merchant-Presented Mode, v1.1, "CRC": it covers the UTF-8 bytes of
everything before it, its own id and length ("6304") included. Worked: "123456789" has 29B1.
"""

from binascii import crc_hqx

INITIAL = 0xFFFF  # tidy: number the initial value that the specification gives


def checksum(text: str) -> str:
    """The four hexadecimal digits, in capitals, over a text in UTF-8."""
    return f"{crc_hqx(text.encode(), INITIAL):04X}"
