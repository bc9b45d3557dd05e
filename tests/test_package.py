import subprocess
import sys

import pytest

import musicalface

HEAVY = ("numpy", "onnxruntime", "PIL", "rich", "torch", "sqlite3", "click")


def test_package_import_is_light() -> None:
    code = f"import sys, musicalface; print([m for m in {HEAVY} if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


@pytest.mark.parametrize("name", musicalface.__all__)
def test_public_names_exist_and_are_documented(name: str) -> None:
    documented = getattr(musicalface, name).__doc__ or ""
    own = not documented.startswith(f"{name}(")  # the default docstring of a dataclass
    assert (documented and own) or name.isupper()


def test_unknown_public_name_raises_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        _ = musicalface.nonsense


def test_runs_as_a_module() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "musicalface", "--version"], capture_output=True, text=True
    )
    assert ran.returncode == 0
    assert musicalface.__version__ in ran.stdout


def test_the_readme_example(capsys: pytest.CaptureFixture[str]) -> None:
    from tests.conftest import PORTRAIT

    photo = musicalface.read_photo(PORTRAIT)
    reading = musicalface.read_faces(photo)[0]
    with musicalface.open_catalog() as catalog:
        picks = musicalface.choose_songs(catalog, reading.moods.mood)
    assert len(picks) == 10
    services = ("https://open.spotify.com/", "https://www.deezer.com/track/")
    assert all(musicalface.link(pick.song).startswith(services) for pick in picks)
