"""Strongly connected components: bodies that hold one another in rings, each component before what it owns.

Worked shape: A holds of B, B of C, C of B; the components are [A] and [B, C], in this order.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

Edges = Mapping[int, Iterable[int]]
"""For each body those that its edges lead to."""


def components(edges: Edges, starts: Sequence[int]) -> list[list[int]]:
    """The components of what can be reached from `starts`, each before those that its edges lead to.

    Tarjan's algorithm without recursion, so that a chain of 100,000 bodies needs no deep stack.
    """
    order: dict[int, int] = {}
    low: dict[int, int] = {}
    on_stack: set[int] = set()
    stack: list[int] = []
    found: list[list[int]] = []
    for start in starts:
        if start in order:
            continue
        calls: list[tuple[int, Iterator[int]]] = [_entered(start, edges, order, low, stack, on_stack)]
        while calls:
            body, following = calls[-1]
            nearest = next((other for other in following if other not in order or other in on_stack), None)
            if nearest is None:
                calls.pop()
                if low[body] == order[body]:
                    found.append(_closed(body, stack, on_stack))
                if calls:
                    low[calls[-1][0]] = min(low[calls[-1][0]], low[body])
            elif nearest in order:
                low[body] = min(low[body], order[nearest])
            else:
                calls.append(_entered(nearest, edges, order, low, stack, on_stack))
    return found[::-1]


def _entered(
    body: int, edges: Edges, order: dict[int, int], low: dict[int, int], stack: list[int], on_stack: set[int]
) -> tuple[int, Iterator[int]]:
    order[body] = low[body] = len(order)
    stack.append(body)
    on_stack.add(body)
    return body, iter(edges.get(body, ()))


def _closed(root: int, stack: list[int], on_stack: set[int]) -> list[int]:
    """The component whose first body this is, taken off the stack."""
    place = len(stack) - 1
    while stack[place] != root:
        place -= 1
    component = stack[place:]
    del stack[place:]
    on_stack.difference_update(component)
    return component
