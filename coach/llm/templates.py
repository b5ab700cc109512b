"""How a model family marks the turns of a conversation.

Marks are tokenized as control tokens, the texts between them never are, so that a
message which contains such a mark stays plain text.
"""

from __future__ import annotations

from dataclasses import dataclass

from coach.llm.base import Prompt

Piece = tuple[str, bool]
"""A stretch of prompt, and whether it may contain control tokens."""


@dataclass(frozen=True, kw_only=True)
class Template:
    """The marks around system, user and assistant turns."""

    begin: str
    system: tuple[str, str]
    user: tuple[str, str]
    assistant: tuple[str, str]

    def pieces(self, prompt: Prompt) -> list[Piece]:
        """Return the prompt as pieces; it ends where the assistant's reply begins.

        With an empty ``newest`` it ends after the history instead.
        """
        out: list[Piece] = [(self.begin, True), (self.system[0], True), (prompt.static, False), (self.system[1], True)]
        for message in prompt.history:
            before, after = self.user if message.role == "user" else self.assistant
            out += [(before, True), (message.text, False), (after, True)]
        if prompt.newest:
            out += [(self.user[0], True), (prompt.newest, False), (self.user[1] + self.assistant[0], True)]
        return [piece for piece in out if piece[0]]


CHATML = Template(
    begin="",
    system=("<|im_start|>system\n", "<|im_end|>\n"),
    user=("<|im_start|>user\n", "<|im_end|>\n"),
    assistant=("<|im_start|>assistant\n", "<|im_end|>\n"),
)
_LLAMA3 = Template(
    begin="<|begin_of_text|>",
    system=("<|start_header_id|>system<|end_header_id|>\n\n", "<|eot_id|>"),
    user=("<|start_header_id|>user<|end_header_id|>\n\n", "<|eot_id|>"),
    assistant=("<|start_header_id|>assistant<|end_header_id|>\n\n", "<|eot_id|>"),
)
_GEMMA = Template(
    begin="<bos>",
    system=("<start_of_turn>user\n", "<end_of_turn>\n"),
    user=("<start_of_turn>user\n", "<end_of_turn>\n"),
    assistant=("<start_of_turn>model\n", "<end_of_turn>\n"),
)
_MISTRAL = Template(
    begin="<s>",
    system=("[INST] ", " [/INST]"),
    user=("[INST] ", " [/INST]"),
    assistant=(" ", "</s>"),
)
_BY_MARK = (
    ("<|im_start|>", CHATML),
    ("<|start_header_id|>", _LLAMA3),
    ("<start_of_turn>", _GEMMA),
    ("[INST]", _MISTRAL),
)


def template_for(chat_template: str) -> Template:
    """Return the template that fits a GGUF's own chat template; ChatML where it has none."""
    for mark, template in _BY_MARK:
        if mark in chat_template:
            return template
    return CHATML
