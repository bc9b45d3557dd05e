#!/bin/sh
# Builds the bundled catalog: runs/catalog.sh DATA_FOLDER
# DATA_FOLDER contains the tables of docs/data.md. Takes a minute on two cores.
set -eu
data=$1
musicalface catalog build "$data/corpus.parquet" \
    --ids "$data/spotify_ids.parquet" --ids "$data/deezer_ids.parquet" \
    --listeners "$data/moodylyrics4q.parquet,$data/allmusic771.parquet" \
    --listeners "$data/deezer_va.parquet" --listeners "$data/lastfm_emotions.parquet" \
    --listeners "$data/listeners400.parquet" --listeners "$data/gems.parquet" \
    --out catalog.sqlite
musicalface catalog export --catalog catalog.sqlite --out src/musicalface/songs/catalog.csv.xz
rm catalog.sqlite
