import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from musicalface.errors import InputError, ModelError
from musicalface.files import sha256
from musicalface.models import SHIPPED_EXPRESSIONS, SHIPPED_LYRICS, load, loader, model_file
from musicalface.models.model_card import (
    LYRICS_NOT_FOR,
    LYRICS_NOT_MEASURED,
    NOT_FOR,
    NOT_MEASURED,
)
from musicalface.mood import EXPRESSIONS, MOODS
from tests.conftest import PORTRAIT, SONG, Run

SHIPPED = Path(loader.__file__).parent


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for ending in (".onnx", ".json"):
        shutil.copy(SHIPPED / f"cnn2018{ending}", tmp_path / f"mine{ending}")
    return tmp_path / "mine.onnx"


def test_model_is_loaded_once() -> None:
    assert load(SHIPPED_EXPRESSIONS[0], "expressions") is load(None, "expressions")


@pytest.mark.parametrize("name", SHIPPED_EXPRESSIONS)
def test_shipped_expression_models(name: str) -> None:
    card = load(name, "expressions").card
    assert card.labels == EXPRESSIONS
    assert card.bytes == (SHIPPED / f"{name}.onnx").stat().st_size <= 5_000_000
    labels = next(iter(card.heads.values())).metrics
    assert {"PublicTest", "PrivateTest"} <= set(labels)
    assert labels["PrivateTest"]["accuracy"] >= 0.6
    assert labels["PublicTest"]["calibration_error"] <= 0.04
    for head in card.heads.values():
        assert all(set(each["recall"]) == set(EXPRESSIONS) for each in head.metrics.values())
        assert sum(head.prior) == pytest.approx(1, abs=1e-3)
        assert len(head.resting) == len(EXPRESSIONS)
    assert card.not_for
    assert "skin tone" in card.not_measured


@pytest.mark.parametrize("name", SHIPPED_LYRICS)
def test_shipped_lyrics_models_carry_their_vocabulary(name: str) -> None:
    model = load(name, "lyrics")
    assert model.card.labels == MOODS
    assert len(model.metadata["vocabulary"].split("\n")) == model.card.input["words"]
    assert model.metadata["length"] == {"orpheus": "bag", "lstm2018": "600"}[name]
    assert model.card.bytes <= 3_000_000


@pytest.mark.parametrize("file", ["argus.onnx", "cnn2018.onnx", "lstm2018.onnx"])
def test_shipped_models_contain_no_local_paths(file: str) -> None:
    content = (SHIPPED / file).read_bytes()
    assert b"site-packages" not in content
    assert b"/src/" not in content


def test_custom_model(run: Run, copy: Path) -> None:
    own = run("look", PORTRAIT, "--model", copy, "--json", "--seed", 1)
    shipped = run("look", PORTRAIT, "--model", "cnn2018", "--json", "--seed", 1)
    assert own.status == 0
    assert own.out == shipped.out


def test_int8_weights_are_dequantized_at_load(tmp_path: Path) -> None:
    network = load("cnn2018", "expressions")
    assert network.card.bits == 8
    session: Any = network.session
    options = session.get_session_options()
    assert options.get_session_config_entry("session.disable_quant_qdq") == "1"


@pytest.mark.parametrize(
    "head",
    [
        None,
        {"prior": [0.5, 0.5]},
        {"prior": [None] * 7},
        {"prior": ["a"] * 7},
        {"prior": [float("nan")] * 7},
        {"resting": [0.0] * 3},
        {"resting": [float("nan")] * 7},
    ],
)
def test_card_with_an_invalid_head(copy: Path, head: dict[str, object] | None) -> None:
    card = json.loads(copy.with_suffix(".json").read_text())
    heads = {name: facts | head for name, facts in card["heads"].items()} if head else {}
    copy.with_suffix(".json").write_text(json.dumps(card | {"heads": heads}))
    with pytest.raises(ModelError, match=r"card .* is damaged"):
        load(str(copy), "expressions")


def test_card_with_an_extra_head(run: Run, copy: Path) -> None:
    card = json.loads(copy.with_suffix(".json").read_text())
    card["heads"]["other"] = card["heads"]["fer2013"]
    copy.with_suffix(".json").write_text(json.dumps(card))
    result = run("look", PORTRAIT, "--model", copy)
    assert result.status == 1
    assert "doesn't match its card" in result.err


@pytest.mark.parametrize("labels", [5, None])
def test_card_without_labels(copy: Path, labels: object) -> None:
    card = json.loads(copy.with_suffix(".json").read_text())
    copy.with_suffix(".json").write_text(json.dumps(card | {"labels": labels}))
    with pytest.raises(ModelError, match=r"card .* is damaged"):
        load(str(copy), "expressions")


