from pathlib import Path

import pytest

torch = pytest.importorskip("torch")

from torch import nn  # noqa: E402

from musicalface.errors import TrainingError  # noqa: E402
from musicalface.train.config import Examples, TrainingConfig, TrainingMethod  # noqa: E402
from musicalface.train.training_loop import CHECKPOINT, HISTORY, TrainingRun  # noqa: E402
from musicalface.train.training_progress import Progress  # noqa: E402


def examples(count: int, seed: int) -> Examples:
    generator = torch.Generator().manual_seed(seed)
    inputs = torch.randn(count, 4, generator=generator)
    return Examples(inputs, (inputs.sum(1) > 0).long())


PLAIN = TrainingMethod(lambda network: torch.optim.Adam(network.parameters()))
MODERN = TrainingMethod(
    lambda network: torch.optim.SGD(network.parameters(), lr=0.1, momentum=0.9),
    augment=lambda inputs, progress: inputs + 0.1 * torch.randn_like(inputs),
    learning_rate_factor=lambda progress: 1 - progress,
    label_smoothing=0.1,
    ema_decay=0.9,
    bfloat16=True,
)


def started(
    folder: Path,
    epochs: int,
    seed: int = 1,
    patience: int | None = None,
    method: TrainingMethod = PLAIN,
) -> TrainingRun:
    torch.manual_seed(seed)
    network = nn.Sequential(nn.Linear(4, 8), nn.Dropout(0.5), nn.ReLU(), nn.Linear(8, 2))
    return TrainingRun(
        network, method, TrainingConfig("tiny", "data", epochs, 16, seed, patience), folder
    )


def fit(run: TrainingRun) -> TrainingRun:
    with Progress() as progress:
        run.fit(examples(96, 1), examples(32, 2), progress)
    return run


def weights(run: TrainingRun) -> list[float]:
    return [
        value for part in run.network.state_dict().values() for value in part.flatten().tolist()
    ]


class Killed(BaseException):
    pass


@pytest.mark.parametrize("method", [PLAIN, MODERN], ids=["plain", "modern"])
def test_killed_run_resumes_with_the_same_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: TrainingMethod
) -> None:
    unbroken = fit(started(tmp_path / "unbroken", 4, method=method))

    broken = started(tmp_path / "broken", 4, method=method)
    learn = broken._train_epoch

    def killed_in_the_third(*arguments: object) -> float:
        if len(broken.history) == 2:
            raise Killed
        return learn(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(broken, "_train_epoch", killed_in_the_third)
    with pytest.raises(Killed):
        fit(broken)
    resumed = started(tmp_path / "broken", 4, method=method)
    assert len(resumed.history) == 2
    fit(resumed)
    assert weights(resumed) == weights(unbroken)
    assert [e.validation_loss for e in resumed.history] == [
        e.validation_loss for e in unbroken.history
    ]


def test_same_seed_gives_the_same_run(tmp_path: Path) -> None:
    same = [weights(fit(started(tmp_path / str(i), 2, seed=7))) for i in range(2)]
    other = weights(fit(started(tmp_path / "other", 2, seed=8)))
    assert same[0] == same[1] != other


def test_the_best_epoch_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[float]] = []

    def scripted(network: nn.Module, *_: object) -> tuple[float, float]:
        seen.append([v for p in network.state_dict().values() for v in p.flatten().tolist()])
        return 1.0, (0.1, 0.9, 0.9, 0.3)[len(seen) - 1]

    monkeypatch.setattr("musicalface.train.training_loop.evaluate", scripted)
    run = fit(started(tmp_path, 4))
    assert run.best.number == 2
    assert weights(run) == seen[1]


def test_early_stopping(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    accuracies = iter([0.5, 0.6, 0.6, 0.1, 0.9])
    monkeypatch.setattr(
        "musicalface.train.training_loop.evaluate", lambda *_: (1.0, next(accuracies))
    )
    run = fit(started(tmp_path, 10, patience=2))
    assert len(run.history) == 4
    assert run.best.number == 2


def test_learning_rate_schedule(tmp_path: Path) -> None:
    run = fit(started(tmp_path, 2, method=MODERN))
    last_step = 1 - (1 + 80 / 96) / 2
    assert run.optimizer.param_groups[0]["lr"] == pytest.approx(0.1 * last_step)


def test_averaged_weights_are_evaluated_and_kept(tmp_path: Path) -> None:
    run = fit(started(tmp_path, 3, method=MODERN))
    assert run.average
    kept = torch.load(tmp_path / CHECKPOINT)
    assert all(torch.equal(kept["best"][k], v) for k, v in run.network.state_dict().items())
    assert any(not torch.equal(kept["network"][k], v) for k, v in kept["best"].items())


def test_no_batch_has_a_single_example() -> None:
    sizes = [len(labels) for _, labels in examples(33, 1).batches(16)]
    assert sizes == [16, 17]
    assert [len(labels) for _, labels in examples(1, 1).batches(16)] == [1]


def test_history_has_a_row_per_epoch(tmp_path: Path) -> None:
    fit(started(tmp_path, 3))
    rows = (tmp_path / HISTORY).read_text().splitlines()
    assert rows[0] == "number,training_loss,validation_loss,validation_accuracy,seconds"
    assert [row.split(",")[0] for row in rows[1:]] == ["1", "2", "3"]


def test_different_config_in_the_same_folder_is_rejected(tmp_path: Path) -> None:
    fit(started(tmp_path, 1))
    with pytest.raises(TrainingError, match="contains another training"):
        started(tmp_path, 2)


def test_damaged_checkpoint_is_reported(tmp_path: Path) -> None:
    fit(started(tmp_path, 1))
    content = (tmp_path / CHECKPOINT).read_bytes()
    (tmp_path / CHECKPOINT).write_bytes(content[: len(content) // 2])
    with pytest.raises(TrainingError, match="is damaged"):
        started(tmp_path, 1)
