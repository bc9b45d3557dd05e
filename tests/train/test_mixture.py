"""Mixtures of face sets: views, borders, near copies and batches."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from musicalface.evaluate.face_folders import LabelledPhoto
from musicalface.face.align import TEMPLATE, align_faces
from musicalface.face.detect import Face, find_faces
from musicalface.face.image_ops import gray
from musicalface.face.photo_reader import read_photo
from tests.conftest import PORTRAIT

torch = pytest.importorskip("torch")

from torch import Tensor  # noqa: E402

from musicalface.train.dataset_mixture import Mixture, Part  # noqa: E402
from musicalface.train.face_set_builder import UNKNOWN, FaceSet, face_set, known  # noqa: E402
from musicalface.train.geometric_augmentation import (  # noqa: E402
    View,
    aligned_views,
    random_views,
    randomize_backgrounds,
)
from musicalface.train.near_copies import likeness, signatures  # noqa: E402

SIDE = 96
Seen = tuple[Tensor, Tensor, Face]


@pytest.fixture(scope="module")
def portrait() -> Seen:
    photo = read_photo(PORTRAIT)
    (face,) = find_faces(photo)[:1]
    pixels = torch.from_numpy(np.maximum(gray(photo), 1))[None]
    return pixels, torch.tensor([face.landmarks], dtype=torch.float32), face


def test_upright_view_equals_the_crop_at_inference(
    portrait: Seen,
) -> None:
    pixels, landmarks, face = portrait
    photo = np.asarray(Image.fromarray(pixels[0].numpy()).resize((160, 160), Image.Resampling.BOX))
    scale = 160 / pixels.shape[-1]
    small = Face(face.box, tuple((x * scale, y * scale) for x, y in face.landmarks), 1.0)
    (crop,) = align_faces(photo, [small], SIDE)
    view = aligned_views(torch.from_numpy(photo.copy())[None], landmarks * scale, SIDE)
    inside = slice(8, -8)
    difference = np.abs(view.faces[0, 0].numpy() - crop)[inside, inside]
    assert difference.mean() < 1.5
    assert difference.max() < 25


def test_varied_views_shift_the_face_slightly() -> None:
    spot = np.zeros((48, 48), np.uint8) + 1
    spot[23:26, 23:26] = 255
    faces = torch.from_numpy(np.repeat(spot[None], 200, axis=0))
    landmarks = torch.tensor(TEMPLATE, dtype=torch.float32).expand(200, 5, 2)
    torch.manual_seed(1)
    views = random_views(faces, landmarks, SIDE)
    assert views.faces.shape == views.known.shape == (200, 1, SIDE, SIDE)
    places = views.faces.flatten(1).argmax(1)
    rows, columns = places // SIDE, places % SIDE
    assert rows.float().std() > 1
    assert columns.float().std() > 1
    assert ((rows - 48).abs() < 12).all()
    assert ((columns - 48).abs() < 12).all()


def test_unknown_pixels_are_filled() -> None:
    faces = torch.full((64, 1, 32, 32), 200.0)
    outline = torch.ones(64, 1, 32, 32)
    outline[:32, ..., :8] = 0
    torch.manual_seed(2)
    filled = randomize_backgrounds(View(faces * outline, outline))
    assert filled[:32, ..., 8:].eq(200).float().mean() > 0.9
    assert filled[:32, ..., :8].ne(200).float().mean() > 0.5
    others = filled[32:, ..., :8].ne(200).any(-1).any(-1).float().mean()
    assert 0.05 < others < 0.5  # some complete faces get the outline too


def test_only_black_borders_are_unknown() -> None:
    picture = np.zeros((40, 40, 3), np.uint8)
    picture[8:32, 8:32] = 120
    picture[18:22, 18:22] = 0
    seen = known(picture)
    assert not seen[:8].any()
    assert seen[19:21, 19:21].all()


def test_face_set_is_saved_and_loaded(tmp_path: Path) -> None:
    photo = Image.fromarray(read_photo(PORTRAIT))
    for name in ("one.png", "two.png"):
        photo.resize((150, 150)).save(tmp_path / name)
    Image.new("RGB", (150, 150), "gray").save(tmp_path / "none.png")
    pictures = [LabelledPhoto(path, 3, "train") for path in sorted(tmp_path.iterdir())]
    faces = face_set(pictures, 112, 1)
    assert faces.pixels.shape == (2, 112, 112)
    assert (faces.pixels != UNKNOWN).all()
    assert faces.labels.tolist() == [3, 3]
    left, right = faces.landmarks[0, :2]
    assert 0 < left[0] < right[0] < 112
    faces.save(tmp_path / "faces.npz")
    again = FaceSet.load(tmp_path / "faces.npz")
    np.testing.assert_array_equal(again.landmarks, faces.landmarks)
    assert again.names.tolist() == faces.names.tolist()


def test_near_copies_are_found_despite_other_crops() -> None:
    photo = read_photo(PORTRAIT)
    points = np.array([find_faces(photo)[0].landmarks], np.float32)
    whole = signatures(gray(photo)[None], points)
    mirrored = gray(photo)[:, ::-1]
    flipped = points[:, [1, 0, 2, 4, 3]] * (-1, 1) + (photo.shape[1], 0)
    part = gray(photo)[20:, 10:]
    other = signatures(np.rot90(gray(photo)).copy()[None], points)
    assert likeness(signatures(part[None], points - (10, 20)), whole) > 0.98
    assert likeness(signatures(mirrored[None], flipped.astype(np.float32)), whole) > 0.98
    assert likeness(other, whole) < 0.9


def part(count: int, total: int, label: int) -> Part:
    pixels = torch.full((total, 48, 48), label, dtype=torch.uint8)
    landmarks = torch.tensor(TEMPLATE, dtype=torch.float32).expand(total, 5, 2)
    labels = torch.zeros(total, 1, 100)
    labels[torch.arange(total), 0, torch.arange(total)] = label
    return Part(pixels, landmarks, labels, count)


def test_each_set_is_repeated_in_full() -> None:
    mixed = Mixture([part(6, 20, 1), part(2, 7, 2)], steps=5, side=16, seed=1)
    assert len(mixed) == 40
    seen: list[list[int]] = [[], []]
    for epoch in (1, 2):
        for faces, labels in mixed.shuffled(8, epoch):
            assert faces.shape == (8, 1, 16, 16)
            for place, chosen in enumerate((labels[:6, 0], labels[6:, 0])):
                assert (chosen.amax(1) == place + 1).all()
                seen[place] += chosen.argmax(1).tolist()
    assert sorted(seen[0]) == sorted([*range(20)] * 3)
    assert sorted(seen[1][:14]) == sorted([*range(7)] * 2)
    assert seen[0][:20] != seen[0][20:40]


def test_epochs_depend_on_their_number_and_the_seed() -> None:
    mixed = Mixture([part(4, 20, 9)], steps=3, side=16, seed=1)
    drawn = []
    for epoch in (2, 2, 3):
        torch.manual_seed(5)
        drawn.append(torch.cat([faces for faces, _ in mixed.shuffled(4, epoch)]))
    assert torch.equal(drawn[0], drawn[1])
    orders = [[labels.argmax(-1).tolist() for _, labels in mixed.shuffled(4, e)] for e in (2, 3)]
    assert orders[0] != orders[1]
