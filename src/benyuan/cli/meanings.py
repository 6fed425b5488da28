"""What the fields of commands mean, for the reference page; a test asks for every field of every kind."""

MEANINGS: dict[str, str] = {
    "institution": "The institution's id.",
    "person": "The person's id.",
    "wallet": "The wallet's id.",
    "bank_account": "The bank account's id.",
    "merchant": "The merchant's id.",
    "amount_fen": "The amount, in fen.",
    "authentication": "How the payer was verified: kinds of factor, and whether one is a certificate or e-signature.",
    "memo": "A note. Personal: sealed, never in the log.",
    "name": "The name. Personal: sealed, never in the log.",
    "document": "The kind of identity document that was shown.",
    "number": "The document's number, checked by its own check digit. Personal: sealed, never in the log.",
    "full_name": "The name as on the document. Personal: sealed, never in the log.",
    "phone": "A mobile number of the mainland, or any with + and country. Personal: sealed, never in the log.",
    "purpose": "Why the particulars are read: it stands in the log.",
    "operator": "Who reads them.",
    "occupation": "The occupation. Personal: sealed, never in the log.",
    "address": "Where the person lives or works. Personal: sealed, never in the log.",
    "valid_until": "The last day of the document, as yyyymmdd; 0: it holds for ever 长期.",
    "sex": "female or male, where the document's number does not tell it. Personal: sealed, never in the log.",
    "born": "The birth date as yyyymmdd, where the number does not tell it. Personal: sealed, never in the log.",
    "nationality": "Three capitals (ISO 3166-1), for a foreigner's document. Personal: sealed, never in the log.",
    "from_date": "The day from which this holds, as yyyymmdd.",
    "licences": "The classes held, as bits: 1 储值账户运营Ⅰ, 2 储值账户运营Ⅱ, 4 支付交易处理Ⅰ, 8 支付交易处理Ⅱ.",
    "rating": "PBoC's yearly rating of the institution.",
    "real_name_ppm": "The share of Class II and III accounts that are real-name, per million.",
    "daily_factor_ppm": "By how much its daily limits are to be lifted, per million, where its rating allows it.",
    "mandate": "Whether the person and the bank have both agreed to its being debited.",
    "wallet_class": "The class of the payment account 支付账户.",
    "channels": "How many lawful outside channels have confirmed the identity.",
    "face_to_face": "Whether the person was verified face to face instead.",
    "applied": "Whether the person applied for it.",
    "balance_notice_confirmed": "Whether the person has been told what a balance is not, and has confirmed it.",
    "agreed_daily_fen": "The customer's agreed daily limit for payments with a certificate, in fen; 0: as before.",
    "kind_of_merchant": "A firm, an individual business 个体工商户, or a micro-merchant 小微商户.",
    "principal": "The person that stands for a micro-merchant; 0 for any other.",
    "card": "Whether it is debited as a debit card or account, or as a credit card.",
    "payer": "The wallet that pays.",
    "payee": "The wallet that is paid.",
    "channel": "How the payment is begun: by which code, or online.",
    "code_expires_at": "When the payer's code expires, in microseconds since 1970 UTC, where the merchant scans it.",
    "payment": "The log position of the payment, an ID as answers give it.",
    "reason": "Why the institution pays from its own money.",
    "received_fen": "What the clearing house has paid into the reserve, in fen.",
    "paid_fen": "What the clearing house has paid out of the reserve, in fen.",
    "date": "The day that is closed, as yyyymmdd.",
    "direction": "Whether the money came into the reserve or left it.",
    "reference": "The clearing house's reference of the settlement, by which book and statement are matched.",
    "statement_fen": "The reserve at the end of the day by the custodian's statement, in fen.",
    "duty": "The duty's number.",
}

OF_ONE_KIND: dict[tuple[str, str], str] = {
    ("record_statement_entry", "date"): "The day on which the custodian booked it, as yyyymmdd.",
    ("pay", "bank_account"): "The bank account that pays what the balance does not cover; 0: the balance alone.",
}


def meaning(kind: str, field: str) -> str:
    """What a field means. Errors: KeyError for one that has no words yet."""
    return OF_ONE_KIND.get((kind, field)) or MEANINGS[field]
