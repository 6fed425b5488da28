"""Whose transactions count together: a party with its family and the bodies joined to it by control.

Sources: PBoC Order [2023] No. 1, art. 11 ¶2; CBIRC Order 2022 No. 1, art. 11. Worked number: P has a spouse S and
controls A; S controls B. A transaction with B counts for B, for S (with P, A) and for P (with S, A, B): the party that
has most decides.
"""

from fractions import Fraction

from benyuan.governance.related.world import World


def counted_with(world: World, party: int, *, body: int) -> list[frozenset[int]]:
    """For each party of whom `party` is one, all who count with it; control that runs through `body` joins nobody."""
    heads = {party, *world.controllers(party, share=Fraction(1), without=body)}
    heads |= {kin for head in tuple(heads) for kin in world.family(head, near=True)}
    found = {_all_of(world, head, body=body) for head in heads}
    return sorted((each for each in found if party in each), key=sorted)


def _all_of(world: World, head: int, *, body: int) -> frozenset[int]:
    if world.is_individual(head):
        family = {head, *world.family(head, near=True)}
        return frozenset({*family, *(below for each in family for below in world.controlled(each, without=body))})
    above = {each for each in world.controllers(head, share=Fraction(1), without=body) if not world.is_individual(each)}
    return frozenset({head, *above, *world.controlled(head, without=body)})