def test_missing_shipped_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loader, "_FOLDER", tmp_path)
    with pytest.raises(ModelError, match="Reinstall MusicalFace"):
        load("cnn2018", "expressions")


def test_unknown_model_name() -> None:
    with pytest.raises(InputError, match=r"There is no model 'resnet'\. Choose a shipped one"):
        load("resnet", "expressions")


def test_damaged_model_exits_with_1(run: Run, copy: Path) -> None:
    copy.write_bytes(copy.read_bytes()[:-1])
    result = run("look", PORTRAIT, "--model", copy)
    assert result.status == 1
    assert "is damaged (its checksum differs from its card)" in result.err
    assert result.out == ""


def test_missing_card(copy: Path) -> None:
    copy.with_suffix(".json").unlink()
    with pytest.raises(ModelError, match=r"card .*mine\.json is missing"):
        load(str(copy), "expressions")


@pytest.mark.parametrize("content", ["", "{}", "[1]", "not json", "[" * 100_000])
def test_damaged_card(copy: Path, content: str) -> None:
    copy.with_suffix(".json").write_text(content)
    with pytest.raises(ModelError, match=r"card .* is damaged"):
        load(str(copy), "expressions")


def test_invalid_model_file(copy: Path) -> None:
    copy.write_bytes(b"hello")
    card = json.loads(copy.with_suffix(".json").read_text())
    card["sha256"] = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
    copy.with_suffix(".json").write_text(json.dumps(card))
    with pytest.raises(ModelError, match="isn't a valid ONNX model"):
        load(str(copy), "expressions")


def test_model_that_does_not_match_its_card(run: Run, copy: Path) -> None:
    """The lyrics network with the card of an expression model."""
    copy.write_bytes((SHIPPED / "lstm2018.onnx").read_bytes())
    card = json.loads(copy.with_suffix(".json").read_text())
    card["sha256"] = sha256(copy)
    copy.with_suffix(".json").write_text(json.dumps(card))
    result = run("look", PORTRAIT, "--model", copy)
    assert result.status == 1
    assert "doesn't match its card" in result.err


def test_model_with_other_expressions(run: Run, copy: Path) -> None:
    card = json.loads(copy.with_suffix(".json").read_text())
    card["labels"] = ["smile", *card["labels"][1:]]
    copy.with_suffix(".json").write_text(json.dumps(card))
    result = run("look", PORTRAIT, "--model", copy)
    assert result.status == 2
    assert "doesn't read the seven expressions" in result.err


def test_model_for_another_task(copy: Path) -> None:
    with pytest.raises(InputError, match=r"is a model for expressions\. Choose a model for lyrics"):
        load(str(copy), "lyrics")


def test_model_with_invalid_metadata(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.onnx"
    content = (SHIPPED / "lstm2018.onnx").read_bytes()
    index = content.index(b"vocabulary") + 40
    path.write_bytes(content[:index] + b"\xff" + content[index + 1 :])
    card = json.loads((SHIPPED / "lstm2018.json").read_text())
    path.with_suffix(".json").write_text(json.dumps(card | {"sha256": sha256(path)}))
    result = run("lyrics", SONG, "--model", path)
    assert result.status == 1
    assert result.err.endswith("mine.onnx has metadata that isn't text. Download it again.\n")


def test_card_that_is_too_large(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("musicalface.models.model_card.MAX_BYTES", 100)
    with pytest.raises(ModelError, match=r"card .* is damaged .*more than 100 bytes"):
        load(str(copy), "expressions")


def test_model_that_is_too_large(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_file, "MAX_BYTES", 100)
    with pytest.raises(ModelError, match="is larger than 0 MB"):
        load(str(copy), "expressions")


def test_failing_model_prints_one_sentence(
    copy: Path, run: Run, capfd: pytest.CaptureFixture[str]
) -> None:
    """onnxruntime must not print to standard error as well."""
    copy.write_bytes((SHIPPED / "lstm2018.onnx").read_bytes())
    card = json.loads(copy.with_suffix(".json").read_text())
    copy.with_suffix(".json").write_text(json.dumps(card | {"sha256": sha256(copy)}))
    result = run("look", PORTRAIT, "--model", copy)
    assert result.status == 1
    assert len(result.err.splitlines()) == 1


@pytest.mark.parametrize("name", SHIPPED_EXPRESSIONS)
def test_limits_in_expression_cards_equal_the_constants(name: str) -> None:
    card = load(name, "expressions").card
    assert card.not_for == NOT_FOR
    assert card.not_measured == NOT_MEASURED


@pytest.mark.parametrize("name", SHIPPED_LYRICS)
def test_limits_in_lyrics_cards_equal_the_constants(name: str) -> None:
    card = load(name, "lyrics").card
    assert card.not_for == LYRICS_NOT_FOR
    assert card.not_measured == LYRICS_NOT_MEASURED
