"""Try damaged files on every reader, for as long as wanted.

    python -m tests.fuzz --seconds 20 [--target docx] [--seed 7]
    python -m tests.fuzz --target docx --seed 7 --number 1234      # one input again, with its trace

Valid files built in memory are damaged and taken in whole (read, cleaned, told apart, extracted); nothing but an
error for the user may come out. Printed per target: inputs tried, slowest one, failures with the command to have
each again. Ends with 1 where anything failed.
"""

from __future__ import annotations

import argparse
import random
import sys
import warnings
from pathlib import Path

from tests.fuzz.running import input_of, run
from tests.fuzz.targets import TARGETS, attempt


def main() -> int:
    """Run the targets asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=20.0, help="for each target")
    parser.add_argument("--target", choices=[*TARGETS], action="append")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--number", type=int, default=None, help="try this input alone")
    parser.add_argument("--keep", type=Path, default=None, help="folder for inputs that failed")
    arguments = parser.parse_args()
    seed = random.SystemRandom().randrange(10**6) if arguments.seed is None else arguments.seed
    warnings.simplefilter("ignore")  # what libraries say of damaged files
    print(f"seed {seed}", flush=True)
    if arguments.number is not None:
        (target,) = arguments.target
        print(
            attempt(target, input_of(target, seed, arguments.number))
            or "nothing but a result or a clear error"
        )
        return 0
    total = failed = 0
    for target in arguments.target or TARGETS:
        tried = run(target, arguments.seconds, seed)
        total, failed = total + tried.inputs, failed + len(tried.failures)
        print(
            f"{target:9} {tried.inputs:7} inputs, slowest {tried.slowest:.2f} s, {tried.crashes} crashes contained"
        )
        for number, outcome in tried.failures:
            print(
                f"  FAILED: python -m tests.fuzz --target {target} --seed {seed} --number {number}\n{outcome}"
            )
            if arguments.keep is not None:
                arguments.keep.mkdir(parents=True, exist_ok=True)
                (arguments.keep / f"{target}-{seed}-{number}").write_bytes(input_of(target, seed, number))
    print(f"{total} inputs, {failed} failures")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
