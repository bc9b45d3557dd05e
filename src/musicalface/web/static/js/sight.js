// The faces, drawn over the picture; they glide to where they are.

import { find, still } from "./dom.js";
import { state, watch } from "./store.js";

const GLIDE = 0.28; // of the way, each time the screen is drawn
const shown = new Map(); // number -> { box, strength, problem }
let drawing = false;

function picture() {
  const photo = state.source === "photo";
  const element = find(photo ? "#photo" : "#video");
  const width = photo ? element.naturalWidth : element.videoWidth;
  const height = photo ? element.naturalHeight : element.videoHeight;
  return { width, height, mirrored: !photo, fit: photo ? Math.min : Math.max };
}

/** Shares of the frame become pixels of the canvas, as object-fit and the mirror have it. */
function place([left, top, width, height], canvas) {
  const from = picture();
  const scale = from.fit(canvas.width / from.width, canvas.height / from.height);
  const [wide, high] = [from.width * scale, from.height * scale];
  const share = from.mirrored ? 1 - left - width : left;
  const x = (canvas.width - wide) / 2 + share * wide;
  const y = (canvas.height - high) / 2 + top * high;
  return [x, y, width * wide, height * high];
}

function aim() {
  state.faces.forEach(({ number = 0, box, problem }, order) => {
    const key = number || order + 1;
    const known = shown.get(key);
    shown.set(key, { box: known && !still() ? known.box : box, aim: box, strength: known?.strength ?? 0, problem, gone: false });
  });
  const keys = new Set(state.faces.map(({ number }, order) => number || order + 1));
  for (const [key, face] of shown) face.gone = !keys.has(key);
  if (!drawing) requestAnimationFrame(draw);
  drawing = true;
}

function glide(face) {
  const speed = still() ? 1 : GLIDE;
  face.box = face.box.map((value, side) => value + (face.aim[side] - value) * speed);
  face.strength += ((face.gone ? 0 : 1) - face.strength) * speed;
  const far = face.box.some((value, side) => Math.abs(value - face.aim[side]) > 0.0005);
  return far || Math.abs(face.strength - (face.gone ? 0 : 1)) > 0.01;
}

function fitted() {
  const canvas = find("#boxes");
  const room = canvas.getBoundingClientRect();
  const [width, height] = [room.width, room.height].map((side) => Math.round(side * devicePixelRatio));
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  return canvas;
}

function outline(pen, face, canvas, colour) {
  const [x, y, width, height] = place(face.box, canvas);
  const unit = devicePixelRatio;
  pen.globalAlpha = face.strength * (face.problem ? 0.7 : 1);
  pen.setLineDash(face.problem ? [7 * unit, 7 * unit] : []);
  pen.beginPath();
  pen.roundRect(x, y, width, height, Math.min(width, height) * 0.22);
  for (const [style, wide] of [["rgb(0 0 0 / 28%)", 4.5], [colour, 2.5]]) {
    pen.strokeStyle = style;
    pen.lineWidth = wide * unit;
    pen.stroke();
  }
}

function draw() {
  const canvas = fitted();
  const pen = canvas.getContext("2d");
  pen.clearRect(0, 0, canvas.width, canvas.height);
  const colour = getComputedStyle(canvas).color;
  let moving = false;
  for (const [key, face] of shown) {
    moving = glide(face) || moving;
    if (face.gone && face.strength < 0.02) shown.delete(key);
    else if (picture().width) outline(pen, face, canvas, colour);
  }
  drawing = moving;
  if (moving) requestAnimationFrame(draw);
}

export function beginSight() {
  watch(["faces", "mood"], aim);
  watch(["source"], () => { shown.clear(); aim(); });
  new ResizeObserver(aim).observe(find("#boxes"));
}
