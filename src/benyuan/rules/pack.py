"""A rule pack: all rules of one installation, looked up by id and date, with one digest over the whole.

    LookupError
    ├── UnknownRule      no rule of that id in the pack: a defect of the caller, or a pack that lacks it
    └── RuleNotInForce   the rule has no value on that day; the engine makes a refusal of it

The digest is the SHA-256 of `canonical()`, which is JSON with sorted keys: the same for any order of the files.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from types import MappingProxyType
from typing import Self, TypeVar

import msgspec

from benyuan.rules.refusal import Refusal
from benyuan.rules.types import OpenRow, Rule, RuleValue
from benyuan.rules.vocabulary import Unit
from benyuan.values.dates import from_yyyymmdd
from benyuan.values.errors import BadInput

_FORMAT = 1

T = TypeVar("T", Rule, OpenRow)


class UnknownRule(LookupError):
    """No rule of that id is in the pack."""

    def __init__(self, rule_id: str) -> None:
        super().__init__(rule_id)
        self.rule_id = rule_id

    def __str__(self) -> str:
        return f"no rule {self.rule_id!r} in this pack"


class RuleNotInForce(LookupError):
    """The rule has no value on that day. Dates are yyyymmdd; `until` is exclusive, and None where the end is open."""

    def __init__(self, *, rule_id: str, on: int, first_in_force: int | None, until: int | None) -> None:
        super().__init__(rule_id, on, first_in_force, until)
        self.rule_id = rule_id
        self.on = on
        self.first_in_force = first_in_force
        self.until = until

    def __str__(self) -> str:
        first = "none" if self.first_in_force is None else str(from_yyyymmdd(self.first_in_force))
        until = "" if self.until is None else f" until {from_yyyymmdd(self.until)}"
        return (
            f"rule {self.rule_id} has no value on {from_yyyymmdd(self.on)}: its first is in force from {first}{until}"
        )


class _CanonicalPack(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    format: int
    drafts: bool
    rules: tuple[Rule, ...]
    open_rows: tuple[OpenRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePack:
    """Rules and open rows, sorted by id. With `drafts`, values that never came into force count as well (whatif)."""

    all_rules: tuple[Rule, ...]
    open_rows: tuple[OpenRow, ...] = ()
    drafts: bool = False
    digest: str = field(init=False)
    _by_id: Mapping[str, Rule] = field(init=False, repr=False, compare=False)
    _digests: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "all_rules", _sorted_by_id(self.all_rules))
        object.__setattr__(self, "open_rows", _sorted_by_id(self.open_rows))
        object.__setattr__(self, "_by_id", MappingProxyType({rule.id: rule for rule in self.all_rules}))
        object.__setattr__(self, "_digests", MappingProxyType({rule.id: _rule_digest(rule) for rule in self.all_rules}))
        object.__setattr__(self, "digest", hashlib.sha256(self.canonical()).hexdigest())

    def rules(self) -> tuple[Rule, ...]:
        """All rules, sorted by id."""
        return self.all_rules

    def rule(self, id: str) -> Rule:  # noqa: A002  the field's own noun
        """One rule. Raises UnknownRule."""
        if id not in self._by_id:
            raise UnknownRule(id)
        return self._by_id[id]

    def in_force(self, *, id: str, on: int) -> RuleValue | None:  # noqa: A002  the field's own noun
        """The value that holds on a day (yyyymmdd), or None outside the rule's dates. Raises UnknownRule."""
        return self.rule(id).in_force(on=on, drafts=self.drafts)

    def value(self, *, id: str, on: int) -> RuleValue:  # noqa: A002  the field's own noun
        """The value that holds on a day (yyyymmdd). Raises UnknownRule, and RuleNotInForce outside the rule's dates."""
        value = self.in_force(id=id, on=on)
        if value is None:
            raise self._not_in_force(self.rule(id), on)
        return value

    def refusal(
        self,
        *,
        id: str,  # noqa: A002  the field's own noun
        on: int,
        limit: int | None = None,
        used: int | None = None,
        asked: int | None = None,
        **figures: int | str,
    ) -> Refusal:
        """The refusal under a rule on a day. Raises UnknownRule and RuleNotInForce.

        Where a ratio refuses by what it lets be used, limit, used and asked are fen.
        """
        rule, value = self.rule(id), self.value(id=id, on=on)
        return Refusal(
            rule_id=rule.id,
            kind=rule.kind,
            status=value.status,
            in_force=value.in_force,
            rule_digest=self._digests[rule.id],
            document=value.cite.document,
            article=value.cite.article,
            item=value.cite.item,
            on=on,
            limit=limit,
            used=used,
            asked=asked,
            headroom=None if limit is None or used is None else max(limit - used, 0),
            unit=Unit.CNY if rule.unit is Unit.RATIO_PPM and used is not None else rule.unit,
            figures=figures,
            title_en=rule.title.en,
            title_zh=rule.title.zh,
            message_en=rule.message.en if rule.message else None,
            message_zh=rule.message.zh if rule.message else None,
        )

    def rule_digest(self, id: str) -> str:  # noqa: A002  the field's own noun
        """The digest that a refusal under this rule carries, 16 hex digits. Raises UnknownRule."""
        return self._digests[self.rule(id).id]

    def with_drafts(self) -> "RulePack":
        """The same rules with drafts counted as if in force: another pack with another digest, for whatif."""
        return RulePack(all_rules=self.all_rules, open_rows=self.open_rows, drafts=True)

    def canonical(self) -> bytes:
        """The whole pack as JSON with sorted keys; fields at their default are left out."""
        content = _CanonicalPack(format=_FORMAT, drafts=self.drafts, rules=self.all_rules, open_rows=self.open_rows)
        return msgspec.json.encode(content, order="sorted")

    @classmethod
    def from_canonical(cls, data: bytes) -> Self:
        """The pack that `canonical()` wrote, with the same digest. Raises BadInput for anything else."""
        try:
            content = msgspec.json.decode(data, type=_CanonicalPack)
        except msgspec.DecodeError as error:
            raise BadInput("canonical", str(error), "a rule pack in canonical form") from error
        pack = cls(all_rules=content.rules, open_rows=content.open_rows, drafts=content.drafts)
        if content.format != _FORMAT or pack.canonical() != data:
            raise BadInput("canonical", f"format {content.format}", f"canonical form {_FORMAT}, byte for byte")
        return pack

    def _not_in_force(self, rule: Rule, on: int) -> RuleNotInForce:
        values = rule.counted(drafts=self.drafts)
        first = values[0].in_force if values else None
        return RuleNotInForce(rule_id=rule.id, on=on, first_in_force=first, until=values[-1].until if values else None)


def _sorted_by_id(rows: Iterable[T]) -> tuple[T, ...]:
    ordered = tuple(sorted(rows, key=lambda row: row.id))
    for before, after in pairwise(ordered):
        if before.id == after.id:
            raise BadInput("id", after.id, "an id that is used once")
    return ordered


def _rule_digest(rule: Rule) -> str:
    return hashlib.sha256(msgspec.json.encode(rule, order="sorted")).hexdigest()[:16]
