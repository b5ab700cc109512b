"""Events become what the page shows, and nothing a person wrote becomes markup."""

from __future__ import annotations

import html
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from coach.draft import Channel, DraftBrief, DraftKind
from coach.events import CardsFound, Draft, Event, SafetyReply, TakenBack, TurnFailed
from coach.resources import shipped
from coach.safety.resources import Resources
from coach.types import FoundCard, FoundNote, Level, Origin, Strategy
from coach.ui import cards, frame, markup, render, texts
from coach.ui.render import Exchange, Reply, advance
from tests.ui.fake_engine import FakeLoading, card, done, sentence

CITATIONS = {"career-guides": "career-service guides", "practice": "Coaching practice"}


def reply_of(*events: Event) -> Reply:
    reply = Reply()
    for event in events:
        reply = advance(reply, event)
    return reply


class Reader(HTMLParser):
    """Reads HTML as a browser does: the text it shows, and the tags in it."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.tags: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_comment(self, data: str) -> None:
        self.tags.append("!--")

    def handle_data(self, data: str) -> None:
        self.text += data


def test_sentences_are_joined_by_their_leads() -> None:
    reply = reply_of(sentence("That hurts.", lead=""), sentence("Rest first."), sentence("What now?", lead="\n\n"))

    assert reply.text == "That hurts. Rest first.\n\nWhat now?"
    assert reply.newest == "What now?"
    assert not reply.ended


def test_used_cards_are_those_whose_words_are_shown() -> None:
    found = CardsFound(cards=(FoundCard(card=card("a"), score=1.0), FoundCard(card=card("b"), score=0.5)))
    reply = reply_of(found, sentence("x", card_id="b"), sentence("y", card_id="b"))

    assert [one.id for one in reply.found] == ["a", "b"]
    assert reply.used == ("b",)
    assert advance(reply, done("", cards=("a", "b"))).used == ("a", "b")


def contents(*exchanges: Exchange) -> list[str]:
    return [message["content"] for message in render.chat(exchanges, CITATIONS)]


def test_a_failure_keeps_what_was_written_and_can_be_tried_again() -> None:
    reply = reply_of(sentence("That hurts.", lead=""), TurnFailed(message="It broke.", hint="Run it again."))
    user, answer = contents(Exchange(user="hi", reply=reply))

    assert user == "hi"
    assert Reader(answer).text.startswith("That hurts.It broke. Run it again." + texts.AGAIN)
    assert "data-do='again'" in answer


def test_a_reply_that_has_not_begun_shows_the_message_alone() -> None:
    assert render.chat([Exchange(user="hi")], CITATIONS) == [{"role": "user", "content": "hi"}]


def test_a_reply_has_its_buttons_only_when_it_has_ended() -> None:
    growing = reply_of(sentence("That hurts.", lead=""))

    assert texts.WRONG not in contents(Exchange(user="hi", reply=growing))[1]
    ended = contents(Exchange(user="hi", reply=advance(growing, done("That hurts."))))[1]
    for name in (texts.COPY, texts.ORIGIN, texts.WRONG):
        assert name in Reader(ended).text


def test_each_sentence_has_its_origin_in_words() -> None:
    note = FoundNote(text="Ask Mara.", file="diary.md", place="May, line 3", score=0.7)
    found = CardsFound(cards=(FoundCard(card=card(), score=1.0),), notes=(note,))
    said = [replace(sentence(f"From {origin}."), origin=origin) for origin in Origin if origin is not Origin.CARD]
    reply = reply_of(found, *said, sentence("From a card.", card_id="wait-a-day"), done(""))
    rows = [Reader(row).text for row in render.origins(reply, CITATIONS)]

    assert len(rows) == len(Origin)
    assert "From a card. the card “Wait a day before you answer”. Source: career-service guides" in rows[-1]
    assert "From notes. your own notes: diary.md, May, line 3" in rows
    assert f"From yours. {texts.ORIGINS[Origin.YOURS]}" in rows


def test_fixed_safety_text_is_named_as_such() -> None:
    rows = render.origins(reply_of(SafetyReply(level=Level.L3, text="Call now."), done("")), CITATIONS)
    assert Reader(rows[0]).text == f"Call now. {texts.ORIGINS[Origin.SAFETY]}"


def test_a_reply_that_was_taken_back_is_gone_from_the_page_but_its_safety_text_stays() -> None:
    said = (SafetyReply(level=Level.A, text="Call now."), sentence("Wrong."), done(""))
    reply = reply_of(*said, TakenBack(text="Gentle."))
    answer = Reader(contents(Exchange(user="hi", reply=reply))[1]).text

    assert "Wrong." not in answer
    assert "Call now." in answer
    assert answer.index("Gentle.") < answer.index(texts.TAKEN_BACK)


@pytest.mark.parametrize(
    "text",
    [
        "<img src=http://evil.example/x.png>",
        "![x](http://evil.example/x.png)",
        "<script>alert(1)</script>",
        "<!-- hidden -->",
        "</div><b>bold</b><?php ?>",
        "&lt;b&gt; &amp; &copy &#60;b&#62; &#x3c;i>",
        "R&D, Q & A, 5 < 6, <3, a<b, x&y;",
        "quotes \" and ' and `code`",
        "line one\nline two\n\n    indented",
        "<",
        "&",
        "<<b>>",
    ],
)
def test_plain_shows_exactly_the_text(text: str) -> None:
    shown = Reader(markup.plain(text))

    assert shown.tags == []
    assert shown.text == text
    assert html.unescape(markup.plain(text)) == text


def test_plain_leaves_harmless_signs_alone_for_copying() -> None:
    assert markup.plain("Q & A, 5 < 6, <3") == "Q & A, 5 < 6, <3"


def test_a_safety_reply_is_a_block_of_its_own() -> None:
    reply = reply_of(SafetyReply(level=Level.L3, text="One <b>line</b>.\nTwo.\n\nThree."), sentence("More."))
    answer = contents(Exchange(user="hi", reply=reply))[1]

    assert answer.startswith(
        "<div class='answer'><div class='safety'><p>One &lt;b&gt;line&lt;/b&gt;.<br>Two.</p><p>Three.</p></div>"
    )
    assert "<div class='said'>More.</div>" in answer


def panel(reply: Reply | None) -> Reader:
    source = cards.cards(reply, CITATIONS)
    assert "\n" not in source, "a line break would let Markdown in"
    return Reader(source)


def test_the_panel_shows_a_used_card_whole_and_opened() -> None:
    reply = reply_of(CardsFound(cards=(FoundCard(card=card(), score=1.0),)), sentence("x", card_id="wait-a-day"))
    text = panel(reply).text

    for part in (
        texts.STRATEGIES[Strategy.FEEDBACK],
        "Wait a day before you answer",
        "A question can wait for a day and still be on time.",
        "Today: Save the message.",
        "Tomorrow: Write two lines.",
        "Source: career-service guides; Coaching practice",
    ):
        assert part in text
    assert "<details class='card' open>" in cards.cards(reply, CITATIONS)
    assert texts.CARDS_OTHERS not in text


def test_the_panel_keeps_unused_cards_apart() -> None:
    found = CardsFound(cards=tuple(FoundCard(card=card(name, title=name), score=1.0) for name in ("used", "other")))
    text = panel(reply_of(found, sentence("x", card_id="used"), done("x", cards=("used",)))).text

    assert text.index("used") < text.index(texts.CARDS_OTHERS) < text.index("other")


def test_the_panel_says_when_no_card_was_used() -> None:
    assert texts.CARDS_NONE in panel(reply_of(sentence("x"), done("x"))).text
    assert texts.CARDS_FLOOR in panel(reply_of(sentence("x"), done("x", floor=True))).text
    assert texts.CARDS_EMPTY in panel(None).text


def test_a_cards_text_cannot_become_markup() -> None:
    evil = card("a", title="<img src=x>\n\n# Heading")
    reply = reply_of(CardsFound(cards=(FoundCard(card=evil, score=1.0),)))

    assert "img" not in panel(reply).tags
    assert "<img src=x> # Heading" in panel(reply).text


def test_every_strategy_has_a_name() -> None:
    assert set(texts.STRATEGIES) == set(Strategy)


def test_status_shows_progress_until_all_is_ready() -> None:
    loading = FakeLoading(model="loading", message="Loading the model", fraction=0.4, model_ready=False)

    assert "Loading the model" in Reader(frame.status(loading)).text
    assert "value='40'" in frame.status(loading)
    assert texts.LOADING_CARDS in frame.status(loading)
    assert not frame.settled(loading)
    assert frame.status(FakeLoading()) == ""
    assert frame.settled(FakeLoading())


def test_status_before_the_gate_promises_no_answer_from_cards() -> None:
    loading = FakeLoading(embedder="loading", index="waiting", model="waiting", gate_ready=False, model_ready=False)

    assert texts.LOADING_WAIT in frame.status(loading)


def test_status_tells_a_problem_and_stays() -> None:
    loading = FakeLoading(model="failed", problem="The model is damaged.", hint="Run `coach setup`.")

    assert "The model is damaged. Run `coach setup`." in Reader(frame.status(loading)).text
    assert frame.settled(loading)


def test_the_footer_says_what_must_be_said() -> None:
    text = Reader(frame.footer()).text

    for part in ("findahelpline.com", "emergency number", "Not therapy", "not sent anywhere", "not a person"):
        assert part in text


def _after(*levels: Level) -> list[render.Exchange]:
    return [render.Exchange(user="x", reply=render.Reply(level=level, ended=True)) for level in levels]


@pytest.mark.parametrize(
    ("levels", "shown"),
    [
        ((), False),
        ((Level.L0,), False),
        ((Level.A,), False),
        ((Level.L2,), True),
        ((Level.V1,), True),
        ((Level.L2, Level.L2), True),
        ((Level.L2, Level.L1), False),
        ((Level.L3, Level.L1, Level.L0), True),
        ((Level.L4, Level.L1, Level.L0, Level.L0), True),
    ],
)
def test_the_help_panel_stays_as_long_as_the_levels_say(levels: tuple[Level, ...], shown: bool) -> None:
    assert render.needs_help_panel(_after(*levels)) is shown


def test_the_help_panel_has_links_that_call() -> None:
    lines = Resources(shipped("knowledge", "safety", "resources.toml"), "GB").find("crisis")
    panel = frame.help_panel(lines, "GB")
    assert "href='tel:116123'" in panel
    assert "https://findahelpline.com" in panel
    assert texts.HELP_COUNTRY not in panel
    assert texts.HELP_COUNTRY in frame.help_panel(lines, "")


def test_own_notes_are_shown_as_theirs_with_file_and_place_and_as_text_alone():
    note = FoundNote(text="<b>Ask</b> Mara.", file="diary.md", place="May, line 3", score=0.7)
    reply = advance(advance(Reply(), CardsFound(cards=(), notes=(note,))), done("Hello."))
    shown = cards.cards(reply, {})
    assert texts.NOTES_TITLE in shown
    assert "diary.md" in shown
    assert "May, line 3" in shown
    assert "&lt;b&gt;Ask&lt;/b&gt; Mara." in shown


def test_a_draft_is_a_block_of_its_own_with_its_lines_and_no_markup() -> None:
    draft = Draft(
        kind=DraftKind.THANK_YOU,
        channel=Channel.EMAIL,
        subject="Thanks <b>",
        body="Dear <img src=x>,\n\nThank you & all.\n\nInes",
        missing=(),
        brief=DraftBrief(kind=DraftKind.THANK_YOU, channel=Channel.EMAIL),
    )
    reply = reply_of(sentence("Here is a draft.", lead=""), draft, done("Here is a draft."))
    messages = [message["content"] for message in render.chat([Exchange(user="Write it", reply=reply)], {})]
    read = Reader(messages[1])
    assert "Here is a draft." in read.text
    assert "Subject: Thanks <b>Dear <img src=x>,Thank you & all.Ines" in read.text
    assert not {"img", "b"} & set(read.tags)
    assert "\n" not in messages[1]
