"""Data augmentation for faces: random rotation, shift, lighting, blur, noise and erasing."""

import math

import torch
from torch import Tensor, nn

MAX_ROTATION = 12.0  # degrees in either direction
MAX_ZOOM = 0.15
MAX_SHIFT = 0.1  # of the side
MAX_CONTRAST, MAX_BRIGHTNESS = 0.3, 30.0
ERASED_SHARE = 0.3  # of the faces have a rectangle erased
DEGRADED_SHARE = 0.25  # of the faces are blurred, and the same share is noisy
MIN_PIXELS, NOISE, GAMMA = 14, 10.0, 0.6


def augment(faces: Tensor, _progress: float = 0) -> Tensor:
    """Augments gray faces (N, 1, H, W), 0..255, each with its own draw; float32, same shape."""
    with faces.device:
        return _random_erasing(_random_contrast(_random_affine(faces.float(), faces.shape[-1])))


def augment_for_camera(faces: Tensor, side: int) -> Tensor:
    """Random crops of faces, as a cheap camera records them from far away and in bad light.

    Gray faces (N, 1, S, S), 0..255, to float32 (N, 1, side, side). Each face has its own
    draw, except that all blurred faces of a batch are reduced to the same size.
    """
    with faces.device:
        return _random_erasing(
            _random_noise(_random_gamma(_random_affine(_random_downscale(faces.float()), side)))
        )


def degrade(faces: Tensor, _progress: float = 0) -> Tensor:
    """Degrades faces (N, 1, S, S), 0..255, as a cheap camera does far away and in bad light."""
    with faces.device:
        return _random_erasing(_random_noise(_random_gamma(_random_downscale(faces))))


def _random_affine(faces: Tensor, side: int) -> Tensor:
    """Rotates, zooms, shifts and mirrors; if `side` is smaller, a random crop of that size."""
    count = len(faces)
    part = side / faces.shape[-1]
    shift = MAX_SHIFT * 2 + (1 - part) / 2
    turn = _uniform(count) * math.radians(MAX_ROTATION)
    zoom = 1 + _uniform(count) * MAX_ZOOM
    flip = torch.where(torch.rand(count) < 0.5, -1.0, 1.0)
    cosine, sine = turn.cos() * zoom * part, turn.sin() * zoom * part
    rows = torch.stack([cosine * flip, -sine, _uniform(count) * shift], dim=1)
    columns = torch.stack([sine * flip, cosine, _uniform(count) * shift], dim=1)
    grid = nn.functional.affine_grid(
        torch.stack([rows, columns], dim=1), [count, 1, side, side], align_corners=False
    )
    return nn.functional.grid_sample(faces, grid, padding_mode="border", align_corners=False)


def _random_contrast(faces: Tensor) -> Tensor:
    shape = (len(faces), 1, 1, 1)
    contrast = 1 + _uniform(len(faces)).view(shape) * MAX_CONTRAST
    light = _uniform(len(faces)).view(shape) * MAX_BRIGHTNESS
    return ((faces - 128) * contrast + 128 + light).clamp(0, 255)


def _random_downscale(faces: Tensor) -> Tensor:
    """Blurs some faces: scales them down, then back to their size."""
    degraded = faces.clone()
    chosen = torch.rand(len(faces)) < DEGRADED_SHARE
    pixels = int(torch.randint(MIN_PIXELS, faces.shape[-1], ()))
    if chosen.any():
        few = nn.functional.interpolate(faces[chosen], pixels, mode="bilinear", antialias=True)
        degraded[chosen] = nn.functional.interpolate(few, faces.shape[-1], mode="bilinear")
    return degraded


def _random_gamma(faces: Tensor) -> Tensor:
    """Random gamma and brightness: raises the shades to a power, then dims them."""
    shape = (len(faces), 1, 1, 1)
    power = (_uniform(len(faces)).view(shape) * GAMMA).exp()
    light = 1 - 0.6 * torch.rand(len(faces)).view(shape).square()
    return 255 * light * (faces / 255).clamp(0, 1).pow(power)


def _random_noise(faces: Tensor) -> Tensor:
    shape = (len(faces), 1, 1, 1)
    spread = torch.rand(shape) * NOISE * (torch.rand(shape) < DEGRADED_SHARE)
    return (faces + spread * torch.randn_like(faces)).clamp(0, 255)


def _random_erasing(faces: Tensor) -> Tensor:
    """Random erasing (Zhong et al., 2020): fills a rectangle with one random gray."""
    count, _, height, width = faces.shape
    high, wide = ((0.15 + 0.3 * torch.rand(2, count)) * height).long()
    top = (torch.rand(count) * (height - high)).long()
    left = (torch.rand(count) * (width - wide)).long()
    y = torch.arange(height).view(1, -1, 1)
    x = torch.arange(width).view(1, 1, -1)
    rows = (y >= top.view(-1, 1, 1)) & (y < (top + high).view(-1, 1, 1))
    columns = (x >= left.view(-1, 1, 1)) & (x < (left + wide).view(-1, 1, 1))
    chosen = (torch.rand(count) < ERASED_SHARE).view(-1, 1, 1)
    gray = (torch.rand(count) * 255).view(-1, 1, 1, 1)
    return torch.where((rows & columns & chosen)[:, None], gray, faces)


def _uniform(count: int) -> Tensor:
    """Uniform random numbers in -1..1."""
    return torch.rand(count) * 2 - 1
