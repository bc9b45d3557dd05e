#!/bin/sh
# Trains janus, the teacher of the shipped face network (runs/train_face.sh):
#     runs/train_janus.sh fer2013.csv fer2013new.csv OUT
# Takes two hours on two idle cores with bfloat16. Run it again to resume an interrupted training.
# With a GPU, train an ensemble of teachers first, and for more epochs:
#     TEACHERS=8 EPOCHS=300 runs/train_janus.sh fer2013.csv fer2013new.csv OUT
set -eu

# glibc gives large blocks back to the system after every layer; keeping them saves a sixth of the time.
export MALLOC_MMAP_THRESHOLD_=4294967296 MALLOC_TRIM_THRESHOLD_=8589934592 MALLOC_TOP_PAD_=1073741824

janus() {
    musicalface train face --data "$data" --votes "$votes" --network janus --epochs "${EPOCHS:-100}" "$@"
}

data=$1 votes=$2 out=$3
"$(dirname "$0")/compact.sh" "$data" "$out/compact"
set -- --teacher "$out/compact/compact.onnx"
seed=1
while [ "$seed" -le "${TEACHERS:-0}" ]; do
    seed=$((seed + 1))
    janus --teacher "$out/compact/compact.onnx" --seed "$seed" --out "$out/janus-$seed"
    set -- "$@" --teacher "$out/janus-$seed/janus.onnx"
done
janus "$@" --seed 1 --out "$out/janus"
