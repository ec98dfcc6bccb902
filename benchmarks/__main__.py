"""Runs one benchmark, or all."""

import sys

from benchmarks import fanout, limits, search, stories

BENCHMARKS = {
    "fanout": fanout.main,
    "search": search.main,
    "stories": stories.main,
    "limits": limits.main(limits.FREE),
    "limits-paid": limits.main(limits.PAID),
}


def main() -> int:
    wanted = sys.argv[1:] or list(BENCHMARKS)
    if unknown := set(wanted) - BENCHMARKS.keys():
        sys.stderr.write(f"no such benchmark: {', '.join(unknown)}; there are {[*BENCHMARKS]}\n")
        return 2
    for name in wanted:
        BENCHMARKS[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main())
