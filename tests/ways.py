"""Ways through a path, for whoever walks it in a test."""

from catalogue.path import ENDS, Path

Move = tuple[str, str]  # step, outcome


def way(path: Path, start: str, target: str) -> list[Move]:
    """The shortest way from a step to another, or to an end; empty when it is there. AssertionError: there is none."""
    ways: dict[str, list[Move]] = {start: []}
    ahead = [start]
    for here in ahead:
        if here == target:
            return ways[here]
        for outcome, after in () if here in ENDS else path[here].outcomes.items():
            if after not in ways:
                ways[after] = [*ways[here], (here, outcome)]
                ahead.append(after)
    raise AssertionError(f"no way from {start} to {target}")
