// The dialog in which the person gives songs of the library a mood.

import { createElement, query, queryAll, setText } from "../ui/dom.js";
import { sentence } from "../ui/sentences.js";
import { createSheet } from "../ui/sheet.js";
import { post } from "./api.js";
import { MOOD_POSITIONS } from "./mood-constants.js";

const COUNT = 50;
const MOODS = Object.keys(MOOD_POSITIONS).sort();
const nameOf = (mood) => sentence(`mood_names.${mood}`);
const SHEET = `
<p class="small">{{sorter.explanation}}</p>
<div class="sorter-top"><label for="sorter-mood">{{sorter.songs}}</label><select id="sorter-mood"><option value="">{{sorter.unsorted}}</option></select><p class="small" id="sorter-count" role="status"></p></div>
<p class="error" id="sorter-error" role="alert"></p>
<ol class="sorter" id="sorter-list"></ol>
<button type="button" id="sorter-more" hidden>{{sorter.more}}</button>`;
let requestNumber = 0;

const showError = (message) => setText(query("#sorter-error"), message);

function markMood(row, song) {
  for (const button of queryAll("button", row)) {
    const isPicked = song.by_hand && button.dataset.mood === song.mood;
    button.setAttribute("aria-pressed", String(isPicked));
  }
  setText(query(".why", row), song.why);
}

async function pickMood(row, number, button) {
  const mood = button.getAttribute("aria-pressed") === "true" ? null : button.dataset.mood;
  try {
    markMood(row, await post("/api/library/mood", { number, mood }));
    showError("");
  } catch (error) {
    showError(error.message);
  }
}

function moodButton(mood) {
  return createElement("button", { type: "button", "data-mood": mood, "aria-pressed": "false" }, nameOf(mood));
}

function songRow(song) {
  const words = createElement("p", { class: "song-words" }, createElement("span", { class: "title" }, song.title), createElement("span", { class: "artist" }, song.artist), createElement("span", { class: "why" }));
  const buttons = createElement("div", { role: "group", "aria-label": sentence("sorter.mood_of", { title: song.title }) }, ...MOODS.map(moodButton));
  const row = createElement("li", {}, words, buttons);
  buttons.addEventListener("click", ({ target }) => { if (target.dataset.mood) pickMood(row, song.number, target); });
  markMood(row, song);
  return row;
}

function render({ songs, total }) {
  query("#sorter-list").replaceChildren(...songs.map(songRow));
  const summary = total > songs.length ? "sorter.first" : "sorter.all";
  setText(query("#sorter-count"), sentence(total ? summary : "sorter.nothing", { shown: songs.length, count: total }));
  query("#sorter-more").hidden = total <= songs.length || Boolean(query("#sorter-mood").value);
}

async function refresh() {
  requestNumber += 1;
  const thisRequest = requestNumber;
  try {
    const answer = await post("/api/library/songs", { mood: query("#sorter-mood").value || null, count: COUNT });
    if (thisRequest !== requestNumber) return;
    showError("");
    render(answer);
  } catch (error) {
    if (thisRequest === requestNumber) showError(error.message);
  }
}

function createSorter() {
  createSheet("sorter", "sorter.title", SHEET);
  query("#sorter-mood").append(...MOODS.map((mood) => createElement("option", { value: mood }, nameOf(mood))));
  query("#sorter-mood").addEventListener("change", refresh);
  query("#sorter-more").addEventListener("click", async () => {
    await refresh();
    query("#sorter-title").scrollIntoView();
    query("#sorter-mood").focus();
  });
}

/** Opens the dialog with the songs of unknown mood; `onClose` is called when it is closed. */
export function open(onClose) {
  if (!query("#sorter")) createSorter();
  query("#sorter").addEventListener("close", onClose, { once: true });
  query("#sorter-mood").value = "";
  query("#sorter").showModal();
  refresh();
}
