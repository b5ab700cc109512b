"""What the parser does not ask of the shipped cards: how they speak, what they claim, and when they speak."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

import numpy as np
import pytest

from coach.resources import shipped
from coach.retrieval.cards import PRACTICE, read_cards, read_sources
from coach.text import sentences, words
from coach.types import Card, Stage, Strategy

CARDS = read_cards(shipped("knowledge"))
STAGES = tuple(Stage)

# The sentences that the coach's voice rules out, and what comforts by correcting or looks back to blame.
BANNED = re.compile(
    r"i understand how you feel|i(?:'m| am) sorry to hear|it(?:'s| is) important to|it(?:'s| is) ok(?:ay)? to"
    r"|stay positive|blessing|at least you|happens for a reason|cheer up|don't worry|their loss|move on"
    r"|should(?:n't)? have|\bshould\b|\bmust\b|you failed|your (?:fault|failure|mistake)|\bsimply\b|\bjust\b"
)
PROMISES = re.compile(
    r"guarante|you will (?:get|find|be|feel|succeed|soon)\b"
    r"|(?:they|it) will (?:help|work out|pay off|hire|reply|answer)"
)
EVIDENCE = re.compile(
    r"\b(?:studies|(?:a|one|small|large|\d{4}) (?:study|survey|report)|trade survey|pooled|percent|career guides)\b"
    r"|\b(?:hiring|vendor's|industry) figures\b|\b\d+ (?:pooled )?(?:tests|trials|people|programmes|job-search)\b"
)
OWN_PICTURES = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")

# These strategies advise on what to do next, which waits until the first hours are over, ...
TACTICAL = {Strategy.NEXT_STEP, Strategy.CONTRACT, Strategy.CRITIQUE, Strategy.FEEDBACK, Strategy.RECRUITER}
# ... but for cards that protect, stop or comfort, or that answer what the employer said.
AT_ONCE = {"harsh-feedback", "when-to-leave-the-debrief", "no-to-the-small-project-too", "never-pay-a-recruiter"}


def own_words(card: Card) -> Iterator[str]:
    """Yield every text of a card that is the coach's and not the person's."""
    yield from (card.title, card.perspective, *card.openings, card.closing, card.note)
    for step in card.steps:
        yield f"{step.when}: {step.text}"


def unquoted(text: str) -> str:
    """Return a text without the words that it offers for the person to say."""
    return re.sub(r'"[^"]*"', '""', text)


def plain(text: str) -> str:
    return " ".join(words(text))


def letter_groups(text: str) -> frozenset[str]:
    """Return the groups of four letters of a text: shared even where spelling or one word differs."""
    letters = plain(text)
    return frozenset(letters[start : start + 4] for start in range(max(1, len(letters) - 3)))


@pytest.fixture(params=CARDS, ids=lambda card: card.id)
def card(request: pytest.FixtureRequest) -> Card:
    found = request.param
    assert isinstance(found, Card)
    return found


def test_every_strategy_has_enough_cards():
    counts = Counter(card.strategy for card in CARDS)
    assert len(CARDS) >= 145
    assert {
        strategy: counts[strategy] for strategy in Strategy if strategy is not Strategy.NONE and counts[strategy] < 16
    } == {}


def test_a_card_speaks_in_the_coachs_voice(card):
    for text in own_words(card):
        assert not BANNED.search(text.lower().replace("’", "'")), text
        assert not PROMISES.search(text.lower()), text
        assert not re.search(r"[!*#;–—…]", text), text
        assert not OWN_PICTURES.search(text), text
        assert not re.search(r"\bI\b", unquoted(text)), f"the coach has no story of its own: {text}"


def test_a_cards_sentences_are_short(card):
    lengths = [len(sentence.split()) for text in own_words(card) for sentence in sentences(text)]
    assert max(lengths) <= 25
    assert sum(lengths) / len(lengths) <= 15


def test_the_perspective_is_one_sentence_and_the_closing_one_question(card):
    assert len(sentences(card.perspective)) == 1
    assert card.closing.endswith("?")
    assert card.closing.count("?") == 1


def test_the_note_can_be_said_to_the_person_as_it_stands(card):
    assert len(sentences(card.note)) <= 2
    assert 15 <= len(card.note.split()) <= 42
    assert re.search(r"\byour?\b", card.note, re.IGNORECASE), card.note


def test_evidence_and_source_go_together(card):
    told = any(EVIDENCE.search(text.lower()) for text in own_words(card))
    assert told == (card.sources != (PRACTICE,)), (card.sources, list(own_words(card)))
    assert PRACTICE not in card.sources or len(card.sources) == 1


def test_every_source_says_what_was_found_and_how_sure_it_is():
    for source in read_sources(shipped("knowledge") / "sources.toml"):
        assert source.citation.strip()
        assert source.found.endswith(".")
        assert source.confidence.partition(",")[0].partition(" ")[0] in {"seen", "memory"}


def test_advice_on_what_to_do_next_waits(card):
    if card.strategy in TACTICAL and card.id not in AT_ONCE:
        assert card.not_before is not None
    if card.not_before is not None:
        assert any(STAGES.index(stage) >= STAGES.index(card.not_before) for stage in card.stages)


def test_no_sentence_stands_on_two_cards():
    found: dict[str, set[str]] = defaultdict(set)
    for card in CARDS:
        for text in (card.perspective, *card.openings, card.closing, card.note):
            for sentence in sentences(text):
                found[plain(sentence)].add(card.id)
    assert {sentence: ids for sentence, ids in found.items() if len(ids) > 1} == {}


def test_no_saying_is_nearly_another():
    sayings = [(card.id, text) for card in CARDS for text in card.sayings]
    groups = [letter_groups(text) for _, text in sayings]
    columns = {group: column for column, group in enumerate(sorted(frozenset().union(*groups)))}
    table = np.zeros((len(sayings), len(columns)), dtype=np.float32)
    for row, own in enumerate(groups):
        table[row, [columns[group] for group in own]] = 1.0
    shared, sizes = table @ table.T, table.sum(axis=1)
    alike = np.argwhere(np.triu(shared > 0.5 * (sizes[:, None] + sizes[None, :] - shared), k=1))
    assert [(sayings[one], sayings[two]) for one, two in alike] == []


def test_the_sayings_of_a_card_differ_in_length_and_typing(card):
    """Real people write long and short, with and without capitals; one hand alone would show here."""
    lengths = [len(words(text)) for text in card.sayings]
    assert max(lengths) >= 2 * min(lengths)
    first_letters = [next(letter for letter in text if letter.isalpha()) for text in card.sayings]
    assert any(letter.islower() for letter in first_letters)
    assert any(letter.isupper() for letter in first_letters)
