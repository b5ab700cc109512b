"""Writes the file tree in README.md from the first line of each file, so that the two cannot differ.

Run ``python scripts/file_tree.py`` after adding or removing a file; a test says when it is due.
"""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
BEGIN, END = "<!-- file tree: scripts/file_tree.py -->", "<!-- end of file tree -->"

# Folders that are named as a whole, with what is in them.
FOLDERS = {
    "knowledge": "cards in one folder per strategy, answers/, phrases/, safety/ (fixed replies), sources.toml",
    "prompts": "one template per file; drafts/ has the messages a person can send",
    "models": "catalog.toml with digests, README.md, adapters/, classifiers/; weights live in the user's data folder",
    "data": "what classifiers and evals learn from and are measured on, with a README each",
    "tests": "mirrors coach/; contracts/ (imports, docs match code), browser/, real/ (the default model)",
    "docs": "architecture, dependencies, measurements, the log of what did not work",
}


def tree() -> str:
    """Return the tree as Markdown: every module of the package and the tools, one line each."""
    lines = []
    for folder in ("coach", "training", "scripts"):
        lines.append(f"{folder}/")
        for path in sorted((ROOT / folder).rglob("*")):
            text = _first_line(path)
            if text:
                lines.append(f"  {path.relative_to(ROOT / folder).as_posix():30} {text}")
    lines += [f"{name + '/':32} {text}" for name, text in FOLDERS.items() if (ROOT / name).is_dir()]
    return "\n".join(lines)


def updated(readme: str) -> str:
    """Return the README with the tree as it is now."""
    before, _, rest = readme.partition(BEGIN)
    after = rest.partition(END)[2]
    return f"{before}{BEGIN}\n```\n{tree()}\n```\n{END}{after}"


def _first_line(path: Path) -> str:
    if "__pycache__" in path.parts or path.is_dir():
        return ""
    if path.suffix == ".py":
        text = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    elif path.suffix in (".css", ".js"):
        found = re.match(r"/\*\s*(.+?)\s*(?:\*/|\n)", path.read_text("utf-8"))
        text = found[1] if found else ""
    elif path.name == "check":
        text = path.read_text("utf-8").splitlines()[1].lstrip("# ")
    else:
        return ""
    return text.partition("\n")[0]


def main() -> int:
    """Write the tree into README.md."""
    README.write_text(updated(README.read_text("utf-8")), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
