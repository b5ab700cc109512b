"""What the buttons and forms of the page do. Each action is one function of a desk, a tab and what was sent."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Any

from coach.errors import CoachError
from coach.journal.reports import read_reports, remove_report
from coach.llm import catalog
from coach.llm.entries import Purpose
from coach.ui import frame, settings_pane, side, texts
from coach.ui.desk import Desk, Parts, text_of
from coach.ui.markup import paragraph
from coach.ui.visits import all_cards

Sent = Mapping[str, Any]
Action = Callable[[Desk, str, Sent], Parts]


def act(desk: Desk, tab: str, sent: str) -> Parts:
    """Do what the page's script asks for; never raises.

    Args:
        desk: Does it.
        tab: Where it was asked for.
        sent: JSON, with the action under "do" and its number, counted up by the tab, under "n". What came before is
            not done again.
    """
    try:
        values = json.loads(sent)
        number = int(values["n"])
    except (ValueError, KeyError, TypeError):
        return {"notice": paragraph(texts.UNKNOWN_ACTION)}
    done = {"heard": frame.heard(number)}
    return _done(desk, tab, values) | done if desk.hear(tab, number) else done


def _done(desk: Desk, tab: str, values: Sent) -> Parts:
    try:
        action = ACTIONS[values["do"]]
    except (KeyError, TypeError):
        return {"notice": paragraph(texts.UNKNOWN_ACTION)}
    try:
        return action(desk, tab, values)
    except CoachError as error:
        told = f"{error} {error.hint}"
        return {"notice": paragraph(told), "told": settings_pane.told(told, wrong=True)}


# Conversations


def _new(desk: Desk, tab: str, sent: Sent) -> Parts:
    return _begun(desk, tab, off_record=False)


def _off_record(desk: Desk, tab: str, sent: Sent) -> Parts:
    return _begun(desk, tab, off_record=True)


def _begun(desk: Desk, tab: str, *, off_record: bool) -> Parts:
    desk.visits.new(tab, off_record=off_record)
    desk.tab(tab).worried = False
    return desk.whole(tab) | {"box": {"busy": False, "value": ""}}


def _open(desk: Desk, tab: str, sent: Sent) -> Parts:
    desk.visits.open(tab, text_of(sent, "id"))
    return desk.whole(tab)


def _refresh(desk: Desk, tab: str, sent: Sent) -> Parts:
    return desk.refresh(tab)


def _search(desk: Desk, tab: str, sent: Sent) -> Parts:
    desk.tab(tab).query = text_of(sent, "text").strip()
    return _list(desk, tab)


def _rename(desk: Desk, tab: str, sent: Sent) -> Parts:
    title = text_of(sent, "title")
    desk.engine.journal().rename(text_of(sent, "id"), title)
    return _list(desk, tab) | desk.look_at(tab, title)


def _pin(desk: Desk, tab: str, sent: Sent) -> Parts:
    desk.engine.journal().pin(text_of(sent, "id"), text_of(sent, "on") == "1")
    return _list(desk, tab)


def _delete(desk: Desk, tab: str, sent: Sent) -> Parts:
    conversation_id = text_of(sent, "id")
    journal = desk.engine.journal()
    found = next((each for each in journal.conversations(archived=None) if each.id == conversation_id), None)
    open_here = desk.visits.of(tab).id == conversation_id
    journal.delete(conversation_id)
    desk.visits.drop(conversation_id)
    desk.tab(tab).deleted = found
    return desk.whole(tab) if open_here else _list(desk, tab)


def _restore(desk: Desk, tab: str, sent: Sent) -> Parts:
    desk.engine.journal().restore(text_of(sent, "id"))
    desk.tab(tab).deleted = None
    return _list(desk, tab)


def _list(desk: Desk, tab: str) -> Parts:
    return {"list": desk.listing(tab, desk.visits.of(tab))}


# Turns


def _wrong(desk: Desk, tab: str, sent: Sent) -> Parts:
    number = text_of(sent, "number")
    return desk.take_back(tab, int(number)) if number.isdecimal() else {}


def _again(desk: Desk, tab: str, sent: Sent) -> Parts:
    return desk.do(tab, lambda visit: visit.again())


def _say(desk: Desk, tab: str, sent: Sent) -> Parts:
    return desk.say(tab, text_of(sent, "text"))


# Facts and notes


def _fact(desk: Desk, tab: str, sent: Sent) -> Parts:
    name, value = text_of(sent, "nameOf"), " ".join(text_of(sent, "value").split())
    return _corrected(desk, tab, name, value or None) | desk.look_at(tab, value)


def _unfact(desk: Desk, tab: str, sent: Sent) -> Parts:
    return _corrected(desk, tab, text_of(sent, "nameOf"), None)


def _corrected(desk: Desk, tab: str, name: str, value: str | None) -> Parts:
    visit = desk.visits.of(tab)
    visit.correct(name, value)
    told = texts.FACT_REMOVED if value is None else texts.FACT_SAVED
    return {"facts": side.facts(visit.facts, told.format(name=side.fact_name(name)))}


def _edit_draft(desk: Desk, tab: str, sent: Sent) -> Parts:
    visit = desk.visits.of(tab)
    subject, body = text_of(sent, "subject"), text_of(sent, "body")
    visit.edit_draft(subject, body)
    return desk.refresh(tab) | {"drafts": desk.drafts(visit, texts.DRAFT_KEPT)} | desk.look_at(tab, subject, body)


def _learn(desk: Desk, tab: str, sent: Sent) -> Parts:
    name = text_of(sent, "name").strip() or texts.OWN_NOTES_DEFAULT
    if not PurePath(name).suffix:
        name += ".txt"
    told = _learned(desk, name, sent)
    ours = desk.tab(tab)
    # Each of several files chosen at once comes as an action of its own.
    ours.learned = (*ours.learned, told) if sent.get("goes_on") is True else (told,)
    return {"notes": desk.own_notes(" ".join(ours.learned))} | desk.look_at(tab, name, text_of(sent, "text"))


def _learned(desk: Desk, name: str, sent: Sent) -> str:
    """Add a text to the user's own notes, and return what is told of it."""
    if sent.get("too_long") is True:
        return f"{name}: {texts.OWN_NOTES_TOO_LONG}"
    try:
        return texts.OWN_NOTES_ADDED.format(file=desk.engine.learn(name, text_of(sent, "text")).file)
    except CoachError as error:
        return f"{error} {error.hint}"


