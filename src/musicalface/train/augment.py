"""Faces as a camera might have seen them: a batch is turned, moved, lit and covered at random."""

import math

import torch
from torch import Tensor, nn

TURN = 12.0  # degrees either way
ZOOM = 0.15
SHIFT = 0.1  # of the side
CONTRAST, LIGHT = 0.3, 30.0
COVERED_SHARE = 0.3  # of the faces have a part covered


def augmented(faces: Tensor) -> Tensor:
    """Gray faces (N, 1, H, W), 0..255, to float32 of the same shape; one draw for each face."""
    return _covered(_lit(_moved(faces.float())))


def _moved(faces: Tensor) -> Tensor:
    count = len(faces)
    turn = _draw(count) * math.radians(TURN)
    zoom = 1 + _draw(count) * ZOOM
    flip = torch.where(torch.rand(count) < 0.5, -1.0, 1.0)
    cosine, sine = turn.cos() * zoom, turn.sin() * zoom
    rows = torch.stack([cosine * flip, -sine, _draw(count) * SHIFT * 2], dim=1)
    columns = torch.stack([sine * flip, cosine, _draw(count) * SHIFT * 2], dim=1)
    grid = nn.functional.affine_grid(
        torch.stack([rows, columns], dim=1), list(faces.shape), align_corners=False
    )
    return nn.functional.grid_sample(faces, grid, padding_mode="border", align_corners=False)


def _lit(faces: Tensor) -> Tensor:
    shape = (len(faces), 1, 1, 1)
    contrast = 1 + _draw(len(faces)).view(shape) * CONTRAST
    light = _draw(len(faces)).view(shape) * LIGHT
    return ((faces - 128) * contrast + 128 + light).clamp(0, 255)


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
