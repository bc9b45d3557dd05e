"""All fuzz targets by name, at least one for each reader in docs/limits.md."""

from . import models, music, photos, songs, spotify, web
from .target import Target

TARGETS: dict[str, Target] = {
    target.name: target
    for module in (photos, songs, music, models, spotify, web)
    for target in module.TARGETS
}
