"""The words of a statement in English and Chinese."""

KIND_WORDS = {
    "top_up": ("top-up", "充值"),
    "withdrawal": ("withdrawal", "提现"),
    "payment": ("payment", "余额支付"),
    "payment_from_card": ("payment by card", "银行卡支付"),
    "payment_on_credit": ("payment on credit", "信用支付"),
    "repayment_of_credit": ("repayment of credit", "信用还款"),
    "investment": ("investment", "购买理财产品"),
    "investment_cancelled": ("investment cancelled", "撤销购买理财产品"),
    "investment_released": ("investment past its cancellation", "理财产品款项解除等待"),
    "investment_redeemed": ("investment redeemed", "赎回理财产品"),
    "investment_redeemed_paid_in": ("investment redeemed, paid in by its maker", "赎回理财产品（发行方划入）"),
    "transfer": ("transfer", "转账"),
    "refund": ("refund", "退款"),
    "refund_to_card": ("refund to card", "退款至银行卡"),
    "settlement": ("settlement", "结算"),
    "fee": ("fee", "手续费"),
    "fee_withdrawal": ("own money taken out", "自有资金提取"),
    "dispute_advance": ("advanced by us after a dispute", "争议垫付"),
    "dispute_refund": ("refund after a dispute", "争议退款"),
    "dispute_refund_to_card": ("refund to card after a dispute", "争议退款至银行卡"),
    "deduction": ("deducted by order", "依法扣划"),
    "dispute_advance_provision": ("advanced by us after a dispute, from the provision", "争议垫付（风险准备金）"),
    "recovery": ("advance taken back", "垫付款追偿"),
    "fee_return": ("fee given back", "手续费退还"),
    "fee_return_own": ("fee given back, from own funds", "手续费退还（自有资金）"),
    "withdrawal_fee": ("fee of a withdrawal", "提现手续费"),
    "compensation": ("credited by us", "机构入账"),
    "compensation_provision": ("credited by us, from the provision", "机构入账（风险准备金）"),
}
PARTY_WORDS = {
    "wallet": ("wallet", "支付账户"),
    "merchant": ("merchant", "商户"),
    "bank_account": ("bank account", "银行账户"),
    "institution": ("institution", "支付机构"),
    "account": ("account", "账户"),
}


def kind_words(kind: str) -> str:
    """A kind of entry in both languages; a kind of leg that is not ours by its number."""
    return " ".join(KIND_WORDS.get(kind, (kind,)))


def party_words(name: str) -> str:
    """A party such as wallet:3 in both languages."""
    kind, _, number = name.partition(":")
    return " ".join((*PARTY_WORDS.get(kind, (kind,)), number))
