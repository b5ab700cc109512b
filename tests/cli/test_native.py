from __future__ import annotations

import pytest

from coach.cli.native import look_at_engine
from coach.errors import CoachError


def test_the_engine_tells_its_version_and_features():
    engine = look_at_engine()
    assert engine.version[0].isdigit()
    assert all(feature.isidentifier() for feature in engine.features)


@pytest.mark.parametrize(
    ("code", "sentence", "hint"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGILL)", "another processor", "--no-binary llama-cpp-python"),
        ("raise ModuleNotFoundError(\"No module named 'llama_cpp'\")", "not installed", "pip install llama-cpp-python"),
        ("raise OSError('libgomp.so.1: cannot open')", "libgomp", "--no-binary"),
    ],
)
def test_an_engine_that_does_not_work_is_a_sentence(tmp_path, monkeypatch, code, sentence, hint):
    (tmp_path / "llama_cpp.py").write_text(code)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(CoachError, match=sentence) as raised:
        look_at_engine()
    assert hint in raised.value.hint
