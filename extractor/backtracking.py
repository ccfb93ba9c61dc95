"""Backtracking: patterns of the rules that could take for ever are refused when they are read.

A matcher tries one way after the other. Where a part can match the same characters in several ways and what follows
does not, it tries them all: (甲+)+乙 needs twice the time for each further 甲. What is counted here is the number of
ways, never too few of them: two ways count as different where the characters that they can begin with, and the two
behind, overlap. (Berglund, Drewes and van der Merwe 2014 tell the cases apart exactly, by automata; that is more than
the patterns of rules need, and an author would not see from it what to change.)
"""

from __future__ import annotations

from math import inf, prod

from .expressions import Branches, Chain, Characters, Edge, Kept, Look, Node, Ranges, Repeat, parse

MOST_WAYS = 100_000
"""A pattern may match in so many ways from one place."""
_LARGEST_BOUND = 1000
_DEPTH = 3  # characters that are compared

_Rest = tuple[Node, ...]
_Opening = list[Ranges]


def check(pattern: str) -> None:
    """See that ``pattern`` cannot backtrack without a bound, and that a search with it takes linear time.

    Raises:
        ValueError: it can, or does not, or has not the syntax of rules; the message says which part of it.
    """
    tree = parse(pattern)
    if not _is_anchored(tree):
        _check_runs(tree, (), _opening((tree,), 1))
    _ways(tree, ())


def _is_anchored(tree: Node) -> bool:
    return isinstance(tree, Chain) and tree.items[:1] == (Edge("^"),)


def _check_runs(node: Node, rest: _Rest, begins: _Opening) -> None:
    """A run with no bound, behind which something can fail, must not hold a place at which the pattern can begin.

    A search would run over it again from each such place. ``begins`` is what the pattern begins with.
    """
    match node:
        case Chain(items):
            for index, item in enumerate(items):
                _check_runs(item, items[index + 1 :] + rest, begins)
        case Branches(options):
            for option in options:
                _check_runs(option, rest, begins)
        case Repeat(body, _, most, written):
            if (most is None or most > _LARGEST_BOUND) and not _can_end(rest) and _alike(begins, [_all_of(body)]):
                raise ValueError(f"{written!r} runs on without a bound, from many places: give it one, like {{1,40}}")
            _check_runs(body, (node, *rest) if most != 1 else rest, begins)
        case Kept(body):
            _check_runs(body, rest, begins)
        case Look(body):
            _check_runs(body, (), begins)


def _all_of(node: Node) -> Ranges:
    """All characters that ``node`` can run over."""
    match node:
        case Characters(ranges):
            return ranges
        case Chain(parts) | Branches(parts):
            return tuple(each for part in parts for each in _all_of(part))
        case Repeat(body, _, _, _) | Kept(body):
            return _all_of(body)
    return ()


def _ways(node: Node, rest: _Rest) -> float:
    """In how many ways ``node`` can match at one place, where ``rest`` follows.

    Raises:
        ValueError: in more than are allowed.
    """
    match node:
        case Chain(items):
            return _allowed(prod(_ways(item, items[index + 1 :] + rest) for index, item in enumerate(items)), "it")
        case Branches(options):
            return _ways_of_branches(options, rest)
        case Repeat():
            return _ways_of_repeat(node, rest)
        case Kept(body) | Look(body):
            _ways(body, ())  # whichever it takes, it takes no other
    return 1


def _ways_of_branches(options: _Rest, rest: _Rest) -> float:
    """Those of the branches that can begin alike, added up."""
    ways = [_ways(option, rest) for option in options]
    openings = [_opening((option, *rest), _DEPTH) for option in options]
    return max(
        sum(number for number, other in zip(ways, openings, strict=True) if _alike(opening, other))
        for opening in openings
    )


def _ways_of_repeat(node: Repeat, rest: _Rest) -> float:
    most = inf if node.most is None else node.most
    further: _Rest = (node._replace(least=0), *rest) if most > 1 else rest
    inside = _ways(node.body, further)
    ends = 1.0
    if not _can_end(rest) and _alike(_opening((node.body, *further), _DEPTH), _opening(rest, _DEPTH)):
        ends = most - node.least + 1
    ways = (inside**most if inside > 1 else 1) * ends
    return _allowed(ways, repr(node.written))


def _allowed(ways: float, what: str) -> float:
    if ways > MOST_WAYS:
        raise ValueError(
            f"{what} can match the same characters in too many ways"
            f" ({'no bound' if ways == inf else f'{ways:.0f}'}; {MOST_WAYS} are allowed)"
        )
    return ways


def _can_end(nodes: _Rest) -> bool:
    """Nothing in ``nodes`` can fail."""
    return all(_is_optional(node) for node in nodes)


def _is_optional(node: Node) -> bool:
    """It can match nothing, at any place."""
    match node:
        case Chain(items):
            return _can_end(items)
        case Branches(options):
            return any(_is_optional(option) for option in options)
        case Repeat(body, least, _, _):
            return least == 0 or _is_optional(body)
        case Kept(body):
            return _is_optional(body)
    return False


def _opening(nodes: _Rest, depth: int) -> _Opening:
    """The characters that can stand first, second … where ``nodes`` match, as far as all ways go."""
    if not nodes or not depth:
        return []
    node, rest = nodes[0], nodes[1:]
    match node:
        case Characters(ranges):
            return [ranges, *_opening(rest, depth - 1)]
        case Chain(items):
            return _opening(items + rest, depth)
        case Branches(options):
            return _merged([_opening((option, *rest), depth) for option in options])
        case Kept(body):
            return _opening((body, *rest), depth)
        case Look() | Edge():
            return _opening(rest, depth)
        case Repeat(body, least, most, _):
            if most == 0:
                return _opening(rest, depth)
            if most != 1 and _is_optional(body):
                return []  # anything, for all that is known
            again = node._replace(least=max(0, least - 1), most=None if most is None else most - 1)
            once = _opening((body, *(() if most == 1 else (again,)), *rest), depth)
            return once if least else _merged([once, _opening(rest, depth)])


def _merged(openings: list[_Opening]) -> _Opening:
    """What any of ``openings`` has at each place, as far as the shortest goes."""
    return [tuple(each for ranges in place for each in ranges) for place in zip(*openings, strict=False)]


def _alike(one: _Opening, other: _Opening) -> bool:
    """A text can begin in both ways."""
    return all(_overlap(mine, theirs) for mine, theirs in zip(one, other, strict=False))


def _overlap(one: Ranges, other: Ranges) -> bool:
    return any(begin <= last and first <= end for begin, end in one for first, last in other)
