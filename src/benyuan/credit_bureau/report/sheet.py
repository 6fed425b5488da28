"""The report as it is handed over: the documented form of its JSON, version 1 of `benyuan.credit-report`.

Order 2021 No. 4 art. 28. A section that wasn't asked for is not there at all; one that the bureau holds nothing of is
empty, and parts of the people's report that it never holds stand in `never_held`. Days are yyyymmdd, months yyyymm,
times microseconds, amounts fen, shares ppm; 0 where there is none. Codes are the words of the vocabulary.
"""

import msgspec
from msgspec import UNSET, UnsetType

SCHEMA, VERSION = "benyuan.credit-report", 1


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """Who it is, by the person's own particulars: identity, marriage, residence, employment; empty for none."""

    full_name: str = ""
    number: str = ""
    phone: str = ""
    marital_status: str = ""
    residence: str = ""
    employer: str = ""


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """A reason of the score, in words."""

    factor: str
    en: str
    zh: str


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """The score; `value` null where too little is known for one."""

    value: int | None
    card: str
    made_on: int
    reasons: list[Reason]


class TypeSum(msgspec.Struct, frozen=True, kw_only=True):
    """The accounts of one type. Balances and limits are of those that are open or bad debts."""

    type: str
    accounts: int
    open: int
    balance_fen: int
    limit_fen: int


class Inquired(msgspec.Struct, frozen=True, kw_only=True):
    """How often others have asked, by purpose, in the last month and in the last two years."""

    month: dict[str, int]
    two_years: dict[str, int]


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """The whole in figures. Only what is shown is counted.

    `used_ppm`: balances of accounts with a line (R1, R2, R3, R4) of their limits, null where there is none.
    `months_late`, `longest_months`, `worst`: of all months shown. `public`: records by kind.
    """

    accounts: int
    open: int
    closed: int
    first_opened_on: int
    types: list[TypeSum]
    balance_fen: int
    limit_fen: int
    used_ppm: int | None
    overdue_accounts: int
    overdue_fen: int
    bad_debts: int
    bad_debts_fen: int
    late_accounts: int
    months_late: int
    longest_months: int
    worst: str
    public: dict[str, int]
    inquiries: Inquired | UnsetType = UNSET


class Latest(msgspec.Struct, frozen=True, kw_only=True):
    """The latest month of an account that is shown."""

    month: int
    status: str
    risk_class: int
    terms_left: int
    terms_overdue: int
    due_on: int
    paid_on: int
    balance_fen: int
    limit_fen: int
    due_fen: int
    paid_fen: int
    overdue_fen: int


class Month(msgspec.Struct, frozen=True, kw_only=True):
    """How an account stood at the end of a month."""

    month: int
    status: str
    overdue_fen: int


class Arrears(msgspec.Struct, frozen=True, kw_only=True):
    """A special event: a spell of negative months. `ended_on` 0: it goes on."""

    first_month: int
    last_month: int
    months: int
    worst: str
    most_fen: int
    ended_on: int


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """The unit of an account: basics, latest month, last 24 months, last 60 months, special events, marks.

    `number`: its place in this report. `account`, `member`: the bureau's numbers of the account and of its member,
    only in the person's own report. `state`: open, closed, bad-debt, ended, or not-known where the last twelve months
    were not furnished. `last_24`: a letter a month up to `last_24_to`, / where nothing is held.
    """

    number: int
    type: str
    sort: str
    opened_on: int
    limit_fen: int
    state: str
    closed_on: int
    disputed: bool
    latest: Latest | None
    account: int | UnsetType = UNSET
    member: int | UnsetType = UNSET
    last_24: str | UnsetType = UNSET
    last_24_to: int | UnsetType = UNSET
    last_60: list[Month] | UnsetType = UNSET
    arrears: list[Arrears] | UnsetType = UNSET


class PublicRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A record of a court or authority, or of a service paid for afterwards. `ended_on` 0: it goes on."""

    kind: str
    decided_on: int
    ended_on: int
    amount_fen: int
    published: bool


class Inquiry(msgspec.Struct, frozen=True, kw_only=True):
    """Who asked. `sort`: of the member, empty for the person and for the bureau's staff; `elsewhere`: furnished."""

    on: int
    purpose: str
    sort: str
    elsewhere: bool
    staff: bool
    member: int | UnsetType = UNSET


class Consent(msgspec.Struct, frozen=True, kw_only=True):
    """A consent that the person has given: for how many answers, and whether the member may furnish."""

    consent: int
    member: int
    sort: str
    purpose: str
    starts_on: int
    expires_on: int
    times: int
    furnishing: bool
    revoked: bool


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """An objection beside what it is about. `number`: of the account in this report, 0 for something else."""

    number: int
    month: int
    opened_on: int
    open: bool
    objection: int | UnsetType = UNSET
    kind: str | UnsetType = UNSET


class Notes(msgspec.Struct, frozen=True, kw_only=True):
    """The person's own statement, empty for none, and the marks of objections."""

    statement: str
    said_on: int
    marks: list[Mark]


class RuleNote(msgspec.Struct, frozen=True, kw_only=True):
    """A rule by which something is shown or left out; `status`: how well its text is known."""

    rule: str
    en: str
    zh: str
    document: str
    article: str
    status: str


class Explained(msgspec.Struct, frozen=True, kw_only=True):
    """A code of this report in words."""

    code: str
    en: str
    zh: str


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A credit report. `position`: of the log, up to which the file was read; `sections`: those shown."""

    schema: str = SCHEMA
    version: int = VERSION
    bureau: int
    made_at: int
    made_on: int
    position: int
    sections: list[str]
    subject: int | UnsetType = UNSET
    identity: Identity | UnsetType = UNSET
    score: Score | UnsetType | None = UNSET
    summary: Summary | UnsetType = UNSET
    accounts: list[Account] | UnsetType = UNSET
    public: list[PublicRecord] | UnsetType = UNSET
    inquiries: list[Inquiry] | UnsetType = UNSET
    consents: list[Consent] | UnsetType = UNSET
    notes: Notes | UnsetType = UNSET
    never_held: list[str]
    rules: list[RuleNote]
    explained: list[Explained]
