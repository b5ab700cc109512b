"""Runs requests for drafts through the real pipeline: the draft as it stands after the last turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from coach.evals.files import write_lines
from coach.evals.replies import Look, answer
from coach.wiring import Engine


def answer_requests(engine: Engine, rows: Sequence[dict[str, Any]], out: Path, look: Look) -> list[dict[str, Any]]:
    """Hold each conversation, write each line at once, and return all lines.

    Args:
        engine: A loaded program.
        rows: What ``coach.evals.replies.read_scripts`` returned.
        out: Gets ``id``, ``kind`` ("none" where no draft stands), ``subject``, ``body``, ``channel``, ``missing``,
            ``withheld`` and ``reply``, all that the last turn showed.
        look: Told how far it is.
    """
    write_lines(out, ())
    done: list[dict[str, Any]] = []
    for number, row in enumerate(rows, 1):
        look(f"{number} of {len(rows)}: {row['id']}")
        done.append({"id": row["id"], **_held(engine, row["turns"])})
        write_lines(out, done[-1:], more=True)
    return done


def summary(rows: Sequence[dict[str, Any]], done: Sequence[dict[str, Any]]) -> str:
    """Return what came out as lines of text; where the file names kind and channel, how many of them were met."""
    kinds = Counter(line["kind"] for line in done)
    withheld = Counter(each["reason"] for line in done for each in line["withheld"])
    drafts = [line for line in done if line["kind"] != "none"]
    bracketed = sum(bool(line["missing"]) for line in drafts)
    lines = [
        f"{len(done)} requests, {len(drafts)} drafts, {bracketed} of them with brackets",
        f"kinds: {', '.join(f'{name} {count}' for name, count in kinds.most_common())}",
        f"withheld: {', '.join(f'{name} {count}' for name, count in withheld.most_common()) or 'none'}",
    ]
    for name in ("kind", "channel"):
        labelled = [(row[name], line) for row, line in zip(rows, done, strict=True) if name in row]
        if labelled:
            wrong = [line["id"] for label, line in labelled if label != line[name]]
            met = len(labelled) - len(wrong)
            lines.append(f"{name} as labelled: {met} of {len(labelled)}; not: {', '.join(wrong) or 'none'}")
    return "\n".join(lines)


def _held(engine: Engine, turns: Sequence[str]) -> dict[str, Any]:
    session = engine.new_session(off_record=True)
    withheld: list[dict[str, str]] = []
    reply = ""
    for text in turns:
        told = answer(session, text)
        reply = told["reply"]
        withheld += told["withheld"]
    draft = session.draft
    return {
        "kind": draft.kind.value if draft is not None else "none",
        "subject": draft.subject if draft is not None else "",
        "body": draft.body if draft is not None else "",
        "channel": draft.channel.value if draft is not None else "",
        "missing": list(draft.missing) if draft is not None else [],
        "withheld": withheld,
        "reply": reply,
    }
