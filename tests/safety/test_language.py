"""Which language a message is in, measured on short messages of fourteen languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coach.resources import shipped
from coach.safety.language import foreign_line, in_other_letters, language_of

FOLDER = shipped("knowledge", "safety")
MESSAGES = {
    "es": ("No me dieron el trabajo, ¿cómo pido comentarios?", "Me rechazaron otra vez y estoy muy cansada."),
    "fr": ("Je n'ai pas eu le poste, comment demander un retour ?", "Ils ne m'ont pas répondu après l'entretien."),
    "de": ("Ich habe eine Absage bekommen, wie frage ich nach dem Grund?", "Warum wurde ich nicht genommen?"),
    "pt": ("Não passei na entrevista, o que faço agora?", "Eles disseram que não, e eu fui muito bem."),
    "it": ("Non ho avuto il lavoro, come chiedo un parere?", "Mi ha detto che no"),
    "nl": ("Ik heb de baan niet gekregen, wat moet ik nu doen?", "Ze hebben me weer afgewezen na het gesprek."),
    "pl": ("Nie dostałem tej pracy, jak poprosić o opinię?", "Dlaczego mnie odrzucili po rozmowie?"),
    "tr": ("İşe alınmadım, neden olduğunu nasıl sorabilirim?", "Mülakat çok iyi geçti ama beni reddettiler."),
    "ru": ("Мне отказали после собеседования.", "Как попросить обратную связь?"),
    "ar": ("لم أحصل على الوظيفة", "كيف أطلب رأيهم؟"),
    "hi": ("मुझे नौकरी नहीं मिली।", "मैं क्या करूँ?"),
    "zh": ("面试没通过，怎么写感谢信？", "我又被拒绝了"),
    "ja": ("面接に落ちました。どうすればいいですか。", "不採用でした。"),
    "ko": ("면접에서 떨어졌어요.", "어떻게 피드백을 요청하나요?"),
}


def test_languages_are_told_apart() -> None:
    wrong = [
        (text, language_of(text))
        for language, texts in MESSAGES.items()
        for text in texts
        if language_of(text) != language
    ]
    assert wrong == []


@pytest.mark.parametrize("language", sorted(MESSAGES))
def test_each_has_its_line(language: str) -> None:
    line = foreign_line(MESSAGES[language][0], FOLDER)
    assert line is not None
    assert "findahelpline.com" in line


def test_english_of_every_kind_stays_english() -> None:
    rows = Path("data/situation/train.jsonl").read_text("utf-8").splitlines()
    texts = [json.loads(row)["text"] for row in rows]
    foreign = [text for text in texts if language_of(text) not in (None, "en")]
    # The file holds a few messages in other languages; see its README.
    assert len(foreign) <= 0.02 * len(texts)


@pytest.mark.parametrize(
    "text",
    [
        *("ok", "no", "?", "lol", "Rejected.", "42", "CV", "Danke", "hmm", "yeah go on", "come here"),
        *("He hugged me.", "im 18", "Ha.", "she on mail, on WhatsApp"),
    ],
)
def test_very_short_messages_do_not_raise_a_false_line(text: str) -> None:
    assert foreign_line(text, FOLDER) is None


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("被拒绝了。", True),
        ("ਮੈਨੂੰ ਨੌਕਰੀ ਨਹੀਂ ਮਿਲੀ", True),
        ("𝐈 𝐚𝐦 𝐝𝐨𝐧𝐞", False),
        ("Zażółć gęślą jaźń", False),
        ("they said 不行 to me", False),
        ("?!", False),
    ],
)
def test_letters_that_are_not_latin_are_told(text: str, other: bool) -> None:
    assert in_other_letters(text) is other
