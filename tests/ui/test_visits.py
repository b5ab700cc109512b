"""A tab's conversation: turns, stopping, trying again, waiting, and never an error that gets out."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from coach.errors import InputError, ModelError, StorageError
from coach.events import Event, TurnFailed
from coach.ui import texts
from coach.ui.exchanges import WINDOW
from coach.ui.line import Line
from coach.ui.view import View
from coach.ui.visit import Visit
from coach.ui.visits import Visits
from tests.ui.fake_engine import FakeEngine, done, sentence

HELLO = (sentence("One.", lead=""), sentence("Two."), done("One. Two."))


def visits_of(engine: FakeEngine) -> Visits:
    return Visits(engine.new_session, lambda each: engine.journal().read(each))


def visit_of(engine: FakeEngine, line: Line | None = None) -> Visit:
    return Visit(engine.new_session, line or Line())


def ask(visit: Visit, text: str = "hi") -> list[View]:
    return [visit.say(text), *visit.answer()]


def replies(view: View) -> list[str]:
    return [exchange.reply.text for exchange in view.exchanges]


def test_a_reply_grows_sentence_by_sentence() -> None:
    views = ask(visit_of(FakeEngine(HELLO)))

    assert [replies(view) for view in views] == [[""], ["One."], ["One. Two."], ["One. Two."], ["One. Two."]]
    assert [view.busy for view in views] == [True, True, True, True, False]
    assert views[0].box == ""


def test_a_conversation_that_is_not_kept_says_so_after_each_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = FakeEngine(HELLO)
    visit = visit_of(engine)

    def full() -> None:
        raise StorageError("The disk is full.", hint="Free some space.")

    with monkeypatch.context() as patch:
        patch.setattr(engine.journal().database, "writing", full)
        assert ask(visit)[-1].notice == f"{texts.NOT_KEPT} The disk is full. Free some space."
    assert ask(visit)[-1].notice == ""


def test_an_empty_message_is_refused_with_a_sentence() -> None:
    engine = FakeEngine(HELLO)
    visit = visit_of(engine)
    view = visit.say(" \n ")

    assert (view.notice, view.exchanges, view.busy, view.box) == (texts.NO_TEXT, (), False, None)
    assert list(visit.answer()) == []
    assert engine.log == []


def test_a_message_sent_while_answering_stays_in_the_box() -> None:
    visit = visit_of(FakeEngine(HELLO))
    visit.say("first")
    views = visit.answer()
    next(views)
    refused = visit.say("second")

    assert (refused.notice, refused.box) == (texts.BUSY, None)
    assert list(visit.answer()) == []
    assert [exchange.user for exchange in list(views)[-1].exchanges] == ["first"]


def test_an_input_error_puts_the_text_back_into_the_box() -> None:
    last = ask(visit_of(FakeEngine((InputError("Too long."),))), "a long text")[-1]

    assert last.exchanges == ()
    assert last.box == "a long text"
    assert last.notice == "Too long. Type a message and try again."
    assert not last.busy


def test_a_known_failure_is_told_with_its_hint() -> None:
    last = ask(visit_of(FakeEngine((sentence("One.", lead=""), ModelError("It broke.", hint="Mend it.")))))[-1]

    assert last.exchanges[0].reply.text == "One."
    assert last.exchanges[0].reply.failure == "It broke. Mend it."
    assert not last.busy


def test_an_unknown_failure_is_told_and_the_next_message_works() -> None:
    visit = visit_of(FakeEngine((RuntimeError("secret detail"),), HELLO))
    last = ask(visit)[-1]

    assert last.exchanges[0].reply.failure == f"{texts.UNEXPECTED} {texts.UNEXPECTED_HINT}"
    assert ask(visit)[-1].exchanges[1].reply.text == "One. Two."


def test_a_session_that_cannot_open_is_told() -> None:
    def no_session(_: str | None) -> object:
        raise ModelError("No model.")

    last = list(_said(Visit(no_session, Line())))[-1]  # type: ignore[arg-type]

    assert "No model." in last.exchanges[0].reply.failure
    assert not last.busy


def _said(visit: Visit) -> Iterator[View]:
    visit.say("hi")
    return visit.answer()


def test_stop_ends_the_answer_and_keeps_what_was_written() -> None:
    engine = FakeEngine((sentence("One.", lead=""), 60.0, sentence("Two."), done("")))
    visit = visit_of(engine)
    visit.say("hi")
    views = visit.answer()
    next(views)
    visit.stop()
    last = list(views)[-1]

    assert replies(last) == ["One."]
    assert last.notice == texts.STOPPED
    assert engine.log == ["send hi", "stopped", "end"]


def test_a_stop_before_the_turn_begins_is_heeded() -> None:
    engine = FakeEngine(HELLO)
    visit = visit_of(engine)
    visit.say("hi")
    visit.stop()
    last = list(visit.answer())[-1]

    assert (last.notice, last.busy) == (texts.STOPPED_EARLY, False)
    assert engine.log == []


def test_a_stop_does_not_reach_the_next_turn() -> None:
    visit = visit_of(FakeEngine(HELLO))
    ask(visit)
    visit.stop()

    assert replies(ask(visit)[-1]) == ["One. Two.", "One. Two."]


def test_try_again_replaces_the_last_exchange() -> None:
    engine = FakeEngine((sentence("Old.", lead=""), done("Old.")), (sentence("New.", lead=""), done("New.")))
    visit = visit_of(engine)
    ask(visit, "why")
    begun = visit.again()
    last = list(visit.answer())[-1]

    assert begun.box is None
    assert replies(last) == ["New."]
    assert engine.log == ["send why", "end", "send why", "end"]
    (kept,) = engine.journal().conversations()
    stored = engine.journal().read(kept.id)
    assert [turn.reply for turn in stored.turns] == ["New."]
    assert [turn.reply for turn in stored.earlier] == ["Old."]


def test_try_again_after_a_failed_opening_takes_nothing_else_back() -> None:
    """The session never saw the failed message, so an undo would take an earlier exchange."""
    engine = FakeEngine(HELLO)
    visit = visit_of(engine)
    ask(visit, "first")
    visit.say("second")
    visit.stop()
    list(visit.answer())
    visit.again()
    last = list(visit.answer())[-1]

    assert [exchange.user for exchange in last.exchanges] == ["first", "second"]
    (kept,) = engine.journal().conversations()
    assert engine.journal().read(kept.id).earlier == ()


def test_try_again_with_nothing_said_does_nothing() -> None:
    visit = visit_of(FakeEngine(HELLO))

    assert visit.again().exchanges == ()
    assert list(visit.answer()) == []


def test_tabs_are_answered_in_order_and_told_their_place() -> None:
    visits = visits_of(FakeEngine(HELLO))
    tabs = [visits.of(name) for name in "abc"]
    for tab in tabs:
        tab.say("hi")
    first, second, third = (tab.answer() for tab in tabs)
    next(first)

    assert next(second).notice == texts.NEXT_IN_LINE
    assert next(third).notice == texts.IN_LINE.format(ahead=2)
    list(first)
    assert replies(list(second)[-1]) == ["One. Two."]
    assert replies(list(third)[-1]) == ["One. Two."]


def test_a_tab_that_stops_waiting_lets_the_others_pass() -> None:
    visits = visits_of(FakeEngine(HELLO))
    one, two, three = (visits.of(name) for name in "abc")
    running, waiting, last = (_said(tab) for tab in (one, two, three))
    next(running)
    next(waiting)
    next(last)
    two.stop()

    assert list(waiting)[-1].notice == texts.STOPPED_EARLY
    assert next(last).notice == texts.NEXT_IN_LINE
    list(running)
    assert replies(list(last)[-1]) == ["One. Two."]


def test_a_closed_tab_stops_its_turn_and_frees_the_line() -> None:
    engine = FakeEngine((sentence("One.", lead=""), 60.0, done("")))
    visits = visits_of(engine)
    views = _said(visits.of("a"))
    next(views)
    ended = threading.Thread(target=list, args=(views,))
    ended.start()
    visits.leave("a")
    ended.join(timeout=10)

    assert not ended.is_alive()
    assert engine.log[-2:] == ["stopped", "end"]
    assert visits.of("a").view().exchanges == (), "a new visit has nothing of the old one"


def test_closing_stops_every_tab() -> None:
    visits = visits_of(FakeEngine((60.0, done(""))))
    tabs = [_said(visits.of(name)) for name in "ab"]
    threads = [threading.Thread(target=list, args=(tab,)) for tab in tabs]
    for thread in threads:
        thread.start()
    visits.close()
    for thread in threads:
        thread.join(timeout=10)

    assert not any(thread.is_alive() for thread in threads)


def test_a_failed_turn_is_told() -> None:
    failure: Event = TurnFailed(message="No memory left.", hint="Choose a smaller model.")

    assert ask(visit_of(FakeEngine((failure,))))[-1].exchanges[0].reply.failure == (
        "No memory left. Choose a smaller model."
    )


GENTLE = ("Gentle one.", "Gentle two.")


def kept_turns(engine: FakeEngine) -> list[str]:
    (kept,) = engine.journal().conversations()
    return [turn.reply for turn in engine.journal().read(kept.id).turns]


def test_editing_replaces_the_last_exchange_only_when_it_is_sent() -> None:
    engine = FakeEngine((sentence("Old.", lead=""), done("Old.")), (sentence("New.", lead=""), done("New.")))
    visit = visit_of(engine)
    ask(visit, "first words")
    editing = visit.edit()

    assert (editing.box, editing.notice) == ("first words", texts.EDITING)
    assert replies(editing) == ["Old."], "nothing is lost by looking"
    last = ask(visit, "other words")[-1]
    assert [exchange.user for exchange in last.exchanges] == ["other words"]
    assert kept_turns(engine) == ["New."]


def test_undo_puts_the_message_back_into_the_box() -> None:
    engine = FakeEngine(HELLO)
    visit = visit_of(engine)
    ask(visit, "hasty")
    undone = visit.undo()

    assert (undone.box, undone.exchanges) == ("hasty", ())
    assert kept_turns(engine) == []


def test_a_reply_that_felt_wrong_makes_way_for_a_gentler_one_and_is_reported() -> None:
    engine = FakeEngine(HELLO)
    visits = visits_of(engine)
    visit = visits.of("a")
    ask(visit, "one")
    ask(visit, "two")
    visit.take_back(0, GENTLE)
    view = visit.take_back(1, GENTLE)

    assert [exchange.reply.instead for exchange in view.exchanges] == ["Gentle one.", "Gentle two."]
    assert kept_turns(engine) == ["Gentle one.", "Gentle two."]
    (kept,) = engine.journal().conversations()
    stored = engine.journal().read(kept.id)
    assert [report.reason for report in stored.reports] == [texts.WRONG_REASON] * 2
    assert [exchange.reply.instead for exchange in visits.open("b", kept.id).view().exchanges] == list(GENTLE)
    visits.leave("a")
    visits.leave("b")
    assert [exchange.reply.instead for exchange in visits.open("c", kept.id).view().exchanges] == list(GENTLE)


def test_a_conversation_goes_on_after_its_tabs_were_closed() -> None:
    engine = FakeEngine(HELLO)
    visits = visits_of(engine)
    first = visits.of("a")
    ask(first, "one")
    assert first.id is not None
    visits.leave("a")
    again = visits.open("b", first.id)

    assert again is not first
    assert [exchange.user for exchange in again.view().exchanges] == ["one"]
    ask(again, "two")
    assert kept_turns(engine) == ["One. Two.", "One. Two."]
    again.undo()
    again.undo()
    assert kept_turns(engine) == []


def test_two_tabs_may_show_one_conversation_and_closing_one_stops_nothing() -> None:
    engine = FakeEngine((sentence("One.", lead=""), 0.5, sentence("Two."), done("")))
    visits = visits_of(engine)
    visit = visits.of("a")
    views = _said(visit)
    next(views)
    assert visit.id is not None
    assert visits.open("b", visit.id) is visit
    assert visits.shared(visit)
    visits.leave("b")

    assert replies(list(views)[-1]) == ["One. Two."]


def test_a_reload_of_a_conversation_off_the_record_finds_it_for_a_while() -> None:
    now = [0.0]
    engine = FakeEngine(HELLO)
    visits = Visits(engine.new_session, lambda each: engine.journal().read(each), clock=lambda: now[0])
    visit = visits.new("a", off_record=True)
    ask(visit, "secret")
    assert visit.id is not None
    visits.leave("a")

    assert visits.open("b", visit.id) is visit
    assert engine.journal().conversations() == []
    visits.leave("b")
    now[0] = 61.0
    with pytest.raises(InputError):
        visits.open("c", visit.id)


def test_a_turn_whose_tab_went_away_counts_as_stopped() -> None:
    engine = FakeEngine((sentence("One.", lead=""), 60.0, done("")))
    visit = visit_of(engine)
    views = _said(visit)
    next(views)
    visit.stop()
    views.close()  # type: ignore[attr-defined]

    reply = visit.view().exchanges[0].reply
    assert (reply.text, reply.stopped, reply.ended, visit.busy) == ("One.", True, True, False)


def test_a_long_conversation_shows_its_end_first() -> None:
    visit = visit_of(FakeEngine(HELLO))
    for number in range(WINDOW + 3):
        ask(visit, str(number))

    assert [visit.view().first, visit.view().exchanges[0].user] == [3, "3"]
    assert [visit.show_all().first, len(visit.view().exchanges)] == [0, WINDOW + 3]
