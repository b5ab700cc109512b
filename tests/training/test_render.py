from __future__ import annotations

import json
from pathlib import Path

import pytest

from coach.llm.templates import CHATML
from coach.reply.echo import is_true_echo
from coach.reply.prompts import Prompts
from training.render import Dialogue, Note, Renderer, Turn, read_dialogues

ROOT = Path(__file__).resolve().parents[2]
DIALOGUES = ROOT / "training" / "dialogues"


class Words:
    """A tokenizer that gives every stretch between spaces, and every control mark, a number of its own."""

    def __init__(self) -> None:
        self.known: list[str] = []

    def __call__(self, text: str, special: bool) -> list[int]:
        pieces = [f"<{text}>"] if special else text.split(" ")
        for piece in pieces:
            if piece not in self.known:
                self.known.append(piece)
        return [self.known.index(piece) for piece in pieces]

    def text(self, tokens) -> str:
        return " ".join(self.known[token] for token in tokens)


@pytest.fixture
def words() -> Words:
    return Words()


def renderer(words: Words, *notes: Note, seed: int = 0) -> Renderer:
    return Renderer(Prompts(ROOT / "prompts"), CHATML, words, notes, seed)


def dialogue(*turns: Turn, ends: bool = True) -> Dialogue:
    return Dialogue(id="x1", kind="fresh_rejection", labels=("rest",), turns=turns, ends=ends)


FIRST = Turn(message="i got the no today", reply=("You got the no today.", "That hurts."), echo=True, notes=("Rest.",))
LAST = Turn(
    message="my sister knows",
    reply=("Your sister knows.", "You can rest."),
    echo=True,
    facts="Facts: company Northwind",
    notes=("Sleep first.",),
)


def learnt(words: Words, sample) -> str:
    return words.text(token for token, counts in zip(sample.tokens, sample.counts, strict=True) if counts)


def test_only_the_answer_is_learnt(words):
    (sample,) = renderer(words).samples(dialogue(FIRST))
    assert learnt(words, sample) == "You got the no today. That hurts. <<|im_end|>\n>"
    whole = words.text(sample.tokens)
    assert "Notes:\n- Rest.\n\ni got the no today" in whole
    assert whole.count("You got the no today.") == 1


def test_the_prompt_is_the_program_s_own(words):
    made = renderer(words)
    prompts = Prompts(ROOT / "prompts")
    whole = prompts.turn((), FIRST.message, FIRST.notes, free=False)
    expected = [token for text, special in CHATML.pieces(whole) for token in words(text, special)]
    (sample,) = made.samples(dialogue(FIRST))
    assert [*made.prefix, *sample.tokens][: len(expected)] == expected


def test_of_earlier_replies_only_the_echo_is_learnt(words):
    first, last = renderer(words).samples(dialogue(FIRST, LAST))
    assert "Your sister" not in words.text(first.tokens)
    assert learnt(words, last) == "You got the no today. Your sister knows. You can rest. <<|im_end|>\n>"
    whole = words.text(last.tokens)
    assert "Rest." not in whole
    assert "Facts: company Northwind\n\nNotes:\n- Sleep first.\n\nmy sister knows" in whole


def test_a_reply_that_goes_on_has_no_end(words):
    echo = Turn(message=FIRST.message, reply=FIRST.reply[:1], echo=True)
    (sample,) = renderer(words).samples(dialogue(echo, ends=False))
    assert learnt(words, sample) == "You got the no today."


def test_a_quarter_of_replies_meet_a_note_that_does_not_fit(words):
    stranger, akin = Note(text="Call an agency.", strategy="recruiter"), Note(text="Sleep.", strategy="rest")
    prompts = [renderer(words, stranger, akin, seed=seed).prompt(dialogue(FIRST), 0).newest for seed in range(200)]
    assert 25 < sum(stranger.text in prompt for prompt in prompts) < 80
    assert not any(akin.text in prompt for prompt in prompts)


def test_every_echo_of_the_dialogues_is_true():
    for one in read_dialogues(DIALOGUES):
        for turn in one.turns:
            assert not turn.echo or is_true_echo(turn.reply[0], turn.message), (one.id, turn.reply[0])


def test_no_conversation_says_a_sentence_twice():
    for one in read_dialogues(DIALOGUES):
        said = [sentence for turn in one.turns for sentence in turn.reply]
        assert len(said) == len(set(said)), one.id


def test_ids_are_unique_and_the_readme_counts_right():
    found = read_dialogues(DIALOGUES)
    assert len({one.id for one in found}) == len(found)
    turns = sum(len(one.turns) for one in found)
    echoes = sum(turn.echo for one in found for turn in one.turns)
    assert f"| all | {len(found)} | {turns} | {echoes} |" in (DIALOGUES / "README.md").read_text("utf-8")


def test_a_wrong_line_is_named(tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "a", "kind": "rest", "turns": []}) + "\n", "utf-8")
    with pytest.raises(ValueError, match=r"a\.jsonl, line 1"):
        read_dialogues(tmp_path)
