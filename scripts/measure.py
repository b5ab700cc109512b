"""Take every long measurement of this machine and file it in docs/measurements: ``make measure``.

Runs each ``scripts/measure_*.py`` in turn and writes what it found as
``<date>-<name>.json``, all of it, and ``<date>-<name>.md``, for reading.
"""

from __future__ import annotations

import argparse
import datetime
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from measurements import look

from coach.evals import machine

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "docs" / "measurements"


def main(arguments: Sequence[str]) -> int:
    """Run the measurements and return 1 when one of them failed, 0 otherwise."""
    scripts = {path.stem.removeprefix("measure_"): path for path in sorted((ROOT / "scripts").glob("measure_*.py"))}
    parser = argparse.ArgumentParser(prog="measure.py", description="Take long measurements of this machine.")
    parser.add_argument("only", nargs="*", metavar="NAME", help=f"measure only these: {', '.join(scripts)}")
    parser.add_argument("--quick", action="store_true", help="fewer repetitions, for a look and not for a claim")
    parser.add_argument("--to", type=Path, default=PLACE, help="folder for the results")
    options = parser.parse_args(arguments)
    unknown = sorted(set(options.only) - set(scripts))
    if unknown:
        parser.error(f"there is no measurement named {unknown[0]}; there are {', '.join(scripts)}")
    about = {"commit": _commit(), "machine": machine.describe(), "versions": machine.versions()}
    failed = []
    for name in options.only or scripts:
        look(f"== {name}")
        printed = _printed(scripts[name], quick=options.quick)
        if printed is None:
            failed.append(name)
        elif (found := result(printed)) is not None:
            found = {**found, **about, "date": _now(), "quick": options.quick}
            look(f"   {write(name, found, options.to).with_suffix('.md')}")
        else:
            look(printed)
    for name in failed:
        look(f"{name} could not be measured; see above.")
    return 1 if failed else 0


def _printed(script: Path, *, quick: bool) -> str | None:
    """Run a script and return what it printed; None when it failed."""
    command = [sys.executable, str(script), *(["--quick"] if quick else [])]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, check=False)
    return None if done.returncode else done.stdout.strip()


def result(printed: str) -> dict[str, Any] | None:
    """Return the result that a script printed last; None where it files a report of its own."""
    try:
        found = json.loads(printed.rpartition("\n")[2])
    except ValueError:
        return None
    return found if isinstance(found, dict) and "rows" in found else None


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def _commit() -> str:
    """Return the commit that was measured, with "+" when files differ from it; "" outside git."""
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty=+", "--abbrev=12"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip()


def write(name: str, found: Mapping[str, Any], folder: Path) -> Path:
    """Write a measurement's two files and return the path of the first."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{found['date'][:10]}-{name}.json"
    path.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    path.with_suffix(".md").write_text(page(name, found), "utf-8")
    return path


def page(name: str, found: Mapping[str, Any]) -> str:
    """Return a measurement as Markdown."""
    spec, versions = found["machine"], found["versions"]
    lines = [
        f"# {found['title']}",
        "",
        f"{found['date']}, commit {found['commit'] or 'unknown'}; measured by `scripts/measure_{name}.py`.",
        f"{spec['processor']}, {spec['cores']} cores, {spec['memory_bytes'] / 1e9:.1f} GB of memory, {spec['system']}; "
        f"load before: {', '.join(str(load) for load in spec['load_before'])}.",
        ", ".join(f"{package} {version}" for package, version in versions.items()) + ".",
        "",
    ]
    if found["quick"]:
        lines += ["A quick run, for a look and not for a claim.", ""]
    lines += ["| | | |", "|---|---|---|"]
    lines += [f"| {what} | {value} | {remark} |" for what, value, remark in found["rows"]]
    return "\n".join([*lines, "", found["method"], ""])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
