// Draws boxes around the faces on a canvas over the picture, and animates their moves.

import { query, prefersReducedMotion } from "../ui/dom.js";
import { state, subscribe } from "./store.js";

const EASING = 0.28; // share of the remaining distance that a box moves in each animation frame
const boxes = new Map(); // face number -> { box, target, opacity, problem, gone }
let drawing = false;

function mediaSize() {
  const photo = state.source === "photo";
  const element = query(photo ? "#photo" : "#video");
  const width = photo ? element.naturalWidth : element.videoWidth;
  const height = photo ? element.naturalHeight : element.videoHeight;
  return { width, height, mirrored: !photo && state.mirrored, fit: photo ? Math.min : Math.max };
}

/** Converts a box from shares of the frame to canvas pixels; follows object-fit and the mirroring. */
function toCanvas([left, top, width, height], canvas) {
  const media = mediaSize();
  const scale = media.fit(canvas.width / media.width, canvas.height / media.height);
  const [mediaWidth, mediaHeight] = [media.width * scale, media.height * scale];
  const share = media.mirrored ? 1 - left - width : left;
  const x = (canvas.width - mediaWidth) / 2 + share * mediaWidth;
  const y = (canvas.height - mediaHeight) / 2 + top * mediaHeight;
  return [x, y, width * mediaWidth, height * mediaHeight];
}

function updateTargets() {
  state.faces.forEach(({ number = 0, box, problem }, order) => {
    const key = number || order + 1;
    const known = boxes.get(key);
    boxes.set(key, { box: known && !prefersReducedMotion() ? known.box : box, target: box, opacity: known?.opacity ?? 0, problem, gone: false });
  });
  const keys = new Set(state.faces.map(({ number }, order) => number || order + 1));
  for (const [key, face] of boxes) face.gone = !keys.has(key);
  if (!drawing) requestAnimationFrame(draw);
  drawing = true;
}

function easeBox(face) {
  const speed = prefersReducedMotion() ? 1 : EASING;
  face.box = face.box.map((value, side) => value + (face.target[side] - value) * speed);
  face.opacity += ((face.gone ? 0 : 1) - face.opacity) * speed;
  const isMoving = face.box.some((value, side) => Math.abs(value - face.target[side]) > 0.0005);
  return isMoving || Math.abs(face.opacity - (face.gone ? 0 : 1)) > 0.01;
}

function fitCanvas() {
  const canvas = query("#boxes");
  const bounds = canvas.getBoundingClientRect();
  const [width, height] = [bounds.width, bounds.height].map((side) => Math.round(side * devicePixelRatio));
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  return canvas;
}

function drawBox(context, face, canvas, colour) {
  const [x, y, width, height] = toCanvas(face.box, canvas);
  const unit = devicePixelRatio;
  context.globalAlpha = face.opacity * (face.problem ? 0.7 : 1);
  context.setLineDash(face.problem ? [7 * unit, 7 * unit] : []);
  context.beginPath();
  context.roundRect(x, y, width, height, Math.min(width, height) * 0.22);
  for (const [style, wide] of [["rgb(0 0 0 / 28%)", 4.5], [colour, 2.5]]) {
    context.strokeStyle = style;
    context.lineWidth = wide * unit;
    context.stroke();
  }
}

function draw() {
  const canvas = fitCanvas();
  const context = canvas.getContext("2d");
  context.clearRect(0, 0, canvas.width, canvas.height);
  const colour = getComputedStyle(canvas).color;
  let moving = false;
  for (const [key, face] of boxes) {
    moving = easeBox(face) || moving;
    if (face.gone && face.opacity < 0.02) boxes.delete(key);
    else if (mediaSize().width) drawBox(context, face, canvas, colour);
  }
  drawing = moving;
  if (moving) requestAnimationFrame(draw);
}

export function initFaceBoxes() {
  subscribe(["faces", "mood"], updateTargets);
  subscribe(["source"], () => { boxes.clear(); updateTargets(); });
  new ResizeObserver(updateTargets).observe(query("#boxes"));
}
