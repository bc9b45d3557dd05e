#!/bin/sh
# The compact face network on FER2013, as published in docs/leaderboard.md: runs/compact.sh fer2013.csv OUT
# Half an hour on two idle cores that compute in bfloat16; run it again after a stop, and it goes on.
set -eu

# glibc gives large blocks back to the system after every layer; keeping them saves a sixth of the time.
export MALLOC_MMAP_THRESHOLD_=4294967296 MALLOC_TRIM_THRESHOLD_=8589934592 MALLOC_TOP_PAD_=1073741824

exec musicalface train face --data "$1" --network compact --seed 1 --out "$2"
