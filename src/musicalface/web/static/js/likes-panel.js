// The liked songs in the sheet of the history: a list, export, import and deletion.

import { createElement, query, setText } from "../ui/dom.js";
import { catalogName } from "../ui/catalog-name.js";
import { del, get, post, put, requestFile } from "./api.js";
import { confirmPress, resetConfirm } from "./confirm-press.js";
import { createHeart, showHeart } from "../ui/like-button.js";
import { fillSentences, sentence } from "../ui/sentences.js";
import { showLiked } from "./likes.js";
import { saveFile } from "./save-file.js";
import { state } from "./store.js";

const CLEAR = sentence("likes.clear");
const CLEAR_AGAIN = sentence("likes.clear_again");
const HTML = `
<h3 id="likes-title">{{likes.title}}</h3>
<p class="small" id="likes-words"></p>
<details id="likes-details" hidden><summary id="likes-count"></summary><ol class="likes" id="likes-list"></ol></details>
<div class="actions">
<button type="button" data-likes="json">{{likes.export_json}}</button>
<button type="button" data-likes="csv">{{likes.export_csv}}</button>
<button type="button" id="import-likes">{{likes.import}}</button>
<button type="button" class="plain" id="clear-likes">{{likes.clear}}</button>
</div>
<input type="file" id="likes-file" accept=".json,.csv,application/json,text/csv" hidden>
<p class="done" id="likes-done" role="status"></p>
<p class="error" id="likes-error" role="alert"></p>`;

/** Fills the hearts of the songs on the page by the list of all likes. */
function fillHearts(likes) {
  const names = new Set(likes.map(({ artist, title }) => `${artist}\n${title}`));
  for (const song of [...(state.songs?.songs ?? []), state.barSong]) {
    if (!song) continue;
    const { artist, title } = catalogName(song);
    const liked = names.has(`${artist}\n${title}`);
    if (liked !== Boolean(song.liked)) showLiked(song, liked);
  }
}

/** A row whose heart removes the like and gives it back. */
function likeItem(like) {
  const heart = createHeart(() => run(async () => {
    const liked = heart.getAttribute("aria-pressed") !== "true";
    showHeart(heart, { ...like, liked });
    await put("/api/likes", { artist: like.artist, title: like.title, liked });
    fillHearts((await get("/api/likes")).likes);
  }));
  showHeart(heart, { ...like, liked: true });
  return createElement("li", {}, createElement("span", {}, like.title, " ", createElement("span", { class: "artist" }, like.artist)), heart);
}

function show({ likes, message }) {
  setText(query("#likes-words"), sentence(likes.length ? "likes.kept" : "likes.none"));
  setText(query("#likes-count"), sentence("count.songs", { count: likes.length }));
  query("#likes-list").replaceChildren(...likes.map(likeItem));
  for (const part of ["#likes-details", "#clear-likes", "[data-likes=json]", "[data-likes=csv]"]) query(part).hidden = likes.length === 0;
  if (message) setText(query("#likes-error"), message);
  resetConfirm(query("#clear-likes"), CLEAR);
  fillHearts(likes);
}

async function run(action) {
  for (const line of ["#likes-done", "#likes-error"]) setText(query(line), "");
  await action().catch((error) => setText(query("#likes-error"), error.message));
}

async function importFile([file]) {
  query("#likes-file").value = "";
  if (!file) return;
  const answer = await post("/api/likes/files", file);
  show(answer);
  setText(query("#likes-done"), sentence("likes.added", { count: answer.added }));
}

async function clear() {
  if (!confirmPress(query("#clear-likes"), CLEAR_AGAIN)) return;
  show(await del("/api/likes"));
  query("#import-likes").focus();
}

const exportAs = async (form) => saveFile(await requestFile("GET", `/api/likes/files/${form}`), `musicalface-likes.${form}`);

/** Creates the section; its buttons work at once. */
export function createLikesPanel() {
  const panel = createElement("section", { "aria-labelledby": "likes-title" });
  panel.innerHTML = fillSentences(HTML);
  const on = (selector, action) => query(selector, panel).addEventListener("click", () => run(action));
  for (const form of ["json", "csv"]) on(`[data-likes=${form}]`, () => exportAs(form));
  query("#import-likes", panel).addEventListener("click", () => query("#likes-file").click());
  query("#likes-file", panel).addEventListener("change", ({ target }) => run(() => importFile([...target.files])));
  on("#clear-likes", clear);
  return panel;
}

export const refreshLikes = () => run(async () => show(await get("/api/likes")));
