"""`python -m fuzz`: throw inputs at what reads strangers' texts, for a while, and keep those that break it.

With atheris (`pip install atheris`, for Python 3.11 to 3.13 on Linux) by coverage, else by changes at random.
An input that breaks something is kept in `fuzz/crashes/`; mend it, and move it to `fuzz/corpus/`, where every
run of the tests tries it.
"""

import argparse
import hashlib
import importlib.util
import subprocess
import sys
import time
import traceback
from pathlib import Path

HERE = Path(__file__).parent
CORPUS, CRASHES = HERE / "corpus", HERE / "crashes"
NAMES = tuple(sorted(path.name for path in CORPUS.iterdir() if path.is_dir()))


def corpus(name: str) -> list[bytes]:
    """The inputs that a target begins with."""
    return [path.read_bytes() for path in sorted((CORPUS / name).iterdir())]


def by_chance(name: str, seconds: float, seed: int) -> tuple[int, int]:
    """How many inputs were tried, and how many broke the target."""
    from fuzz.mutating import inputs
    from fuzz.targets import TARGETS

    target, end, tried, broken = TARGETS[name], time.monotonic() + seconds, 0, 0
    for data in inputs(corpus(name), seed):
        if time.monotonic() > end or broken > 20:
            break
        tried += 1
        try:
            target(data)
        except Exception:
            broken += 1
            CRASHES.mkdir(exist_ok=True)
            place = CRASHES / f"{name}-{hashlib.sha256(data).hexdigest()[:12]}"
            place.write_bytes(data)
            print(f"{place}: {traceback.format_exc()}", file=sys.stderr)
    return tried, broken


def by_coverage(name: str, seconds: float, seed: int) -> tuple[int, int]:
    """The same in a process of its own, which atheris ends at the first that breaks."""
    CRASHES.mkdir(exist_ok=True)
    found = HERE / ".found" / name  # What atheris finds worth keeping, on this machine.
    found.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "fuzz.covering", name, str(found), str(CORPUS / name)]
    limits = [f"-max_total_time={max(1, int(seconds))}", "-max_len=4096", "-timeout=20", "-rss_limit_mb=2048"]
    limits.append(f"-seed={seed + 1}")  # With 0 it would choose one.
    done = subprocess.run(
        [*command, *limits, f"-artifact_prefix={CRASHES}/{name}-", "-print_final_stats=1"],
        capture_output=True,
        text=True,
        errors="replace",
    )
    counted = [line.split()[-1] for line in done.stderr.splitlines() if "number_of_executed_units" in line]
    if done.returncode:
        print(done.stderr[-4000:], file=sys.stderr)
    return int(counted[-1]) if counted else 0, int(done.returncode != 0)


def main() -> int:
    """Fuzz for the time that is given, divided among the targets."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__.split("\n")[0])
    parser.add_argument("targets", nargs="*", choices=[*NAMES, []], metavar="TARGET", help=", ".join(NAMES))
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    names = given.targets or NAMES
    seconds = (given.seconds or given.minutes * 60) / len(names)
    covered = importlib.util.find_spec("atheris") is not None
    lost = 0
    print(f"by {'coverage, with atheris' if covered else 'changes at random'}, seed {given.seed}")
    for name in names:
        tried, broken = (
            by_coverage(name, seconds, given.seed) if covered else by_chance(name, seconds, given.seed)
        )
        lost += broken
        print(f"{name:16} {tried:9,} tried  {broken} broken", flush=True)
    return int(lost > 0)


if __name__ == "__main__":
    sys.exit(main())
