// Reads a video that the person chose or dropped: its curve of moods, and songs that follow it.

import { createElement, query, setText, announce } from "../ui/dom.js";
import { fillSentences, sentence } from "../ui/sentences.js";
import { clock } from "../ui/time-format.js";
import { post } from "./api.js";
import { switchToPhoto } from "./camera-session.js";
import { createChart } from "./curve-chart.js";
import { setDetectedMood } from "./current-mood.js";
import { MainFace, average, averageReading, moodOf, readable, stretches } from "./mood-curve.js";
import { requestSongs } from "./song-requests.js";
import { setState, state, subscribe } from "./store.js";
import { VideoFile } from "./video-frames.js";

const MAX_POINTS = 120;
const STEP = 1; // seconds
const SONGS = 10;
const SECTION = `
<div class="curve-top"><h3 id="curve-name"></h3><button type="button" id="curve-stop">{{video.stop}}</button></div>
<div class="curve-chart" id="curve-chart"></div>
<progress id="curve-progress" max="1" aria-label="{{video.progress}}"></progress>
<ol class="curve-songs" id="curve-songs" aria-hidden="true"></ol>
<ul class="curve-legend" id="curve-legend"></ul>
<p class="small" id="curve-time"></p>
<p class="small" id="curve-note" role="status"></p>`;
let objectUrl = "";

function createSection() {
  document.head.append(createElement("link", { rel: "stylesheet", href: "/static/style/mood-curve.css" }));
  const section = createElement("section", { id: "curve", class: "curve", "aria-labelledby": "curve-name" });
  section.innerHTML = fillSentences(SECTION);
  query("#mood").after(section);
  query("#curve-stop").addEventListener("click", () => { state.curve.stopped = true; });
  subscribe(["curve"], ({ curve }) => { section.hidden = !curve; });
  subscribe(["source"], ({ source }) => { if (source !== "photo") setState({ curve: null }); });
}

/** Shows the picture that is read, with its faces. */
function showFrame(blob, faces) {
  URL.revokeObjectURL(objectUrl);
  objectUrl = URL.createObjectURL(blob);
  query("#photo").src = query("#backdrop").src = objectUrl;
  setState({ phase: "photo", faces });
}

function legendItem([mood, share]) {
  return createElement("li", { "data-mood": mood }, sentence("video.share", { mood: sentence(`mood_names.${mood}`), percent: Math.round(100 * share) }));
}

function render(curve, note = "") {
  const known = readable(curve.points);
  query("#curve-legend").replaceChildren(...(known.length ? Object.entries(average(known)).map(legendItem) : []));
  query("#curve-chart").replaceChildren(createChart(curve));
  query("#curve-progress").value = curve.readTo / curve.seconds;
  query("#curve-progress").hidden = query("#curve-stop").hidden = curve.done;
  query("#curve-songs").replaceChildren(...(curve.done ? Array.from({ length: SONGS }, (_, index) => createElement("li", {}, String(index + 1))) : []));
  setText(query("#curve-time"), curve.done ? "" : sentence("video.position", { time: clock(curve.readTo), length: clock(curve.seconds) }));
  setText(query("#curve-note"), note);
}

/** The faces of a picture; none if the program finds none. */
async function readFaces(blob) {
  try {
    return (await post("/api/read", blob)).faces;
  } catch (error) {
    if (error.code === "no_face") return [];
    throw error;
  }
}

/** Keeps the picture in which a mood is clearest, to be shown at the end. */
function keepClearest(curve, blob, faces, scores) {
  for (const [mood, share] of Object.entries(scores)) {
    if (share > (curve.clearest[mood]?.share ?? 0)) curve.clearest[mood] = { share, blob, faces };
  }
}

const isCurrent = (curve) => state.curve === curve;

/** Reads pictures until the end, until the person stops it, or until one can't be decoded; false in that case. */
async function readPoints(curve, file, note) {
  const main = new MainFace();
  for (let at = 0; at < curve.seconds && !curve.stopped; at += curve.step) {
    const blob = await file.frame(at);
    if (!blob) return false;
    const faces = await readFaces(blob);
    if (!isCurrent(curve)) return true;
    const face = main.find(faces, at);
    curve.points.push({ at, scores: face?.scores ?? null, expressions: face?.expressions ?? null });
    if (face?.scores) keepClearest(curve, blob, faces, face.scores);
    curve.readTo = Math.min(curve.seconds, at + curve.step);
    showFrame(blob, faces);
    render(curve, note);
  }
  return true;
}

function headline(known) {
  const { mood, sure } = moodOf(average(known));
  const [before, name] = sure ? ["video.mostly", `mood_names.${mood}`] : ["video.look", "video.mixed"];
  return [sentence(before), sentence(name), sentence("video.follow")];
}

function finish(curve, note) {
  const known = readable(curve.points);
  if (!known.length) {
    showError(curve.failure || sentence("video.no_face"));
    return;
  }
  curve.seconds = curve.readTo;
  curve.done = true;
  curve.headline = headline(known);
  render(curve, note);
  const { mood } = moodOf(average(known));
  requestSongs({ mood, walk: stretches(curve.points, curve.seconds, SONGS) });
  setDetectedMood(mood);
  showFrame(curve.clearest[mood].blob, curve.clearest[mood].faces);
  setState({ curve: { ...curve, clearest: {} }, reading: averageReading(known) });
  announce(query("svg", query("#curve-chart")).getAttribute("aria-label"));
}

function showError(message) {
  setState({ phase: "error", errorMessage: message, errorSource: "photo", source: null, curve: null });
}

async function read(curve, file) {
  await file.open();
  curve.seconds = file.seconds;
  curve.step = Math.max(STEP, file.seconds / MAX_POINTS);
  const whole = await readPoints(curve, file, curve.step > STEP ? sentence("video.long", { count: Math.round(curve.step) }) : "");
  if (!isCurrent(curve)) return;
  const partly = curve.stopped && curve.readTo < curve.seconds ? sentence("video.partly", { time: clock(curve.readTo) }) : "";
  finish(curve, whole ? partly : sentence("video.cut_off", { time: clock(curve.readTo) }));
}

/** Reads a video file in this browser; only small pictures go to the program on this computer. */
export async function readVideo(blob) {
  if (!query("#curve")) createSection();
  switchToPhoto();
  const curve = { points: [], clearest: {}, seconds: 1, step: STEP, readTo: 0, done: false, stopped: false, headline: [sentence("headline.moment"), sentence("headline.reading"), ""] };
  setState({ phase: "starting", curve });
  setText(query("#curve-name"), blob.name);
  render(curve);
  const file = new VideoFile(blob);
  try {
    await read(curve, file);
  } catch (error) {
    if (!isCurrent(curve)) return;
    curve.failure = error.message;
    finish(curve, error.message);
  } finally {
    file.close();
  }
}
