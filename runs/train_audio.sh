#!/bin/sh
# The audio model that ships: runs/train_audio.sh CLIPS OUT
# CLIPS is a tar, or a folder, of MOOD/ARTIST_NUMBER.EXT (docs/data.md). musicnn's wheel comes from pip's own package index.
# Needs pip install ".[train,audio]", and ffmpeg for Opus. Ten minutes on one core, nearly all of it once: the
# features of each clip are kept in OUT.
set -eu
clips=$1 out=$2
mkdir -p "$out"
wheel=$out/musicnn-0.1.0-py3-none-any.whl

[ -f "$wheel" ] || python -m pip download --quiet --no-deps --dest "$out" musicnn==0.1.0
if [ -f "$clips" ]; then
    mkdir -p "$out/clips"
    tar -xf "$clips" -C "$out/clips"
    clips=$out/clips
fi
exec musicalface train audio --data "$clips" --wheel "$wheel" --folds 5 --seed 1 --out "$out" ${MORE:-}
