// The sheet of the history: moods and heard songs, liked songs, and what is kept.

import { createElement, query, setText } from "../ui/dom.js";
import { dateFormat, sentence } from "../ui/sentences.js";
import { createSheet } from "../ui/sheet.js";
import { del, get } from "./api.js";
import { confirmPress, resetConfirm } from "./confirm-press.js";
import { dayName } from "./day-name.js";
import { createLikesPanel, refreshLikes } from "./likes-panel.js";
import { changeSettings } from "./settings.js";
import { state, subscribe } from "./store.js";

const CLEAR = sentence("history.clear");
const CLEAR_AGAIN = sentence("history.clear_again");
const SHEET = `
<p class="error" id="history-error" role="alert"></p>
<p id="history-empty" hidden>{{history.empty}}</p>
<div id="history-list"></div>
<div class="actions"><button type="button" class="plain" id="clear-history" hidden>{{history.clear}}</button></div>
<section aria-labelledby="kept-title" id="kept">
<h3 id="kept-title">{{history.kept}}</h3>
<label class="switch"><input type="checkbox" id="keep-history" role="switch" aria-describedby="keep-words"><span class="switch-track" aria-hidden="true"></span><span>{{history.keep}}</span></label>
<p class="small" id="keep-words">{{history.keep_more}}</p>
<label class="switch"><input type="checkbox" id="reactions" role="switch" aria-describedby="reactions-words"><span class="switch-track" aria-hidden="true"></span><span>{{history.vote}}</span></label>
<p class="small" id="reactions-words">{{history.vote_more}}</p>
</section>`;
const CLOCK = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });

function songItem({ artist, title, url }) {
  const name = url ? createElement("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, title) : createElement("span", {}, title);
  return createElement("li", {}, name, createElement("span", { class: "artist" }, artist));
}

function moodsOf(mood, toward) {
  const from = sentence(`mood_names.${mood}`);
  return toward ? sentence("history.shift", { from, to: sentence(`moods.${toward}`) }) : from;
}

function momentWords({ at, mood, toward, corrected, songs }) {
  const date = new Date(at * 1000);
  const heard = songs.length ? sentence("count.songs", { count: songs.length }) : "";
  return [
    createElement("time", { datetime: date.toISOString() }, CLOCK.format(date)),
    createElement("strong", {}, moodsOf(mood, toward)),
    createElement("span", { class: "artist" }, [corrected ? sentence("history.picked") : "", heard].filter(Boolean).join(" · ")),
  ];
}

function momentItem(entry) {
  const { mood, toward, songs } = entry;
  const words = momentWords(entry);
  const content = songs.length
    ? createElement("details", {}, createElement("summary", { class: "moment" }, ...words), createElement("ol", {}, ...songs.map(songItem)))
    : createElement("p", { class: "moment" }, ...words);
  return createElement("li", { "data-mood": toward ?? mood }, content);
}

/** One heading and one list for each day, in the order in which things happened: the clock may have been set back. */
function days(entries) {
  const parts = [];
  let name = null;
  for (const entry of entries) {
    const day = dayName(entry.at * 1000);
    if (day !== name) parts.push(createElement("h3", {}, day), createElement("ol", { class: "history" }));
    name = day;
    parts.at(-1).append(momentItem(entry));
  }
  return parts;
}

function show({ history, message }) {
  resetConfirm(query("#clear-history"), CLEAR);
  setText(query("#history-error"), message ?? "");
  query("#history-list").replaceChildren(...days(history));
  query("#history-empty").hidden = history.length > 0;
  query("#clear-history").hidden = history.length === 0;
}

const showError = (error) => setText(query("#history-error"), error.message);
const refresh = () => get("/api/history").then(show, showError);

async function clearHistory({ currentTarget: button }) {
  if (!confirmPress(button, CLEAR_AGAIN)) return;
  await del("/api/history").then(show, showError);
  if (button.hidden) query("#history [data-close]").focus();
}

async function change(changes) {
  setText(query("#history-error"), await changeSettings(changes));
}

function renderSwitches({ settings }) {
  query("#keep-history").checked = Boolean(settings?.history);
  query("#reactions").checked = Boolean(settings?.reactions);
}

function createHistorySheet() {
  const sheet = createSheet("history", "history.title", SHEET);
  query("#kept", sheet).before(createLikesPanel());
  query("#clear-history").addEventListener("click", clearHistory);
  query("#keep-history").addEventListener("change", ({ target }) => change({ history: target.checked }));
  query("#reactions").addEventListener("change", ({ target }) => change({ reactions: target.checked }));
  subscribe(["settings"], renderSwitches);
}

/** Opens the sheet. */
export function open() {
  if (!query("#history")) createHistorySheet();
  renderSwitches(state);
  resetConfirm(query("#clear-history"), CLEAR);
  query("#history").showModal();
  refresh();
  refreshLikes();
}
