"""Events as JSON and back.

Cards are stored by id and score alone: their texts are in the repository, and a card that
no longer exists is left out when the event is read.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import types
import typing
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from coach import events
from coach.events import CardsFound, Event
from coach.types import Card, FoundCard

_CLASSES: dict[str, type] = {each.__name__: each for each in typing.get_args(Event)}


def encode(event: Event) -> str:
    """Return the event as JSON text."""
    if isinstance(event, CardsFound):
        cards = [{"id": found.card.id, "score": float(found.score)} for found in event.cards]
        return json.dumps({"event": "CardsFound", "cards": cards})
    return json.dumps(events.to_json(event), default=_plain, ensure_ascii=False)


def decode(body: str, cards: Mapping[str, Card] | None = None) -> Event | None:
    """Return the event, or None for one that a newer program wrote or that is damaged.

    Args:
        body: What ``encode`` returned.
        cards: The cards that there are now, by id.
    """
    try:
        values = json.loads(body)
        name = values.pop("event")
        if name == "CardsFound":
            return _found(values["cards"], cards or {})
        built = _built(values, _CLASSES[name])
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return typing.cast("Event", built)


def _found(rows: list[dict[str, Any]], cards: Mapping[str, Card]) -> CardsFound:
    known = [row for row in rows if row["id"] in cards]
    return CardsFound(cards=tuple(FoundCard(card=cards[row["id"]], score=float(row["score"])) for row in known))


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset | set):
        return sorted(value)
    # NumPy's numbers.
    return value.item()


@functools.cache
def _hints(of: type) -> dict[str, Any]:
    return typing.get_type_hints(of)


def _built(value: Any, hint: Any) -> Any:
    """Return plain JSON as the type that an annotation asks for.

    Raises:
        ValueError, TypeError, KeyError: It does not fit.
    """
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        hints = _hints(hint)
        return hint(**{name: _built(each, hints[name]) for name, each in value.items()})
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple:
        return tuple(_built(each, arguments[0]) for each in value)
    if origin is frozenset:
        return frozenset(_built(each, arguments[0]) for each in value)
    if origin in (typing.Union, types.UnionType):
        return None if value is None else _built(value, next(each for each in arguments if each is not types.NoneType))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(value)
    if hint is float and isinstance(value, int | float):
        return float(value)
    if not isinstance(value, hint):
        raise TypeError(f"{value!r} is no {hint}")
    return value
