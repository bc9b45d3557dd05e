#!/bin/sh
# Trains the 2018 face network on FER2013, as published in docs/leaderboard.md: runs/cnn2018.sh fer2013.csv OUT
# Takes about 75 minutes on two idle cores. Run it again to resume after an interruption.
set -eu

# By default, glibc returns large blocks to the system after every layer; keeping them saves a sixth of the time.
export MALLOC_MMAP_THRESHOLD_=4294967296 MALLOC_TRIM_THRESHOLD_=8589934592 MALLOC_TOP_PAD_=1073741824

exec musicalface train face --data "$1" --network cnn2018 --seed 1 --out "$2"
