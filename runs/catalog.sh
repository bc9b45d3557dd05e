#!/bin/sh
# The catalog that ships: runs/catalog.sh corpus.parquet spotify_ids.parquet
# corpus.parquet has artist, title and lyrics; see docs/data.md. Half a minute.
set -eu
musicalface catalog build "$1" --ids "$2" --out catalog.sqlite
musicalface catalog export --catalog catalog.sqlite --out src/musicalface/songs/catalog.csv.xz
rm catalog.sqlite
