"""Whether the board and the supervisors of a bank or insurer of the group are made up as the code of governance asks.

Source: 银保监发〔2021〕14号; each rule says how well it is known. Worked number: an independent director since 20200101
has six years on 20260101, and more a day later.
"""

import msgspec

from benyuan.assurance.group.fitness import in_post_at, offices_of
from benyuan.assurance.group.reading import body_of, names_of, owned
from benyuan.engine.group import Group
from benyuan.holding_company.checks import Check
from benyuan.holding_company.organs import governed_how, organ_checks
from benyuan.parties.bodies.vocabulary import Business
from benyuan.parties.ownership.vocabulary import Post
from benyuan.values.errors import BadInput


class Organs(msgspec.Struct, frozen=True, kw_only=True):
    """The answer for a body on a day (yyyymmdd). `how`: `direct` or `reference`, as the code speaks of its business.

    `unmet`: how many checks are not as asked, `untold`: how many can't be told; `invented`: posts with no document.
    """

    body: int
    name: str
    on: int
    seen: int
    business: str
    how: str
    checks: list[Check]
    unmet: int
    untold: int
    invented: int


def organs_of(group: Group, body: int, *, on: int = 0, seen: int = 0) -> Organs:
    """The organs of a body held against the code. Errors: BadInput: no such body, or none that it speaks of."""
    world = owned(group, on=on, seen=seen)
    state, rules = world.state, group.regime.pack
    business = state.bodies[body_of(state, body, field="body")].business
    how = governed_how(business, on=state.on, rules=rules)
    if not how:
        raise BadInput(
            "body", body, f"a body whose governance the code asks about, by its business, not {business.value}"
        )
    spans = in_post_at(group, body, on=state.on, seen=state.seen)
    checks = list(
        organ_checks(
            offices_of(world),
            body,
            in_post={who: each for (who, post), each in spans.items() if post is Post.independent_director},
            banks={number for number, each in state.bodies.items() if each.business is Business.commercial_bank},
            on=state.on,
            rules=rules,
        )
    )
    met = [each.met for each in checks]
    return Organs(
        body=body,
        name=names_of(group, state, [body])[body],
        on=state.on,
        seen=state.seen,
        business=business.value,
        how=how,
        checks=checks,
        unmet=met.count(False),
        untold=met.count(None),
        invented=sum(bool(row["invented"]) for row in state.offices if row["body"] == body),
    )
