import json
import shutil
from pathlib import Path

import pytest

from musicalface.errors import InputError, ModelError
from musicalface.files import sha256
from musicalface.models import SHIPPED_EXPRESSIONS, SHIPPED_LYRICS, load, loader
from musicalface.mood import EXPRESSIONS, MOODS
from tests.conftest import PORTRAIT, Run

SHIPPED = Path(loader.__file__).parent


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for ending in (".onnx", ".json"):
        shutil.copy(SHIPPED / f"cnn2018{ending}", tmp_path / f"mine{ending}")
    return tmp_path / "mine.onnx"


def test_a_model_is_opened_once() -> None:
    assert load(SHIPPED_EXPRESSIONS[0], "expressions") is load(None, "expressions")


@pytest.mark.parametrize("name", SHIPPED_EXPRESSIONS)
def test_shipped_expression_models(name: str) -> None:
    card = load(name, "expressions").card
    assert card.labels == EXPRESSIONS
    assert card.bytes == (SHIPPED / f"{name}.onnx").stat().st_size <= 5_000_000
    for head in card.heads.values():
        assert {"PublicTest", "PrivateTest"} <= set(head.metrics)
        assert head.metrics["PrivateTest"]["accuracy"] >= 0.6
        assert head.metrics["PublicTest"]["calibration_error"] <= 0.03
        assert set(head.metrics["PublicTest"]["recall"]) == set(EXPRESSIONS)
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


@pytest.mark.parametrize("file", ["janus.onnx", "cnn2018.onnx", "lstm2018.onnx"])
def test_a_shipped_file_names_no_folder_of_the_machine_that_made_it(file: str) -> None:
    content = (SHIPPED / file).read_bytes()
    assert b"site-packages" not in content
    assert b"/src/" not in content


def test_a_model_of_ones_own(run: Run, copy: Path) -> None:
    own = run("look", PORTRAIT, "--model", copy, "--json", "--seed", 1)
    shipped = run("look", PORTRAIT, "--model", "cnn2018", "--json", "--seed", 1)
    assert own.status == 0
    assert own.out == shipped.out


def test_8_bit_weights_are_widened_at_load_and_not_at_each_run(tmp_path: Path) -> None:
    network = load("cnn2018", "expressions")
    assert network.card.bits == 8
    options = network.session.get_session_options()
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
def test_a_card_with_a_head_that_is_none(copy: Path, head: dict[str, object] | None) -> None:
    card = json.loads(copy.with_suffix(".json").read_text())
    heads = {name: facts | head for name, facts in card["heads"].items()} if head else {}
    copy.with_suffix(".json").write_text(json.dumps(card | {"heads": heads}))
    with pytest.raises(ModelError, match=r"card .* is damaged"):
        load(str(copy), "expressions")


def test_a_card_that_names_a_head_too_many(run: Run, copy: Path) -> None:
    card = json.loads(copy.with_suffix(".json").read_text())
    card["heads"]["other"] = card["heads"]["fer2013"]
    copy.with_suffix(".json").write_text(json.dumps(card))
    told = run("look", PORTRAIT, "--model", copy)
    assert told.status == 1
    assert "does not do what its card says" in told.err


@pytest.mark.parametrize("labels", [5, None])
def test_a_card_without_labels(copy: Path, labels: object) -> None:
    card = json.loads(copy.with_suffix(".json").read_text())
    copy.with_suffix(".json").write_text(json.dumps(card | {"labels": labels}))
    with pytest.raises(ModelError, match=r"card .* is damaged"):
        load(str(copy), "expressions")


def test_a_shipped_model_that_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loader, "_FOLDER", tmp_path)
    with pytest.raises(ModelError, match="install musicalface again"):
        load("cnn2018", "expressions")


def test_an_unknown_name() -> None:
    with pytest.raises(InputError, match="There is no model 'resnet': name a shipped one"):
        load("resnet", "expressions")


def test_a_damaged_model_ends_with_status_1(run: Run, copy: Path) -> None:
    copy.write_bytes(copy.read_bytes()[:-1])
    told = run("look", PORTRAIT, "--model", copy)
    assert told.status == 1
    assert "is damaged (its checksum is not its card's)" in told.err
    assert told.out == ""


def test_no_card(copy: Path) -> None:
    copy.with_suffix(".json").unlink()
    with pytest.raises(ModelError, match=r"card .*mine\.json is missing"):
        load(str(copy), "expressions")


@pytest.mark.parametrize("content", ["", "{}", "[1]", "not json", "[" * 100_000])
def test_a_damaged_card(copy: Path, content: str) -> None:
    copy.with_suffix(".json").write_text(content)
    with pytest.raises(ModelError, match=r"card .* is damaged"):
        load(str(copy), "expressions")


def test_a_file_that_is_no_model(copy: Path) -> None:
    copy.write_bytes(b"hello")
    card = json.loads(copy.with_suffix(".json").read_text())
    card["sha256"] = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
    copy.with_suffix(".json").write_text(json.dumps(card))
    with pytest.raises(ModelError, match="not an ONNX model"):
        load(str(copy), "expressions")


def test_a_model_that_does_not_fit_its_card(run: Run, copy: Path) -> None:
    """The lyrics network under the card of an expression model."""
    copy.write_bytes((SHIPPED / "lstm2018.onnx").read_bytes())
    card = json.loads(copy.with_suffix(".json").read_text())
    card["sha256"] = sha256(copy)
    copy.with_suffix(".json").write_text(json.dumps(card))
    told = run("look", PORTRAIT, "--model", copy)
    assert told.status == 1
    assert "does not do what its card says" in told.err


def test_a_model_of_other_expressions(run: Run, copy: Path) -> None:
    card = json.loads(copy.with_suffix(".json").read_text())
    card["labels"] = ["smile", *card["labels"][1:]]
    copy.with_suffix(".json").write_text(json.dumps(card))
    told = run("look", PORTRAIT, "--model", copy)
    assert told.status == 2
    assert "does not read angry" in told.err


def test_a_model_for_another_task(copy: Path) -> None:
    with pytest.raises(
        InputError, match="is a model for expressions, and one for lyrics is needed"
    ):
        load(str(copy), "lyrics")
