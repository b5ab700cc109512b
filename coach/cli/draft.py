"""``coach draft``: a message to send, without a conversation. Asks for what it needs, and prints or writes it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from coach.draft import Channel, DraftBrief, DraftFact, DraftKind, Tone


def draft(
    kind: Annotated[DraftKind, typer.Argument(help="What the message is for.")],
    channel: Annotated[Channel, typer.Option(help="How it goes to its reader.")] = Channel.EMAIL,
    tone: Annotated[Tone, typer.Option(help="How it is worded.")] = Tone.PLAIN,
    to: Annotated[str, typer.Option(help="Name of the reader, such as 'Ms Osei'.")] = "",
    sender: Annotated[str, typer.Option(help="Your name.")] = "",
    role: Annotated[str, typer.Option(help="The job, such as 'shift supervisor'.")] = "",
    company: Annotated[str, typer.Option(help="The employer.")] = "",
    stage: Annotated[str, typer.Option(help="How far it went, such as 'panel interview'.")] = "",
    add: Annotated[list[str] | None, typer.Option(help="A sentence to add; may be given again.")] = None,
    ask: Annotated[list[str] | None, typer.Option(help="A question to ask; may be given again.")] = None,
    address: Annotated[str, typer.Option(help="Email address for a .eml file.")] = "",
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write it to this .eml or .txt file.")] = None,
) -> None:
    """Write a message to send: feedback request, thank-you, keeping in touch and others."""
    from coach.drafts.drafting import Drafts
    from coach.errors import InputError
    from coach.resources import shipped

    given = {"recipient": to, "sender": sender, "role": role, "company": company, "stage": stage}
    if sys.stdin.isatty():
        given = {name: value or _asked(name) for name, value in given.items()}
    brief = DraftBrief(
        kind=kind,
        channel=channel,
        tone=Tone.PLAIN if tone is Tone.SHORT else tone,
        short=int(tone is Tone.SHORT),
        facts=tuple(DraftFact(name=name, value=_clean(value)) for name, value in given.items() if _clean(value)),
        marks=_marks(given["stage"], kind),
        said=tuple(filter(None, map(_clean, add or ()))),
        asked=tuple(filter(None, map(_clean, ask or ()))),
    )
    made, withheld = Drafts(shipped("prompts", "drafts")).make(brief, [*given.values(), *(add or ()), *(ask or ())])
    if made is None:
        what = f": {withheld[-1].text!r}" if withheld else ""
        raise InputError(f"This makes no draft that is ready to send{what}.", hint="Leave that part out and try again.")
    for each in withheld:
        typer.echo(f"Left out: {each.text}", err=True)
    if out is None:
        typer.echo(made.text)
    else:
        from coach.drafts.mail import as_eml, as_txt

        _write(out, as_eml(made, to=address) if out.suffix.lower() == ".eml" else as_txt(made))
        typer.echo(f"Written to {out}.", err=True)
    if made.missing:
        typer.echo(f"Still to fill in: {', '.join(made.missing)}.", err=True)


_QUESTIONS = {
    "recipient": "Who is it to (name, or Enter to leave it open)?",
    "sender": "Your name?",
    "role": "Which job was it?",
    "company": "Which employer?",
    "stage": "How far did it go, for example panel interview (Enter for no interview)?",
}


def _asked(name: str) -> str:
    answer: str = typer.prompt(_QUESTIONS[name], default="", show_default=False, err=True)
    return answer


def _clean(text: str) -> str:
    from coach.text import clean

    return " ".join(clean(text).split())


def _marks(stage: str, kind: DraftKind) -> tuple[str, ...]:
    from coach.drafts.facts import read_facts
    from coach.facts.stages import STAGES

    marks = set(read_facts(stage).marks & STAGES) if stage else set()
    if kind is DraftKind.RESCHEDULE:
        marks.add("theirs")
    return tuple(sorted(marks))


def _write(path: Path, content: bytes) -> None:
    from coach.errors import InputError, StorageError

    if path.suffix.lower() not in (".eml", ".txt"):
        raise InputError(f"{path.name} is neither .eml nor .txt.", hint="Choose a file name that ends in one of them.")
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise StorageError(f"{path} is there already.", hint="Choose another name; nothing was written.") from None
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error.strerror}.", hint="Choose another folder.") from error
