"""The settings of the page, passphrase, reports, and erasing everything."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from coach.events import Sentence
from coach.journal.reports import Reported
from coach.settings import CHOICES, Settings
from coach.types import Origin
from coach.ui import texts
from coach.ui.markup import button, field, form, hint, line, lines, panel, submit


def top() -> str:
    """Return the head of the view."""
    back = f"<button type='button' class='quiet' data-view='chat'>{line(texts.BACK)}</button>"
    return panel([f"<h2 tabindex='-1'>{line(texts.SETTINGS_TITLE)}</h2>", back])


def choices(settings: Settings, models: Mapping[str, bool]) -> str:
    """Return the settings that can be chosen.

    Args:
        settings: As they are now.
        models: The models there are, by name; False for one whose file is not there.
    """
    options = {
        name: name if here else texts.SETTING_MODEL_MISSING.format(name=name)
        for name, here in {settings.model: True, **models}.items()
    }
    country = settings.country.upper()
    countries = {"": texts.COUNTRY_NONE, **texts.COUNTRIES}
    if country not in countries:
        countries[country] = country
    return panel(
        [
            *(_radios(name, str(getattr(settings, name))) for name in texts.SETTING_NAMES),
            _select("country", texts.SETTING_COUNTRY, countries, country),
            _select("model", texts.SETTING_MODEL, options, settings.model),
            hint(texts.SETTING_MODEL_HINT),
        ],
        kind="fields",
    )


def told(notice: str, *, wrong: bool = False) -> str:
    """Return what came of the last change."""
    return panel([f"<p class='{'problem' if wrong else 'told'}'>{line(notice)}</p>"]) if notice else ""


def _radios(name: str, value: str) -> str:
    rows = "".join(
        f"<label><input type='radio' name='{name}' value='{each}' id='{name}-{each}' data-do='set'"
        f"{' checked' if each == value else ''}> {line(texts.SETTING_VALUES[name][each])}</label>"
        for each in CHOICES[name]
    )
    return f"<fieldset><legend>{line(texts.SETTING_NAMES[name])}</legend>{rows}</fieldset>"


def _select(name: str, label: str, options: Mapping[str, str], value: str) -> str:
    rows = "".join(
        f"<option value='{line(each)}'{' selected' if each == value else ''}>{line(text)}</option>"
        for each, text in options.items()
    )
    return (
        f"<label for='set-{name}'>{line(label)}</label>"
        f"<select id='set-{name}' name='{name}' data-do='set'>{rows}</select>"
    )


def passphrase(*, encrypted: bool) -> str:
    """Return the part on encryption."""
    fields = [
        field(texts.PASSPHRASE_NEW, "new", ident="new-passphrase", kind="password"),
        field(texts.PASSPHRASE_REPEAT, "again", ident="new-passphrase-again", kind="password"),
        submit(texts.PASSPHRASE_CHANGE if encrypted else texts.PASSPHRASE_SET, kind="quiet"),
    ]
    off = button(texts.PASSPHRASE_UNSET, "decrypt", kind="quiet") if encrypted else ""
    return panel(
        [
            f"<h3>{line(texts.PASSPHRASE_TITLE)}</h3>",
            hint(texts.PASSPHRASE_ON if encrypted else texts.PASSPHRASE_OFF),
            f"<p>{line(texts.PASSPHRASE_FINAL)}</p>",
            form("encrypt", fields, kind="fields"),
            off,
        ]
    )


def data(folder: str) -> str:
    """Return the part on the data folder and on erasing everything."""
    erase = form(
        "erase",
        [
            field(texts.ERASE_LABEL.format(word=texts.ERASE_WORD), "word", ident="erase-word"),
            submit(texts.ERASE, kind="grave"),
        ],
        kind="fields",
    )
    return panel(
        [
            f"<h3>{line(texts.DATA_TITLE)}</h3>",
            f"<p>{line(texts.DATA_FOLDER)} <code>{line(folder)}</code></p>",
            f"<h3>{line(texts.ERASE_TITLE)}</h3>",
            f"<p>{line(texts.ERASE_TEXT)}</p>",
            erase,
        ]
    )


def reports(found: Sequence[Reported]) -> str:
    """Return the replies that felt wrong, to read, save as a file, or delete."""
    parts = [f"<h3>{line(texts.REPORTS_TITLE)}</h3>", hint(texts.REPORTS_HINT)]
    if not found:
        return panel([*parts, hint(texts.REPORTS_EMPTY)])
    everything = json.dumps([each.plain() for each in found], ensure_ascii=False, indent=1)
    save = (
        f"<button type='button' class='quiet' data-save='rebound-reports.json' data-text='{lines(everything)}'>"
        f"{line(texts.REPORTS_EXPORT)}</button>"
    )
    delete = button(texts.REPORTS_DELETE_ALL, "unreport", kind="quiet", id="")
    return panel([*parts, *(_report(each) for each in found), f"<div class='buttons'>{save}{delete}</div>"])


def _report(report: Reported) -> str:
    when = datetime.fromtimestamp(report.at).strftime("%d %b %Y, %H:%M")
    rows = "".join(
        f"<li><q>{line(each.text)}</q> "
        f"<span>{line(texts.ORIGINS[each.origin if isinstance(each, Sentence) else Origin.SAFETY])}</span></li>"
        for each in report.sentences
    )
    delete = button(texts.DELETE, "unreport", kind="quiet", name=texts.REPORT_DELETE, id=report.id)
    return (
        f"<details class='card'><summary>{line(when)}</summary>"
        f"<p><strong>{line(texts.REPORT_YOU)}:</strong> {line(report.message)}</p>"
        f"<p><strong>{line(texts.REPORT_REPLY)}:</strong></p><ol class='origin-list'>{rows}</ol>{delete}</details>"
    )
