"""Counts how many phrases of the bank fit each kind of message and each want, and names the holes.

Run ``python scripts/phrase_coverage.py``. The table counts what is true of anyone in that place: no feeling and no
sign is known, and the time since the no is not known either. Below it stand the cells under the target, what each
sign and each feeling adds, and the answers to direct questions and short turns.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from coach.cues import SHORT_TURNS, Cue
from coach.reply.phrases import read_phrases, shortlist
from coach.resources import shipped
from coach.types import Feeling, Kind, Part, Phrase, Sign, Situation, Stage, Wants

TARGET = 5
"""So many phrases for a part, so that a talk of several turns says nothing twice."""

_ASKING = (Wants.ADVICE, Wants.DECISION, Wants.PLAN)
SENSIBLE: dict[Kind, tuple[Wants, ...]] = {
    Kind.FRESH_REJECTION: (Wants.COMFORT, Wants.EXPLANATION, *_ASKING),
    Kind.ASK_FEEDBACK: (Wants.COMFORT, Wants.EXPLANATION, Wants.DRAFT, *_ASKING),
    Kind.STAY_IN_TOUCH: (Wants.COMFORT, Wants.EXPLANATION, Wants.DRAFT, *_ASKING),
    Kind.ANGRY_REPLY: (Wants.COMFORT, Wants.DRAFT, Wants.ADVICE, Wants.DECISION),
    Kind.CONTRACT_WORK: (Wants.COMFORT, Wants.EXPLANATION, Wants.DRAFT, *_ASKING),
    Kind.DEBRIEF: (Wants.COMFORT, Wants.EXPLANATION, *_ASKING),
    Kind.RECRUITER: (Wants.COMFORT, Wants.EXPLANATION, Wants.DRAFT, *_ASKING),
    Kind.NEXT_STEP: (Wants.COMFORT, *_ASKING),
    Kind.BLAME_BAIT: (Wants.COMFORT, Wants.EXPLANATION, Wants.ADVICE),
    Kind.DECODE_EMAIL: (Wants.COMFORT, Wants.EXPLANATION, Wants.ADVICE, Wants.DECISION),
    Kind.REFUSES_ADVICE: (Wants.COMFORT,),
}
"""What people with a message of each kind hope to get; drafts are for kinds that have a template."""

PARTS = (Part.OPENING, Part.FEELING, Part.PERSPECTIVE, Part.ADVICE, Part.CLOSE)
_NO_ADVICE = frozenset({Wants.COMFORT, Wants.EXPLANATION})


def place(kind: Kind, wants: Wants) -> Situation:
    """Return a situation of which nothing else is known."""
    return Situation(
        kind=kind, kind_confidence=1.0, wants=wants, stage=Stage.UNKNOWN, stage_confidence=1.0, feelings=()
    )


def fitting(bank: Sequence[Phrase], part: Part, situation: Situation) -> list[Phrase]:
    """Return every phrase of a part that fits, leaving out those with a slot or for a direct question."""
    return shortlist(bank, part, situation, said=frozenset(), seed="", most=len(bank))


def wanted(part: Part, kind: Kind, wants: Wants) -> bool:
    """Whether the part is due: no advice where comfort or an explanation is hoped for, save for these two kinds."""
    due = wants not in _NO_ADVICE or kind in (Kind.ANGRY_REPLY, Kind.DECODE_EMAIL)
    return part is not Part.ADVICE or due


def holes(bank: Sequence[Phrase], target: int = TARGET) -> list[str]:
    """Return the cells with fewer phrases than the target, in words."""
    return [
        f"{kind} wants {wants}: {part} {count}"
        for kind, all_wants in SENSIBLE.items()
        for wants in all_wants
        for part in PARTS
        if wanted(part, kind, wants) and (count := len(fitting(bank, part, place(kind, wants)))) < target
    ]


def _table(bank: Sequence[Phrase]) -> None:
    print(f"{'kind':16}{'wants':13}" + "".join(f"{part:>13}" for part in PARTS))
    for kind, all_wants in SENSIBLE.items():
        for wants in all_wants:
            counts = (len(fitting(bank, part, place(kind, wants))) for part in PARTS)
            cells = (
                f"{count if wanted(part, kind, wants) else f'({count})':>13}"
                for part, count in zip(PARTS, counts, strict=True)
            )
            print(f"{kind:16}{wants:13}" + "".join(cells))


def _added(bank: Sequence[Phrase]) -> None:
    """Print the fewest phrases that each sign and feeling adds over the kinds, per part."""
    print(
        f"\n{'sign or feeling':22}" + "".join(f"{part:>20}" for part in PARTS) + "   (fewest and most over the kinds)"
    )
    for name in (*Sign, *(feeling for feeling in Feeling if feeling is not Feeling.NONE)):
        cells = []
        for part in PARTS:
            added = []
            for kind in SENSIBLE:
                bare = place(kind, SENSIBLE[kind][-1])
                shown = (
                    replace(bare, signs=frozenset({name}))
                    if isinstance(name, Sign)
                    else replace(bare, feelings=(name,))
                )
                added.append(len(fitting(bank, part, shown)) - len(fitting(bank, part, bare)))
            cells.append(f"{f'{min(added)}-{max(added)}':>20}")
        print(f"{name:22}" + "".join(cells))


def main() -> int:
    """Print the tables; the exit status is 1 where there are holes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--target", type=int, default=TARGET, help="phrases per part (default: %(default)s)")
    target: int = parser.parse_args().target
    bank = read_phrases(shipped("knowledge", "phrases"))
    print(f"{len(bank)} phrases: " + ", ".join(f"{part} {n}" for part, n in Counter(one.part for one in bank).items()))
    print(f"{sum('<' in one.text for one in bank)} with a slot\n")
    _table(bank)
    _added(bank)
    answers = Counter(one.answers for one in bank if one.answers)
    print("\nshort turns: " + ", ".join(f"{cue} {answers[cue]}" for cue in Cue if cue in SHORT_TURNS))
    print("questions: " + ", ".join(f"{cue} {answers[cue]}" for cue in Cue if cue not in SHORT_TURNS))
    for kind in (Kind.IDENTITY, Kind.OFF_TOPIC, Kind.THANKS):
        print(f"{kind}: {len(fitting(bank, Part.IDENTITY, place(kind, Wants.EXPLANATION)))} to choose from")
    found = holes(bank, target)
    print(f"\n{len(found)} holes under {target}" + "".join(f"\n  {hole}" for hole in found))
    return int(bool(found))


if __name__ == "__main__":
    raise SystemExit(main())
