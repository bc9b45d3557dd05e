// What a connected Spotify account adds: saving the list as a playlist, and liked songs first. Loaded once it is connected.

import { createElement, query, setText } from "../ui/dom.js";
import { sentence } from "../ui/sentences.js";
import { post } from "./api.js";
import { isReady } from "./players.js";
import { state, subscribe } from "./store.js";

async function savePlaylist() {
  if (query("#playlist").ariaDisabled) return;
  const { title, songs } = state.songs;
  const ids = songs.map(({ spotify_id: id }) => id).filter(Boolean);
  const status = query("#songs-done");
  const errorLine = query("#songs-error");
  setText(errorLine, "");
  query("#playlist").ariaDisabled = "true"; // unlike "disabled", this keeps the focus
  try {
    const { url } = await post("/api/spotify/playlist", { name: title, ids });
    status.replaceChildren(`${sentence("songs.saved")} `, createElement("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, sentence("songs.open_playlist")));
  } catch (error) {
    setText(errorLine, error.message);
  }
  query("#playlist").ariaDisabled = null;
}

function render({ songs }) {
  const connected = isReady("spotify");
  query("#liked-first-label").hidden = !connected;
  query("#playlist").hidden = !connected || !songs?.songs.some(({ spotify_id: id }) => id);
}

export function initAccountButtons() {
  query("#playlist").addEventListener("click", savePlaylist);
  subscribe(["players", "songs"], render);
  render(state);
}
