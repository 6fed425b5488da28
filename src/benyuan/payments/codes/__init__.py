"""Merchants' QR codes: the payload that a merchant shows and a payer's application reads, written and read.

EMV QR Code Specification for Payment Systems, Merchant-Presented Mode, v1.1. Pictures are the command line's.
"""

from benyuan.payments.codes.merchant_code import (
    AdditionalData,
    LocalName,
    MerchantCode,
    identifier,
    read,
    template,
    write,
)
from benyuan.payments.codes.ours import code_of, merchant_of, number_of
from benyuan.payments.codes.tlv import DataObject

__all__ = [
    "AdditionalData",
    "DataObject",
    "LocalName",
    "MerchantCode",
    "code_of",
    "identifier",
    "merchant_of",
    "number_of",
    "read",
    "template",
    "write",
]
