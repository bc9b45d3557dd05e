#!/bin/sh
# Trains the compact face network on FER2013, as published in docs/leaderboard.md: runs/compact.sh fer2013.csv OUT
# Takes half an hour on two idle cores with bfloat16 support. Run it again to resume after an interruption.
set -eu

# By default, glibc returns large blocks to the system after every layer; keeping them saves a sixth of the time.
export MALLOC_MMAP_THRESHOLD_=4294967296 MALLOC_TRIM_THRESHOLD_=8589934592 MALLOC_TOP_PAD_=1073741824

exec musicalface train face --data "$1" --network compact --seed 1 --out "$2"
