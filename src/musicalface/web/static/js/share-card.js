// The card to share, drawn on a canvas: a drawn face, the mood and the songs; never the photo.

import { FaceDrawing, createShape } from "../ui/face-drawing.js";
import { sentence } from "../ui/sentences.js";
import { MOOD_POSITIONS } from "./mood-constants.js";

export const WIDTH = 1080;
export const HEIGHT = 1350;
const MARGIN = 84;
const LIST_TOP = 722;
const ROW = 53;
const MAX_ROWS = 10;
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif';
const COLOURS = {
  angry: { light: "#e8552c", dark: "#b51f1c", ink: "#fff9f6" },
  happy: { light: "#ffe690", dark: "#ffb922", ink: "#392000" },
  relaxed: { light: "#2f9379", dark: "#005b4f", ink: "#f1fef9" },
  sad: { light: "#467ac6", dark: "#263b84", ink: "#f6faff" },
};

function drawBackground(pen, { light, dark }) {
  const glow = pen.createRadialGradient(760, 330, 80, 700, 420, 1150);
  glow.addColorStop(0, light);
  glow.addColorStop(1, dark);
  pen.fillStyle = glow;
  pen.fillRect(0, 0, WIDTH, HEIGHT);
}

/** Draws the face of the page at a place; `size` is the side of its square. */
function drawFace(pen, position, left, top, size) {
  const face = new FaceDrawing(createShape("g"), position);
  const number = (shape, name) => Number(shape.getAttribute(name));
  pen.save();
  pen.translate(left, top);
  pen.scale(size / 100, size / 100);
  for (const eye of face.eyes) {
    const tilt = Number(/rotate\((\S+)/.exec(eye.getAttribute("transform"))[1]);
    pen.beginPath();
    pen.ellipse(number(eye, "cx"), number(eye, "cy"), number(eye, "rx"), number(eye, "ry"), (tilt * Math.PI) / 180, 0, 2 * Math.PI);
    pen.fill();
  }
  const mouth = new Path2D(face.mouth.getAttribute("d"));
  pen.lineWidth = 3;
  pen.lineJoin = "round";
  pen.fill(mouth);
  pen.stroke(mouth);
  pen.restore();
}

/** Cuts a text so that it is at most `width` pixels wide. */
export function fitText(pen, text, width) {
  if (pen.measureText(text).width <= width) return text;
  const letters = [...text];
  while (letters.length && pen.measureText(`${letters.join("").trimEnd()}…`).width > width) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}

function write(pen, text, x, y, { size, weight = 400, alpha = 1, width = WIDTH, align = "left", spacing = 0 }) {
  pen.font = `${weight} ${size}px ${FONT}`;
  pen.letterSpacing = `${spacing}px`;
  pen.textAlign = align;
  pen.globalAlpha = alpha;
  const fitted = fitText(pen, text, width);
  pen.fillText(fitted, x, y);
  pen.globalAlpha = 1;
  return pen.measureText(fitted).width;
}

function drawWords(pen, { before, mood, toward }) {
  write(pen, before, MARGIN, 432, { size: 40, weight: 500, alpha: 0.82 });
  write(pen, sentence(`mood_names.${mood}`), MARGIN - 8, 582, { size: 176, weight: 300, spacing: -8 });
  if (toward && toward !== mood) write(pen, sentence("share.toward", { mood: sentence(`moods.${toward}`) }), MARGIN, 664, { size: 40, weight: 500, alpha: 0.82 });
}

function drawSong(pen, { title, artist }, index) {
  const y = LIST_TOP + 38 + index * ROW;
  pen.globalAlpha = 0.2;
  pen.fillRect(MARGIN, y - 38, WIDTH - 2 * MARGIN, 1.5);
  pen.globalAlpha = 1;
  write(pen, String(index + 1), MARGIN + 30, y, { size: 25, alpha: 0.7, align: "right" });
  const left = MARGIN + 56;
  const taken = write(pen, title, left, y, { size: 30, weight: 600, width: 520 });
  write(pen, artist, WIDTH - MARGIN, y, { size: 27, alpha: 0.8, align: "right", width: WIDTH - MARGIN - left - taken - 40 });
}

function drawFoot(pen, date) {
  drawFace(pen, [0.7, 0.3], MARGIN - 6, 1272, 46);
  write(pen, "MusicalFace", MARGIN + 52, 1305, { size: 29, weight: 600 });
  write(pen, date, WIDTH - MARGIN, 1305, { size: 27, alpha: 0.8, align: "right" });
}

/** Between the face that was read and the face of the mood, so that the mood is plain to see. */
function positionOf(mood, reading) {
  const corner = MOOD_POSITIONS[mood];
  return reading ? corner.map((value, axis) => (value + reading[axis]) / 2) : corner;
}

/**
 * Draws the card. `before` is the line above the mood's word; `reading` is valence and arousal, or null;
 * `date` is a text.
 */
export function drawCard(canvas, { before, mood, toward, songs, reading, date }) {
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const pen = canvas.getContext("2d");
  drawBackground(pen, COLOURS[mood]);
  pen.fillStyle = pen.strokeStyle = COLOURS[mood].ink;
  drawFace(pen, positionOf(mood, reading), 444, -72, 600);
  drawWords(pen, { before, mood, toward });
  songs.slice(0, MAX_ROWS).forEach((song, index) => drawSong(pen, song, index));
  drawFoot(pen, date);
}
