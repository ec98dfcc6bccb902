"""`python -m fuzz TARGET SECONDS`: fuzz one target for so long; 0 where nothing was found.

What is found beyond the seeds of `fuzz/corpus/` is kept in a folder of its own, which may go.
An input that breaks the target is left there as `crash-…` and is worth a test in `tests/sources`.
"""

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["bot"]):
    from fuzz.targets import TARGETS

HERE = Path(__file__).resolve().parent
#: Seconds; a single input that takes longer is a finding.
_SLOWEST = 10
_LONGEST_INPUT = 8_192


def main(name: str, seconds: str) -> None:
    grown = HERE / "found" / name
    grown.mkdir(parents=True, exist_ok=True)
    arguments = [
        f"-max_total_time={int(seconds)}",
        f"-timeout={_SLOWEST}",
        f"-max_len={_LONGEST_INPUT}",
        f"-artifact_prefix={grown}/",
        "-print_final_stats=1",
        "-verbosity=1",
        str(grown),
        str(HERE / "corpus" / name),
    ]
    atheris.Setup([sys.argv[0], *arguments], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
