from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from coach import settings
from coach.errors import SettingsError
from coach.settings import TABLE, Settings, config_file, load, load_without_file, save


def write_config(text: str) -> Path:
    path = config_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_table_and_settings_have_the_same_names() -> None:
    fields = {field.name for field in dataclasses.fields(Settings)} - {"origins"}
    assert {row.name for row in TABLE} == fields
    assert all(row.help.endswith(".") for row in TABLE)


def test_every_number_has_limits_that_hold_its_default() -> None:
    for row in TABLE:
        if isinstance(row.default, int) and not isinstance(row.default, bool):
            low, high = settings._LIMITS[row.name]
            assert low <= row.default <= high


def test_flag_beats_environment_beats_file_beats_default(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load().port == 7860
    assert load().origins["port"] == "default"
    path = write_config("port = 8001\n")
    assert load().port == 8001
    assert load().origins["port"] == str(path)
    monkeypatch.setenv("COACH_PORT", "8002")
    assert load().port == 8002
    assert load().origins["port"] == "COACH_PORT"
    assert load({"port": 8003}).port == 8003
    assert load({"port": 8003}).origins["port"] == "flag"
    assert load({"port": None}).port == 8002


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_PORT", "")
    monkeypatch.setenv("COACH_MODEL", "")
    assert load().port == 7860
    assert load().model == settings.DEFAULT_MODEL


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("port = 'many'", ["port", "many", "65535"]),
        ("port = 0", ["port", "0"]),
        ("port = 70000", ["port", "70000"]),
        ("port = 80.5", ["port", "80.5"]),
        ("port = true", ["port"]),
        ("context = 100", ["context", "1024"]),
        ("open_browser = 'perhaps'", ["open_browser", "perhaps"]),
        ("writes = 'wild'", ["writes", "guided"]),
        ("model = 5", ["model", "5"]),
        ("data_dir = ['a']", ["data_dir"]),
        ("data_dir = '~nobody-has-this-name/x'", ["data_dir", "nobody-has-this-name"]),
        ('data_dir = "a\\u0000b"', ["data_dir"]),
        ("modle = 'x'", ["modle", "config.toml"]),
        ("port = ", ["config.toml"]),
    ],
)
def test_a_wrong_value_is_named_with_its_place(text: str, names: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COACH_DATA_DIR")
    write_config(text)
    with pytest.raises(SettingsError) as caught:
        load()
    for name in names:
        assert name in str(caught.value)
    assert caught.value.hint


def test_a_file_that_is_no_text_is_an_error() -> None:
    write_config("")
    config_file().write_bytes(b"\xff\xfe\x00port")
    with pytest.raises(SettingsError, match=r"config\.toml"):
        load()
    assert load_without_file().port == 7860


def test_a_folder_in_place_of_the_file_is_an_error() -> None:
    config_file().mkdir(parents=True)
    with pytest.raises(SettingsError, match=r"config\.toml"):
        load()


def test_a_file_that_may_not_be_read_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    write_config("port = 8001")

    def refused(*_args: object, **_kwargs: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_text", refused)
    with pytest.raises(SettingsError, match="Permission denied"):
        load()


@pytest.mark.parametrize(("word", "value"), [("1", True), ("TRUE", True), (" on ", True), ("no", False), ("0", False)])
def test_words_for_true_and_false(word: str, value: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_OPEN_BROWSER", word)
    assert load().open_browser is value


def test_save_keeps_comments_and_other_values_and_load_finds_it() -> None:
    path = write_config("# mine\nport = 8001 # page\n")
    assert save("threads", 3) == path
    text = path.read_text("utf-8")
    assert "# mine" in text
    assert "port = 8001 # page" in text
    assert load().threads == 3
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_save_creates_the_folder() -> None:
    assert not config_file().parent.exists()
    save("model", "smollm2-135m-instruct")
    assert load().model == "smollm2-135m-instruct"


def test_save_refuses_what_load_would_refuse_and_changes_nothing() -> None:
    path = write_config("port = 8001\n")
    wrong: list[tuple[str, settings.Value]] = [("port", 0), ("colour", "red"), ("writes", "wild")]
    for name, value in wrong:
        with pytest.raises(SettingsError):
            save(name, value)
    assert path.read_text("utf-8") == "port = 8001\n"


def test_a_full_disk_costs_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_config("port = 8001\n")
    written = Path.write_text

    def full(self: Path, text: str, *args: str) -> int:
        written(self, text[:3], *args)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(SettingsError, match="No space left"):
        save("port", 9000)
    assert path.read_text("utf-8") == "port = 8001\n"


def test_folders_lie_under_the_data_folder(tmp_path: Path) -> None:
    chosen = load({"data_dir": str(tmp_path)})
    assert chosen.data == tmp_path
    assert chosen.models.parent == chosen.index.parent == tmp_path
    assert load({"data_dir": "~/coach"}).data == Path.home() / "coach"


def test_a_config_folder_of_nobody_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_CONFIG_DIR", "~nobody-has-this-name/x")
    with pytest.raises(SettingsError, match="nobody-has-this-name"):
        load()


def test_threads_zero_means_one_per_core() -> None:
    assert load({"threads": 0}).model_threads >= 1
    assert load({"threads": 5}).model_threads == 5
