"""The right cards come for what was said, now and earlier, and none when nothing fits. Runs on the real embedder."""

from __future__ import annotations

import pytest

from coach.resources import shipped
from coach.retrieval.cards import read_cards
from coach.retrieval.chroma import Store
from coach.retrieval.embed import Embedder
from coach.retrieval.index import CardIndex
from coach.retrieval.search import Search, Weights, in_time
from coach.situation import SituationReader
from coach.types import FoundCard, Kind, Situation, Stage, Strategy, Vector, Wants
from tests.retrieval.conftest import make_card, word_vectors


class Talk:
    """Says messages one after the other, as a conversation's turns do."""

    def __init__(self, search, embedder, reader):
        self.search, self.embedder, self.reader = search, embedder, reader
        self.cards: tuple[FoundCard, ...] = ()
        self.topic: Vector | None = None
        self.facts: tuple[Vector, ...] = ()
        self.situation: Situation | None = None

    def say(self, text):
        vectors = self.embedder.vectors(text)
        self.situation = self.reader.read(text, [], vectors, self.situation)
        goes_on = bool(self.cards) and self.search.goes_on(text, vectors.whole)
        self.cards = self.search.find(
            text,
            vectors.whole,
            self.situation,
            before=self.cards if goes_on else (),
            topic=self.topic if goes_on else None,
            facts=self.facts,
        )
        self.topic = self.topic if goes_on else vectors.whole
        self.facts = (*self.facts, vectors.whole)
        return [found.card for found in self.cards]


@pytest.fixture(scope="module")
def parts(tmp_path_factory, embedder):
    cards = read_cards(shipped("knowledge"))
    model = Embedder(embedder)
    index = CardIndex(tmp_path_factory.mktemp("index"), cards, "embedder", Store)
    index.ready(model.embed)
    yield Search(cards, index), model, SituationReader(shipped("models", "classifiers", "situation.npz"))
    index.close()


@pytest.fixture
def talk(parts):
    return Talk(*parts)


def situation(**changes):
    fields = {
        "kind": Kind.FRESH_REJECTION,
        "kind_confidence": 0.9,
        "wants": Wants.COMFORT,
        "stage": Stage.UNKNOWN,
        "stage_confidence": 0.5,
        "feelings": (),
    }
    return Situation(**{**fields, **changes})


@pytest.mark.parametrize(
    ("text", "strategy"),
    [
        ("My recruiter has not called me back since the client said no.", Strategy.RECRUITER),
        ("Could I offer them two days a week as a freelancer instead?", Strategy.CONTRACT),
        ("I want to email the hiring manager and ask for feedback on my interview.", Strategy.FEEDBACK),
        ("I went blank in the interview and want to go through what happened.", Strategy.CRITIQUE),
        ("How often can I write to the team that chose somebody else without being a nuisance?", Strategy.NETWORK),
        ("Please no advice. I just want to sit here for a while.", Strategy.REST),
    ],
)
def test_the_top_card_is_of_the_strategy_that_was_called_for(talk, text, strategy):
    assert talk.say(text)[0].strategy is strategy


@pytest.mark.parametrize(
    "text",
    [
        "git push origin main was rejected, non-fast-forward",
        "My loan application was rejected by the bank.",
        "Explain rejection sampling with a Gaussian proposal.",
        "He broke up with me and said he never loved me.",
        "What is a good recipe for lentil soup?",
        "for (int i = 0; i < n; i++) { sum += a[i]; }",
        "asdkj qwpoe zmxnc",
        "thank you, good night",
    ],
)
def test_nothing_is_found_where_nothing_fits(talk, text):
    assert talk.say(text) == []


@pytest.mark.parametrize(
    "follow_up", ["shorter please", "and if they don't answer?", "less formal", "when should I send it"]
)
def test_a_follow_up_keeps_the_topic(talk, follow_up):
    first = talk.say("Can you help me ask the hiring manager for feedback after my final interview?")
    second = talk.say(follow_up)
    assert first[0].strategy is Strategy.FEEDBACK
    assert second[0].strategy is Strategy.FEEDBACK


def test_a_follow_up_of_a_follow_up_keeps_it_too(talk):
    talk.say("Could I offer them a small freelance project instead of the job?")
    talk.say("shorter please")
    assert talk.say("and if they say no?")[0].strategy is Strategy.CONTRACT


def test_a_new_topic_leaves_the_old_one(talk):
    talk.say("Can you help me ask the hiring manager for feedback after my final interview?")
    assert (
        talk.say("My recruiter asks me for a fee of 200 euros before she sends my CV.")[0].strategy
        is Strategy.RECRUITER
    )


def test_off_topic_after_a_topic_finds_nothing(talk):
    talk.say("Can you help me ask the hiring manager for feedback after my final interview?")
    assert talk.say("What is a good recipe for lentil soup with cumin and lemon?") == []


def test_facts_said_three_turns_ago_still_steer(parts):
    question = "Could I ask them about some temporary work instead?"
    plain, told = Talk(*parts), Talk(*parts)
    for earlier in (
        "I am a nurse and was turned down for the ward post.",
        "It hurts a lot today.",
        "I told my sister.",
    ):
        told.say(earlier)
    care = "bank-and-casual-shifts-in-care"
    plain.say(question)
    told.say(question)
    rank = {name: [found.card.id for found in one.cards] for name, one in (("plain", plain), ("told", told))}
    assert care in rank["told"]
    assert care not in rank["plain"] or rank["told"].index(care) <= rank["plain"].index(care)


def test_nothing_tactical_comes_in_the_first_minutes_unless_asked(talk):
    for text in (
        "They rejected me five minutes ago, I can't stop shaking.",
        "the email came 10 minutes ago. it's a no",
    ):
        assert all(card.not_before is None for card in Talk(talk.search, talk.embedder, talk.reader).say(text))


def test_timing_holds_until_advice_is_asked_for():
    late = make_card("late", not_before=Stage.DAYS)
    assert not in_time(late, situation(stage=Stage.MINUTES))
    assert in_time(late, situation(stage=Stage.WEEKS))
    assert in_time(late, situation(stage=Stage.UNKNOWN))
    assert in_time(late, situation(stage=Stage.MINUTES, wants=Wants.DRAFT))
    assert in_time(late, situation(stage=Stage.MINUTES, kind=Kind.ASK_FEEDBACK))


def test_the_top_three_are_not_all_of_one_strategy_where_another_is_near(tmp_path, parts):
    many = [make_card(f"feedback{number}", note="Ask for feedback about the interview.") for number in range(4)]
    other = make_card("kept", Strategy.NETWORK, note="Ask for feedback about the interview.")
    index = CardIndex(tmp_path, [*many, other], "embedder", Store)
    index.ready(word_vectors)
    search = Search([*many, other], index, weights=Weights(strategy=0.0, none_above=99.0))
    text = "I want to ask for feedback about the interview."
    found = search.find(text, word_vectors([text])[0], situation())
    assert {one.card.strategy for one in found} == {Strategy.FEEDBACK, Strategy.NETWORK}
    index.close()


def test_scores_fall_and_no_card_comes_twice(talk):
    talk.say("I was turned down after the final round and want to know what to do next week.")
    assert len({found.card.id for found in talk.cards}) == len(talk.cards)
    assert talk.cards[0].score == max(found.score for found in talk.cards)
