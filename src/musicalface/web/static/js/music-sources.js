// The dialog of music sources: Spotify and the library.

import { createElement, createSheet, query, setText } from "../ui/dom.js";
import { drawIcons } from "../ui/icons.js";
import { browse, initLibrary, pollLibrary } from "./library.js";
import { choosePlayer, findPlayer } from "./players.js";
import { initSpotifyConnect, pollSpotify } from "./spotify-connect.js";
import { state, subscribe } from "./store.js";

const DROPPED = "Your browser doesn’t say where that folder is. Choose it here.";
const PARTS = { spotify: "#spotify", local: "#library" };
const SHEET = `
<div class="sheet-top"><h2 id="sources-title">Music sources</h2><button type="button" class="icon" data-close data-icon="close" aria-label="Close"></button></div>
<section aria-labelledby="spotify-title" id="spotify">
<h3 id="spotify-title">Spotify</h3>
<p id="spotify-words" role="status"></p>
<form id="spotify-form" hidden>
<p>You need Spotify Premium and a one-time, five-minute setup:</p>
<ol class="steps">
<li>Open the <a id="dashboard" target="_blank" rel="noopener noreferrer" href="#spotify">Spotify dashboard</a>, log in and press “Create app”.</li>
<li>Choose any name and paste this exact Redirect URI:
<span class="copy"><code id="redirect">http://127.0.0.1/callback</code><button type="button" class="plain" id="copy-redirect">Copy</button></span></li>
<li>Choose “Web API”, save, and paste the Client ID below.</li>
</ol>
<label for="client-id">Client ID</label>
<div class="line-of-text"><input id="client-id" type="text" autocomplete="off" spellcheck="false" maxlength="64"><button type="submit" class="main">Connect</button></div>
</form>
<p id="spotify-open" hidden><a id="spotify-address" target="_blank" rel="noopener noreferrer" href="#spotify">Open the Spotify page</a> if it didn’t open automatically.</p>
<button type="button" id="logout" hidden>Disconnect and delete data</button>
<p class="trouble" id="spotify-trouble" role="alert"></p>
</section>
<section aria-labelledby="library-title" id="library">
<h3 id="library-title">Your music files</h3>
<p id="library-words" role="status"></p>
<button type="button" id="stop-scan" hidden>Stop scanning</button>
<div class="suggestion" id="suggestion" hidden><p><strong id="suggestion-path"></strong><span>Your music folder</span></p><button type="button" class="main" id="suggestion-add">Add this folder</button></div>
<ul class="folders" id="folders"></ul>
<div class="ways"><button type="button" id="browse-folders" aria-haspopup="dialog">Choose a folder…</button><button type="button" id="sort-songs" aria-haspopup="dialog" hidden>Sort songs…</button></div>
<details class="typed"><summary>Enter a path instead</summary>
<form id="library-form">
<label for="folder">Music folder on this computer</label>
<div class="line-of-text"><input id="folder" type="text" autocomplete="off" spellcheck="false" placeholder="/home/me/Music" maxlength="4096"><button type="submit" class="main">Add</button></div>
</form>
</details>
<p class="trouble" id="library-trouble" role="alert"></p>
<label class="switch"><input type="checkbox" id="listens" role="switch" aria-describedby="listens-words"><span class="slide" aria-hidden="true"></span><span>Read the mood of songs from their sound</span></label>
<p class="small" id="listens-words"></p>
</section>`;

/** Shows why the requested player is not ready. */
function showMissing(requested, name) {
  const found = findPlayer(name);
  if (requested === name && !found?.ready) setText(query(name === "local" ? "#library-trouble" : "#spotify-trouble"), found?.message ?? "");
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
  browse(DROPPED);
}

function createUseButton(name) {
  const button = createElement("button", { type: "button", class: "main use", "data-use": name }, "Play here from now on");
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
  drawIcons(createSheet("sources", SHEET));
  for (const [name, part] of Object.entries(PARTS)) query(`${part}-words`).after(createUseButton(name));
  initSpotifyConnect();
  initLibrary();
  renderUse();
  subscribe(["players", "player"], renderUse);
}
