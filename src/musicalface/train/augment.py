"""Faces as a camera might have seen them: a batch is turned, moved, lit and covered at random."""

import math

import torch
from torch import Tensor, nn

TURN = 12.0  # degrees either way
ZOOM = 0.15
SHIFT = 0.1  # of the side
CONTRAST, LIGHT = 0.3, 30.0
COVERED_SHARE = 0.3  # of the faces have a part covered
WORN_SHARE = 0.25  # of the faces are blurred, and as many are noisy
FEWEST_PIXELS, NOISE, GAMMA = 14, 10.0, 0.6


def augmented(faces: Tensor, _progress: float = 0) -> Tensor:
    """Gray faces (N, 1, H, W), 0..255, to float32 of the same shape; one draw for each face."""
    with faces.device:
        return _covered(_lit(_moved(faces.float(), faces.shape[-1])))


def worn_and_moved(faces: Tensor, side: int) -> Tensor:
    """Gray faces (N, 1, S, S), 0..255, to float32 (N, 1, side, side): parts of them, as a
    cheap camera sees them far away and in bad light. One draw for each face, but that
    those which are blurred in a batch lose as many pixels."""
    with faces.device:
        return _covered(_noisy(_shaded(_moved(_blurred(faces.float()), side))))


def _moved(faces: Tensor, side: int) -> Tensor:
    """Turned, zoomed, shifted and mirrored; of a smaller side, any part that size."""
    count = len(faces)
    part = side / faces.shape[-1]
    shift = SHIFT * 2 + (1 - part) / 2
    turn = _draw(count) * math.radians(TURN)
    zoom = 1 + _draw(count) * ZOOM
    flip = torch.where(torch.rand(count) < 0.5, -1.0, 1.0)
    cosine, sine = turn.cos() * zoom * part, turn.sin() * zoom * part
    rows = torch.stack([cosine * flip, -sine, _draw(count) * shift], dim=1)
    columns = torch.stack([sine * flip, cosine, _draw(count) * shift], dim=1)
    grid = nn.functional.affine_grid(
        torch.stack([rows, columns], dim=1), [count, 1, side, side], align_corners=False
    )
    return nn.functional.grid_sample(faces, grid, padding_mode="border", align_corners=False)


def _lit(faces: Tensor) -> Tensor:
    shape = (len(faces), 1, 1, 1)
    contrast = 1 + _draw(len(faces)).view(shape) * CONTRAST
    light = _draw(len(faces)).view(shape) * LIGHT
    return ((faces - 128) * contrast + 128 + light).clamp(0, 255)


def _blurred(faces: Tensor) -> Tensor:
    """Some seen with fewer pixels: made smaller, and as large as they were."""
    worn = faces.clone()
    chosen = torch.rand(len(faces)) < WORN_SHARE
    pixels = int(torch.randint(FEWEST_PIXELS, faces.shape[-1], ()))
    if chosen.any():
        few = nn.functional.interpolate(faces[chosen], pixels, mode="bilinear", antialias=True)
        worn[chosen] = nn.functional.interpolate(few, faces.shape[-1], mode="bilinear")
    return worn


def _shaded(faces: Tensor) -> Tensor:
    """Dim or bright: each face's shades are raised to a power, then dimmed."""
    shape = (len(faces), 1, 1, 1)
    power = (_draw(len(faces)).view(shape) * GAMMA).exp()
    light = 1 - 0.6 * torch.rand(len(faces)).view(shape).square()
    return 255 * light * (faces / 255).clamp(0, 1).pow(power)


def _noisy(faces: Tensor) -> Tensor:
    shape = (len(faces), 1, 1, 1)
    spread = torch.rand(shape) * NOISE * (torch.rand(shape) < WORN_SHARE)
    return (faces + spread * torch.randn_like(faces)).clamp(0, 255)


def _covered(faces: Tensor) -> Tensor:
    """Random erasing (Zhong et al., 2020): a rectangle becomes one random gray."""
    count, _, height, width = faces.shape
    high, wide = ((0.15 + 0.3 * torch.rand(2, count)) * height).long()
    top = (torch.rand(count) * (height - high)).long()
    left = (torch.rand(count) * (width - wide)).long()
    y = torch.arange(height).view(1, -1, 1)
    x = torch.arange(width).view(1, 1, -1)
    rows = (y >= top.view(-1, 1, 1)) & (y < (top + high).view(-1, 1, 1))
    columns = (x >= left.view(-1, 1, 1)) & (x < (left + wide).view(-1, 1, 1))
    chosen = (torch.rand(count) < COVERED_SHARE).view(-1, 1, 1)
    gray = (torch.rand(count) * 255).view(-1, 1, 1, 1)
    return torch.where((rows & columns & chosen)[:, None], gray, faces)


def _draw(count: int) -> Tensor:
    """Uniform in -1..1."""
    return torch.rand(count) * 2 - 1
