"""What the page needs of the program behind it."""

from __future__ import annotations

import threading
from typing import Protocol

from coach.events import SafetyReply
from coach.journal.store import Journal
from coach.keeping import Keeping
from coach.retrieval.notes import Note
from coach.settings import Settings
from coach.ui import frame
from coach.ui.visits import NewSession


class Engine(Protocol):
    """The part of ``coach.wiring.Engine`` that the page uses."""

    @property
    def settings(self) -> Settings:
        """Effective settings."""
        ...

    @property
    def kept(self) -> Keeping:
        """Journal and notes."""
        ...

    @property
    def new_session(self) -> NewSession:
        """Opens a conversation."""
        ...

    def load_in_background(self, *, after: threading.Event | None = None, timeout: float = 5.0) -> None:
        """Load everything once ``after`` is set or the seconds have passed."""
        ...

    def loading(self) -> frame.LoadingState:
        """Return how far loading is."""
        ...

    def journal(self) -> Journal:
        """Return the journal."""
        ...

    def refresh_notes(self) -> None:
        """Load the user's own notes again."""
        ...

    def learn(self, name: str, text: str) -> Note:
        """Add a text to the user's own notes."""
        ...

    def forget(self, key: str) -> None:
        """Remove a note."""
        ...

    def change(self, name: str, value: str) -> None:
        """Keep a setting."""
        ...

    def check(self, text: str) -> SafetyReply | None:
        """Return fixed text with help where something typed beside the chat reads as if someone is in danger."""
        ...
