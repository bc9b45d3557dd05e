// Draws a mood curve: the four moods as areas over the time of a video, with the songs' numbers below.

import { sentence } from "../ui/sentences.js";
import { MOODS, average, readable, runs } from "./mood-curve.js";
import { clock } from "../ui/time-format.js";

const SVG = "http://www.w3.org/2000/svg";
const [WIDTH, HEIGHT] = [600, 120];

function shape(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

const sumBelow = (scores, index) => MOODS.slice(0, index).reduce((sum, mood) => sum + scores[mood], 0);
const across = (at, seconds) => (WIDTH * Math.min(1, at / seconds)).toFixed(1);
const up = (share) => (HEIGHT * (1 - Math.min(1, share))).toFixed(1);

/** A closed path between the sums of the scores before and after a mood; each point lasts a step. */
function area(run, index, { seconds, step }) {
  const edges = [...run, { ...run.at(-1), at: run.at(-1).at + step }];
  const upper = edges.map(({ at, scores }) => `${across(at, seconds)} ${up(sumBelow(scores, index + 1))}`);
  const lower = edges.map(({ at, scores }) => `${across(at, seconds)} ${up(sumBelow(scores, index))}`);
  return `M${[...upper, ...lower.toReversed()].join("L")}Z`;
}

function describe({ points, seconds }) {
  const known = readable(points);
  if (!known.length) return sentence("video.no_face_yet");
  const scores = average(known);
  const shares = MOODS.toSorted((a, b) => scores[b] - scores[a]).map((mood) => sentence("video.percent", { percent: Math.round(100 * scores[mood]), mood: sentence(`moods.${mood}`) }));
  return sentence("video.moods_over", { time: clock(seconds), shares: shares.join(", ") });
}

/** Creates the chart of a curve { points, seconds, step }. */
export function createChart(curve) {
  const svg = shape("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img", "aria-label": describe(curve) });
  const parts = runs(curve.points);
  svg.append(...MOODS.map((mood, index) => shape("path", { "data-mood": mood, d: parts.map((run) => area(run, index, curve)).join("") })));
  return svg;
}
