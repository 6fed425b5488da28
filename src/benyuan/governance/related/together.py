"""Whose transactions count together: a party with its family and the bodies joined to it by control.

Sources: PBoC Order [2023] No. 1, art. 11 ¶2; CBIRC Order 2022 No. 1, arts. 11, 16, 65. Worked number: P has a spouse S
and controls A; S controls B. A transaction with B counts for B, for S (with P, A) and for P (with S, A, B): the party
that has most decides.
"""

from fractions import Fraction

from benyuan.governance.related.world import World


def counted_with(world: World, party: int, *, body: int) -> list[frozenset[int]]:
    """For each party of whom `party` is one, all who count with it; control that runs through `body` joins nobody."""
    party = world.one(party)
    heads = {party, *world.controllers(party, share=Fraction(1), without=body)}
    heads |= {kin for head in tuple(heads) for kin in world.family(head, near=True)}
    found = {_all_of(world, head, body=body) for head in heads}
    return sorted((each for each in found if party in each), key=sorted)


def one_party(world: World, party: int) -> list[frozenset[int]]:
    """Whose credit counts as that of one party: a body by itself, an individual with the family of each of them.

    Worked: P has a spouse S, and S a brother B. For P there are {P, S} and, as one of S's, {P, S, B}.
    """
    party = world.one(party)
    if not world.is_individual(party):
        return [frozenset({party})]
    found = {frozenset({head, *world.family(head, near=True)}) for head in (party, *world.family(party, near=True))}
    return sorted(found, key=sorted)


def group_of(world: World, party: int, *, body: int) -> frozenset[int]:
    """The bodies joined to a body by control, itself included; control that runs through `body` joins nobody."""
    heads = {party, *world.controllers(party, share=Fraction(1), without=body)}
    members = {each for head in heads for each in (head, *world.controlled(head, without=body))}
    return frozenset({party, *(each for each in members if not world.is_individual(each))} - {body})


def _all_of(world: World, head: int, *, body: int) -> frozenset[int]:
    if world.is_individual(head):
        family = {head, *world.family(head, near=True)}
        return frozenset({*family, *(below for each in family for below in world.controlled(each, without=body))})
    above = {each for each in world.controllers(head, share=Fraction(1), without=body) if not world.is_individual(each)}
    return frozenset({head, *above, *world.controlled(head, without=body)})
