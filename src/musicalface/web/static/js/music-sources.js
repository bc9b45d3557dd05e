// The dialog of music sources: Spotify and the library.

import { createElement, query, queryAll, setText } from "../ui/dom.js";
import { sentence } from "../ui/sentences.js";
import { createSheet } from "../ui/sheet.js";
import { browse, initLibrary, pollLibrary } from "./library.js";
import { choosePlayer, findPlayer } from "./players.js";
import { initSpotifyConnect, pollSpotify } from "./spotify-connect.js";
import { state, subscribe } from "./store.js";

const PARTS = { spotify: "#spotify", local: "#library" };
const SHEET = `
<section aria-labelledby="spotify-title" id="spotify">
<h3 id="spotify-title">{{sources.spotify}}</h3>
<p id="spotify-words" role="status"></p>
<form id="spotify-form" hidden>
<p class="small">{{sources.no_setup}}</p>
<p>{{sources.setup}}</p>
<ol class="steps">
<li data-link="dashboard">{{sources.step_dashboard}}</li>
<li>{{sources.step_redirect}}
<span class="copy"><code id="redirect">http://127.0.0.1/callback</code><button type="button" class="plain" id="copy-redirect">{{sources.copy}}</button></span></li>
<li>{{sources.step_api}}</li>
</ol>
<label for="client-id">{{sources.client_id}}</label>
<div class="line-of-text"><input id="client-id" type="text" autocomplete="off" spellcheck="false" maxlength="64"><button type="submit" class="main">{{sources.connect}}</button></div>
</form>
<p id="spotify-open" data-link="spotify-address" hidden>{{sources.open_page}}</p>
<button type="button" id="logout" hidden>{{sources.disconnect}}</button>
<p class="error" id="spotify-error" role="alert"></p>
</section>
<section aria-labelledby="library-title" id="library">
<h3 id="library-title">{{library.title}}</h3>
<p id="library-words" role="status"></p>
<button type="button" id="stop-scan" hidden>{{library.stop}}</button>
<div class="suggestion" id="suggestion" hidden><p><strong id="suggestion-path"></strong><span>{{library.suggestion}}</span></p><button type="button" class="main" id="suggestion-add">{{library.add_suggestion}}</button></div>
<ul class="folders" id="folders"></ul>
<div class="actions"><button type="button" id="browse-folders" aria-haspopup="dialog">{{library.choose}}</button><button type="button" id="sort-songs" aria-haspopup="dialog" hidden>{{library.sort}}</button></div>
<details class="typed"><summary>{{library.type}}</summary>
<form id="library-form">
<label for="folder">{{library.path}}</label>
<div class="line-of-text"><input id="folder" type="text" autocomplete="off" spellcheck="false" placeholder="{{library.path_example}}" maxlength="4096"><button type="submit" class="main">{{library.add}}</button></div>
</form>
</details>
<p class="error" id="library-error" role="alert"></p>
<label class="switch"><input type="checkbox" id="listens" role="switch" aria-describedby="listens-words"><span class="switch-track" aria-hidden="true"></span><span>{{library.listens}}</span></label>
<p class="small" id="listens-words"></p>
</section>`;

/** Shows why the requested player is not ready. */
function showMissing(requested, name) {
  const found = findPlayer(name);
  if (requested === name && !found?.ready) setText(query(name === "local" ? "#library-error" : "#spotify-error"), found?.message ?? "");
}

/** Opens the dialog; `requested` names a player that is not ready, if the person chose one. */
export function open(requested) {
  if (!query("#sources")) createMusicSources();
  query("#sources").showModal();
  pollSpotify().then(() => showMissing(requested, "spotify"));
  pollLibrary().then(() => showMissing(requested, "local"));
}

/** Helps to find a folder that was dropped on the page, because browsers hide its path. */
export function findDroppedFolder() {
  if (!query("#sources")?.open) open();
  browse(sentence("folders.dropped"));
}

/** Makes a link of the words in [brackets]. */
function addLink(line) {
  const [before, words, after] = line.textContent.split(/[[\]]/);
  const link = createElement("a", { id: line.dataset.link, target: "_blank", rel: "noopener noreferrer", href: "#spotify" }, words);
  line.replaceChildren(before, link, after);
}

function createUseButton(name) {
  const button = createElement("button", { type: "button", class: "main use", "data-use": name }, sentence("sources.use"));
  button.addEventListener("click", () => {
    choosePlayer(name);
    query("#sources").close();
    query("#songs-title").focus({ preventScroll: true });
  });
  return button;
}

/** A source that is set up but not in use is offered. */
function renderUse() {
  for (const name of Object.keys(PARTS)) query(`[data-use=${name}]`).hidden = !findPlayer(name)?.ready || state.player === name;
}

function createMusicSources() {
  const sheet = createSheet("sources", "sources.title", SHEET);
  for (const line of queryAll("[data-link]", sheet)) addLink(line);
  for (const [name, part] of Object.entries(PARTS)) query(`${part}-words`).after(createUseButton(name));
  initSpotifyConnect();
  initLibrary();
  renderUse();
  subscribe(["players", "player"], renderUse);
}
