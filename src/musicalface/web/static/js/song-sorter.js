// The dialog in which the person gives songs of the library a mood.

import { createElement, createSheet, query, queryAll, setText } from "../ui/dom.js";
import { drawIcons } from "../ui/icons.js";
import { post } from "./api.js";
import { MOOD_POSITIONS } from "./mood-constants.js";
import { capitalize, count } from "./text-format.js";

const COUNT = 50;
const MOODS = Object.keys(MOOD_POSITIONS).sort();
const NOTHING = "No songs here.";
const OPTIONS = [["", "Not sorted yet"], ...MOODS.map((mood) => [mood, capitalize(mood)])];
const SHEET = `
<div class="sheet-top"><h2 id="sorter-title">Sort your songs</h2><button type="button" class="icon" data-close data-icon="close" aria-label="Close"></button></div>
<p class="small">The mood that you pick counts, whatever the song sounds like. Press it again to take it back.</p>
<div class="sorter-top"><label for="sorter-mood">Songs</label><select id="sorter-mood">${OPTIONS.map(([value, label]) => `<option value="${value}">${label}</option>`).join("")}</select><p class="small" id="sorter-count" role="status"></p></div>
<p class="trouble" id="sorter-trouble" role="alert"></p>
<ol class="sorter" id="sorter-list"></ol>
<button type="button" id="sorter-more" hidden>Show the next songs</button>`;
let requestNumber = 0;

const showError = (message) => setText(query("#sorter-trouble"), message);

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
  return createElement("button", { type: "button", "data-mood": mood, "aria-pressed": "false" }, capitalize(mood));
}

function songRow(song) {
  const words = createElement("p", { class: "song-words" }, createElement("span", { class: "title" }, song.title), createElement("span", { class: "artist" }, song.artist), createElement("span", { class: "why" }));
  const buttons = createElement("div", { role: "group", "aria-label": `Mood of ${song.title}` }, ...MOODS.map(moodButton));
  const row = createElement("li", {}, words, buttons);
  buttons.addEventListener("click", ({ target }) => { if (target.dataset.mood) pickMood(row, song.number, target); });
  markMood(row, song);
  return row;
}

function render({ songs, total }) {
  query("#sorter-list").replaceChildren(...songs.map(songRow));
  const first = total > songs.length ? `The first ${songs.length} of ` : "";
  setText(query("#sorter-count"), total ? `${first}${count(total, "song", "songs")}.` : NOTHING);
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
  drawIcons(createSheet("sorter", SHEET));
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
