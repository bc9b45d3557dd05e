"""Augmentation of aligned faces: rotation, zoom, shift, mirroring, random backgrounds."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from ..face.align import TEMPLATE
from ..face.image_ops import SIDE as TEMPLATE_SIDE
from .face_set_builder import UNKNOWN

TURN = 10.0  # degrees either way
ZOOM, STRETCH = 0.15, 0.05  # of the size; of the width against the height
SHIFT = 0.06  # of the side
SWAPPED_SHARE = 0.5  # of the faces are also cut to the outline of another face
CONTINUED_SHARE = 0.7  # of the batches repeat the edge pixels beyond the picture
_WHOLE = 0.99


@dataclass(frozen=True)
class View:
    """Gray faces (N, 1, S, S) float32 0..255, and the share 0..1 of each pixel that is known."""

    faces: Tensor
    known: Tensor


def aligned_views(pixels: Tensor, landmarks: Tensor, side: int) -> View:
    """Faces (N, H, H) uint8 with landmarks (N, 5, 2), aligned as the program does."""
    return _view(pixels, landmarks, torch.eye(2, 3).expand(len(pixels), 2, 3), side, "zeros")


def random_views(pixels: Tensor, landmarks: Tensor, side: int) -> View:
    """Aligned faces, each with a random rotation, zoom, stretch, shift and mirroring."""
    count = len(pixels)
    turn, zoom = _draw(count) * math.radians(TURN), torch.exp(_draw(count) * ZOOM)
    stretch = torch.exp(_draw(count) * STRETCH)
    flip = torch.where(torch.rand(count) < 0.5, -1.0, 1.0)
    cosine, sine = turn.cos() * zoom, turn.sin() * zoom
    rows = torch.stack([cosine * flip * stretch, -sine, _draw(count) * SHIFT * 2], dim=1)
    columns = torch.stack([sine * flip * stretch, cosine, _draw(count) * SHIFT * 2], dim=1)
    beyond = "border" if torch.rand(()) < CONTINUED_SHARE else "zeros"
    return _view(pixels, landmarks, torch.stack([rows, columns], dim=1), side, beyond)


def concatenate(views: "list[View]") -> View:
    """One batch from several."""
    faces, known = zip(*((view.faces, view.known) for view in views), strict=True)
    return View(torch.cat(faces), torch.cat(known))


def randomize_backgrounds(view: View) -> Tensor:
    """Faces (N, 1, S, S), each on a random background.

    Half of them are first cut to the outline of another face of the batch, so that the
    outline doesn't reveal a face's set. A background is another face's picture, smooth
    noise, or one shade.
    """
    count, side = len(view.faces), view.faces.shape[-1]
    swapped = (torch.rand(count) < SWAPPED_SHARE).view(-1, 1, 1, 1)
    outline = torch.where(swapped, view.known[torch.randperm(count)], 1.0)
    whole = (torch.minimum(view.known, outline) > _WHOLE).float()
    noise = nn.functional.interpolate(
        torch.rand(count, 1, 5, 5) * 255, side, mode="bicubic", align_corners=True
    ).clamp(0, 255)
    shade = torch.rand(count, 1, 1, 1) * 255
    kind = torch.rand(count, 1, 1, 1)
    background = torch.where(kind < 0.35, noise, shade.expand_as(noise))
    background = torch.where(kind > 0.6, view.faces[torch.randperm(count)], background)
    return view.faces * whole + background * (1 - whole)


def _view(pixels: Tensor, landmarks: Tensor, change: Tensor, side: int, beyond: str) -> View:
    """Samples the view; `change` (N, 2, 3) maps its coordinates (-1..1) to the aligned crop.

    `beyond` is the padding mode of grid_sample: border or zeros (unknown).
    """
    half = TEMPLATE_SIDE / 2
    linear, offset = _from_template(landmarks)
    scale = 2 / pixels.shape[-1]
    turned = linear @ change[:, :, :2] * (half * scale)
    middle = half + half * change[:, :, 2]
    moved = ((linear @ middle[..., None])[..., 0] + offset) * scale - 1
    grid = nn.functional.affine_grid(
        torch.cat([turned, moved[..., None]], dim=2),
        [len(pixels), 2, side, side],
        align_corners=False,
    )
    known = (pixels != UNKNOWN).float()
    both = torch.stack([pixels.float(), known], dim=1)
    seen = nn.functional.grid_sample(both, grid, padding_mode=beyond, align_corners=False)
    return View(seen[:, :1], seen[:, 1:])


def _from_template(landmarks: Tensor) -> tuple[Tensor, Tensor]:
    """Similarity transforms from TEMPLATE to each face: (N, 2, 2) and (N, 2)."""
    template = torch.tensor(TEMPLATE, dtype=torch.float32)
    middle, goal = template.mean(0), landmarks.mean(1)
    p, t = template - middle, landmarks - goal[:, None]
    size = p.square().sum()
    along = (p * t).sum((1, 2)) / size
    across = (p[:, 0] * t[:, :, 1] - p[:, 1] * t[:, :, 0]).sum(1) / size
    linear = torch.stack(
        [torch.stack([along, -across], dim=1), torch.stack([across, along], dim=1)], dim=1
    )
    return linear, goal - linear @ middle


def _draw(count: int) -> Tensor:
    """Uniform in -1..1."""
    return torch.rand(count) * 2 - 1
