"""Everything that can go wrong for a user, each with a hint on what to do next."""

from __future__ import annotations


class CoachError(Exception):
    """Base of all errors shown to users.

    Args:
        message: One sentence that says what is wrong.
        hint: One sentence that says what to do next; defaults to the class's own.
    """

    hint = "Run `coach doctor` to see what is wrong."

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        if hint is not None:
            self.hint = hint


class InputError(CoachError):
    """The user's input cannot be used."""

    hint = "Type a message and try again."


class SettingsError(CoachError):
    """A setting has a value that does not work."""

    hint = "Run `coach config` to see every setting and where its value came from."


class KnowledgeError(CoachError):
    """A card, phrase or source file is wrong; the message names file and line."""

    hint = "Mend the file at that line and run the command again."


class IndexUnavailable(CoachError):
    """The card index cannot be opened or built."""

    hint = "Run `coach index --rebuild`; the cards themselves are safe."


class EmbedderUnavailable(CoachError):
    """The embedding model is missing or damaged."""

    hint = "Run `coach setup` to fetch it again."


class ModelError(CoachError):
    """A language model cannot be found, loaded or run."""

    hint = "Run `coach model list` to see the models, or `coach setup` to fetch the default one."


class DigestMismatch(ModelError):
    """A downloaded file is not the file the catalog names."""

    hint = "Run the command again; if it repeats, the source serves another file."


class DownloadError(CoachError):
    """A file could not be fetched from any source."""

    hint = "Check the connection and run the command again; finished parts are kept."


class StorageError(CoachError):
    """The data folder cannot be written."""

    hint = "Free some space or choose another folder with COACH_DATA_DIR."


class JournalError(CoachError):
    """The journal of conversations cannot be used."""

    hint = "Run `coach journal list` to see what the journal holds."


class JournalLocked(JournalError):
    """The journal is encrypted and no passphrase, or a wrong one, was given."""

    hint = "Start the coach in a terminal and type the passphrase, or name a file with COACH_PASSPHRASE_FILE."


class JournalDamaged(JournalError):
    """The journal's file is damaged. It is set aside and mended at the next start."""

    hint = "Start the coach again: it keeps a copy of the damaged file and rescues what can be read."


class JournalTooNew(JournalError):
    """The journal was written by a newer program."""

    hint = "Install the newer Rebound again. The journal was not changed."


class PortTaken(CoachError):
    """No port was free for the page."""

    hint = "Close the other program or choose a port with `coach ui --port`."