def _forget(desk: Desk, tab: str, sent: Sent) -> Parts:
    key = text_of(sent, "key")
    files = [note.file for note in desk.engine.kept.notes().listed() if note.key == key]
    desk.engine.forget(key)
    return {"notes": desk.own_notes(texts.OWN_NOTES_REMOVED.format(file=", ".join(files)))}


# Settings


def settings_parts(desk: Desk) -> Parts:
    """Return the settings view."""
    settings = desk.engine.settings
    models = {
        name: catalog.locate(entry, settings).present
        for name, entry in catalog.load().items()
        if entry.purpose is Purpose.CHAT
    }
    locked = desk.engine.kept.locked
    reports = [] if locked else read_reports(desk.engine.journal().database, all_cards())
    return {
        "choices": settings_pane.choices(settings, models),
        "passphrase": "" if locked else settings_pane.passphrase(encrypted=desk.engine.kept.encrypted),
        "reports": settings_pane.reports(reports),
        "data": settings_pane.data(str(settings.data)),
        "told": "",
    }


def _settings(desk: Desk, tab: str, sent: Sent) -> Parts:
    return settings_parts(desk)


def _set(desk: Desk, tab: str, sent: Sent) -> Parts:
    name = text_of(sent, "name")
    if name not in ("country", "model", *texts.SETTING_NAMES):
        return {}
    desk.engine.change(name, text_of(sent, "value"))
    parts = {**desk.preferences(), "told": settings_pane.told(texts.SETTING_SAVED)}
    if name == "country":
        parts["help"] = desk.updates(tab, desk.visits.of(tab).view())["help"]
    return parts


def _unlock(desk: Desk, tab: str, sent: Sent) -> Parts:
    try:
        desk.engine.kept.unlock(text_of(sent, "passphrase"))
    except CoachError as error:
        return desk.whole(tab, locked=f"{error} {error.hint}")
    desk.engine.refresh_notes()
    return desk.open(tab, text_of(sent, "conversation"))


def _encrypt(desk: Desk, tab: str, sent: Sent) -> Parts:
    new = text_of(sent, "new")
    if new != text_of(sent, "again"):
        return {"told": settings_pane.told(texts.PASSPHRASE_DIFFERENT, wrong=True)}
    return _rekeyed(desk, tab, lambda: desk.engine.kept.encrypt(new), texts.PASSPHRASE_DONE)


def _decrypt(desk: Desk, tab: str, sent: Sent) -> Parts:
    return _rekeyed(desk, tab, desk.engine.kept.decrypt, texts.PASSPHRASE_GONE)


def _rekeyed(desk: Desk, tab: str, change: Callable[[], None], done: str) -> Parts:
    if desk.visits.busy:
        return {"told": settings_pane.told(texts.STILL_BUSY, wrong=True)}
    try:
        change()
    finally:
        desk.visits.reopen()
        desk.engine.refresh_notes()
    return desk.whole(tab) | settings_parts(desk) | {"told": settings_pane.told(done)}


def _erase(desk: Desk, tab: str, sent: Sent) -> Parts:
    if text_of(sent, "word").strip().lower() != texts.ERASE_WORD:
        told = texts.ERASE_NOT.format(word=texts.ERASE_WORD)
        return {"told": settings_pane.told(told, wrong=True)}
    if desk.visits.busy:
        return {"told": settings_pane.told(texts.STILL_BUSY, wrong=True)}
    desk.visits.drop()
    desk.engine.kept.erase()
    desk.engine.refresh_notes()
    desk.tab(tab).deleted = None
    return desk.whole(tab) | settings_parts(desk) | {"told": settings_pane.told(texts.ERASED)}


def _unreport(desk: Desk, tab: str, sent: Sent) -> Parts:
    remove_report(desk.engine.journal().database, text_of(sent, "id") or None)
    return settings_parts(desk) | {"told": settings_pane.told(texts.REPORTS_DELETED)}


ACTIONS: Mapping[str, Action] = {
    "new": _new,
    "off_record": _off_record,
    "open": _open,
    "refresh": _refresh,
    "search": _search,
    "rename": _rename,
    "pin": _pin,
    "delete": _delete,
    "restore": _restore,
    "wrong": _wrong,
    "again": _again,
    "say": _say,
    "fact": _fact,
    "unfact": _unfact,
    "edit_draft": _edit_draft,
    "learn": _learn,
    "forget": _forget,
    "settings": _settings,
    "set": _set,
    "unlock": _unlock,
    "encrypt": _encrypt,
    "decrypt": _decrypt,
    "erase": _erase,
    "unreport": _unreport,
}
