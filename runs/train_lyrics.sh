#!/bin/sh
# Trains the bundled lyrics network: runs/train_lyrics.sh DATA_FOLDER ENCODER OUT
# DATA_FOLDER contains the tables of docs/data.md. ENCODER is a model for sentence-transformers
# (sentence-transformers/all-MiniLM-L6-v2; pip install ".[train]" sentence-transformers).
# Takes half an hour on two cores, most of it for the embeddings.
# TRIAL="--leave-one-out" or TRIAL="--folds 5" evaluates instead.
set -eu
data=$1 encoder=$2 out=$3
here=$(dirname "$0")
mkdir -p "$out"
embeddings=$out/embeddings.npz

[ -f "$embeddings" ] || python "$here/embed_lyrics.py" "$encoder" "$embeddings" \
    "$data"/corpus.parquet "$data"/moodylyrics.parquet "$data"/moodylyrics4q.parquet \
    "$data"/allmusic771.parquet "$data"/deezer_va.parquet "$data"/listeners400.parquet \
    "$data"/gems.parquet "$data"/mirex.parquet "$data"/rasbt_musicmood.parquet

exec musicalface train lyrics --network orpheus --seed 1 --out "$out" \
    --data "$data/moodylyrics4q.parquet,$data/allmusic771.parquet" \
    --data "$data/deezer_va.parquet" --data "$data/lastfm_emotions.parquet" \
    --data "$data/listeners400.parquet" --data "$data/gems.parquet" --data "$data/mirex.parquet" \
    --data "$data/rasbt_musicmood.parquet" --unlabelled "$data/corpus.parquet" \
    --embeddings "$embeddings" ${TRIAL:-}
