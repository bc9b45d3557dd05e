// Reads a video that the person chose or dropped: its curve of moods, and songs that follow it.

import { createElement, query, setText, announce } from "../ui/dom.js";
import { fillSentences, sentence } from "../ui/sentences.js";
import { clock } from "../ui/time.js";
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
<div class="film-top"><h3 id="film-name"></h3><button type="button" id="film-stop">{{video.stop}}</button></div>
<div class="film-chart" id="film-chart"></div>
<progress id="film-progress" max="1" aria-label="{{video.progress}}"></progress>
<ol class="film-songs" id="film-songs" aria-hidden="true"></ol>
<ul class="film-legend" id="film-legend"></ul>
<p class="small" id="film-time"></p>
<p class="small" id="film-note" role="status"></p>`;
let objectUrl = "";

function createSection() {
  document.head.append(createElement("link", { rel: "stylesheet", href: "/static/style/film.css" }));
  const section = createElement("section", { id: "film", class: "film", "aria-labelledby": "film-name" });
  section.innerHTML = fillSentences(SECTION);
  query("#mood").after(section);
  query("#film-stop").addEventListener("click", () => { state.film.stopped = true; });
  subscribe(["film"], ({ film }) => { section.hidden = !film; });
  subscribe(["source"], ({ source }) => { if (source !== "photo") setState({ film: null }); });
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

function render(film, note = "") {
  const known = readable(film.points);
  query("#film-legend").replaceChildren(...(known.length ? Object.entries(average(known)).map(legendItem) : []));
  query("#film-chart").replaceChildren(createChart(film));
  query("#film-progress").value = film.readTo / film.seconds;
  query("#film-progress").hidden = query("#film-stop").hidden = film.done;
  query("#film-songs").replaceChildren(...(film.done ? Array.from({ length: SONGS }, (_, index) => createElement("li", {}, String(index + 1))) : []));
  setText(query("#film-time"), film.done ? "" : sentence("video.position", { time: clock(film.readTo), length: clock(film.seconds) }));
  setText(query("#film-note"), note);
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
function keepClearest(film, blob, faces, scores) {
  for (const [mood, share] of Object.entries(scores)) {
    if (share > (film.clearest[mood]?.share ?? 0)) film.clearest[mood] = { share, blob, faces };
  }
}

const isCurrent = (film) => state.film === film;

/** Reads pictures until the end, until the person stops it, or until one can't be decoded; false in that case. */
async function readPoints(film, file, note) {
  const main = new MainFace();
  for (let at = 0; at < film.seconds && !film.stopped; at += film.step) {
    const blob = await file.frame(at);
    if (!blob) return false;
    const faces = await readFaces(blob);
    if (!isCurrent(film)) return true;
    const face = main.find(faces, at);
    film.points.push({ at, scores: face?.scores ?? null, expressions: face?.expressions ?? null });
    if (face?.scores) keepClearest(film, blob, faces, face.scores);
    film.readTo = Math.min(film.seconds, at + film.step);
    showFrame(blob, faces);
    render(film, note);
  }
  return true;
}

function headline(known) {
  const { mood, sure } = moodOf(average(known));
  const [before, name] = sure ? ["video.mostly", `mood_names.${mood}`] : ["video.look", "video.mixed"];
  return [sentence(before), sentence(name), sentence("video.follow")];
}

function finish(film, note) {
  const known = readable(film.points);
  if (!known.length) {
    showError(film.failure || sentence("video.no_face"));
    return;
  }
  film.seconds = film.readTo;
  film.done = true;
  film.headline = headline(known);
  render(film, note);
  const { mood } = moodOf(average(known));
  requestSongs({ mood, walk: stretches(film.points, film.seconds, SONGS) });
  setDetectedMood(mood);
  showFrame(film.clearest[mood].blob, film.clearest[mood].faces);
  setState({ film: { ...film, clearest: {} }, reading: averageReading(known) });
  announce(query("svg", query("#film-chart")).getAttribute("aria-label"));
}

function showError(message) {
  setState({ phase: "error", errorMessage: message, errorSource: "photo", source: null, film: null });
}

async function read(film, file) {
  await file.open();
  film.seconds = file.seconds;
  film.step = Math.max(STEP, file.seconds / MAX_POINTS);
  const whole = await readPoints(film, file, film.step > STEP ? sentence("video.long", { count: Math.round(film.step) }) : "");
  if (!isCurrent(film)) return;
  const partly = film.stopped && film.readTo < film.seconds ? sentence("video.partly", { time: clock(film.readTo) }) : "";
  finish(film, whole ? partly : sentence("video.cut_off", { time: clock(film.readTo) }));
}

/** Reads a video file in this browser; only small pictures go to the program on this computer. */
export async function readVideo(blob) {
  if (!query("#film")) createSection();
  switchToPhoto();
  const film = { points: [], clearest: {}, seconds: 1, step: STEP, readTo: 0, done: false, stopped: false, headline: [sentence("headline.moment"), sentence("headline.reading"), ""] };
  setState({ phase: "starting", film });
  setText(query("#film-name"), blob.name);
  render(film);
  const file = new VideoFile(blob);
  try {
    await read(film, file);
  } catch (error) {
    if (!isCurrent(film)) return;
    film.failure = error.message;
    finish(film, error.message);
  } finally {
    file.close();
  }
}
