"""A consent's receipt for the person: who may do what, for what, from when to when, how often; and how to take it back.

Source: PIPL, arts. 14, 15, 17; the fields follow ISO/IEC TS 27560. Worked number: a consent to three answers of which
one was given says used 1, left 2. The person's name is not in it: the receipt is given to whoever has shown to be that.
"""

import msgspec
import numpy as np

from benyuan.credit_bureau.records import CONSENT, INQUIRY, MEMBER
from benyuan.credit_bureau.vocabulary import (
    FETCH_NUMBER,
    MEMBER_SORT_NUMBER,
    MODE_NUMBER,
    PURPOSE_NUMBER,
)
from benyuan.credit_bureau.words import RESTRICTED_BITS, SECTION_BITS
from benyuan.decisions.words import words_of
from benyuan.engine.group import Group
from benyuan.values.dates import china_time, day_begins_at, day_ends_at, from_yyyymmdd, local_day
from benyuan.values.errors import BadInput

RECORD = "ISO/IEC TS 27560:2023"
WORDS = {
    "en": {
        "title": "Receipt of consent {consent}",
        "lines": (
            "Who: {sort} (member {member}) of credit bureau {bureau}",
            "For what: {purpose}; parts of your file: {sections}",
            "From {starts} to {expires}, at most {times} answers; {used} given, {left} left",
            "What it may do with an answer: {mode} ({fetch}), kept for {data_life_days} days",
            "It {furnishes} furnish data about you{restricted}",
            "Granted {granted}; now {status}, since {changed}",
        ),
        "furnishes": ("may not", "may"),
        "restricted": ", restricted kinds too: {kinds}",
        "withdraw": "You can take this consent back at any time and need give no reason: tell the bureau its number. "
        "What was done before stands.",
    },
    "zh": {
        "title": "授权回执（第{consent}号）",
        "lines": (
            "被授权方：{sort}（接入机构{member}），征信机构{bureau}",
            "用途：{purpose}；可查看内容：{sections}",
            "有效期{starts}至{expires}，最多查询{times}次；已用{used}次，剩余{left}次",
            "查询结果的使用方式：{mode}（{fetch}），保存{data_life_days}天",
            "{furnishes}报送您的信息{restricted}",
            "授权时间{granted}；当前状态：{status}，自{changed}",
        ),
        "furnishes": ("不得", "可以"),
        "restricted": "，包括限制类信息：{kinds}",
        "withdraw": "您可以随时撤回本授权，无须说明理由：向征信机构告知本回执编号即可。撤回前已进行的处理不受影响。",
    },
}


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """A consent as it stands. Times in microseconds since 1970 UTC, days as yyyymmdd.

    `status`: to-begin, active, used-up, expired or revoked; `changed_at`: since when.
    """

    record: str = RECORD
    consent: int
    bureau: int
    member: int
    sort: str
    purpose: str
    sections: list[str]
    starts_on: int
    expires_on: int
    times: int
    used: int
    left: int
    mode: str
    fetch: str
    data_life_days: int
    furnishing: bool
    restricted: list[str]
    granted_at: int
    status: str
    changed_at: int
    withdraw_en: str = str(WORDS["en"]["withdraw"])
    withdraw_zh: str = str(WORDS["zh"]["withdraw"])


def receipt(group: Group, consent: int, *, at: int | None = None) -> Receipt:
    """The receipt of a consent, as it stands at a time; without one now. Errors: BadInput for no such consent."""
    held = group.records.tables[CONSENT.name]
    if not 0 < consent <= held.count:
        raise BadInput("consent", consent, "the number of a consent that there is")
    row = {name: int(held.column(name)[consent]) for name in CONSENT.columns}
    balance = group.ledger.balance(row["usage"])
    used = balance.debits_posted - balance.credits_posted
    status, changed_at = _status(group, consent, row, used=used, at=group.now() if at is None else at)
    sort = int(group.records.tables[MEMBER.name].column("sort")[row["member"]])
    return Receipt(
        consent=consent,
        sort=_word(MEMBER_SORT_NUMBER, sort),
        purpose=_word(PURPOSE_NUMBER, row["purpose"]),
        sections=words_of(row["sections"], SECTION_BITS),
        used=used,
        left=row["times"] - used,
        mode=_word(MODE_NUMBER, row["mode"]),
        fetch=_word(FETCH_NUMBER, row["fetch"]),
        furnishing=row["furnishing"] != 0,
        restricted=words_of(row["restricted"], RESTRICTED_BITS),
        granted_at=_at(group, row["position"]),
        status=status,
        changed_at=changed_at,
        bureau=row["bureau"],
        member=row["member"],
        starts_on=row["starts_on"],
        expires_on=row["expires_on"],
        times=row["times"],
        data_life_days=row["data_life_days"],
    )


def text(made: Receipt, *, language: str = "en") -> str:
    """The receipt in plain words, in English ("en") or Chinese ("zh"). Errors: BadInput for another language."""
    if language not in WORDS:
        raise BadInput("language", language, "en or zh")
    words = WORDS[language]
    kinds = str(words["restricted"]).format(kinds=", ".join(made.restricted)) if made.restricted else ""
    told = {
        **msgspec.structs.asdict(made),
        "sections": ", ".join(made.sections),
        "starts": from_yyyymmdd(made.starts_on),
        "expires": from_yyyymmdd(made.expires_on),
        "furnishes": words["furnishes"][made.furnishing],
        "restricted": kinds,
        "granted": china_time(made.granted_at),
        "changed": china_time(made.changed_at),
    }
    lines = [str(words["title"]), *words["lines"], str(words["withdraw"])]
    return "\n".join(line.format(**told) for line in lines)


def _status(group: Group, consent: int, row: dict[str, int], *, used: int, at: int) -> tuple[str, int]:
    """The status at a time, and since when."""
    on = local_day(at)
    if row["revoked"]:
        return "revoked", _at(group, row["revoked"])
    if on > row["expires_on"]:
        return "expired", day_ends_at(row["expires_on"])
    if on < row["starts_on"]:
        return "to-begin", _at(group, row["position"])
    if row["times"] and used >= row["times"]:
        return "used-up", _last_asked(group, consent, row["subject"])
    return "active", max(_at(group, row["position"]), day_begins_at(row["starts_on"]))


def _last_asked(group: Group, consent: int, subject: int) -> int:
    """When the last answer under a consent was given."""
    held = group.records.tables[INQUIRY.name]
    rows = held.all_with("subject", subject)
    mine = rows[held.column("consent")[rows] == consent]
    return int(np.max(held.column("at")[mine]))


def _at(group: Group, position: int) -> int:
    """When a command was decided."""
    opened = group.reader.at_position(position)
    return int(opened.batch().at[position - opened.block.first_position])


def _word(numbers: dict[str, int], number: int) -> str:
    return next(word for word, each in numbers.items() if each == number)
