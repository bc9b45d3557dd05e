// What stands beside the time: whether a song is a preview, and the way to whole songs.

import { createElement } from "../ui/dom.js";
import { sentence } from "../ui/sentences.js";
import { choosePlayer, isReady } from "./players.js";
import { openSheet } from "./sheet-loader.js";
import { state } from "./store.js";

const PREVIEW_SECONDS = 31;

function linkTo(address, text, { title }) {
  return createElement("a", { href: address, target: "_blank", rel: "noopener noreferrer", "aria-label": sentence("bar.link", { text, title }) }, text);
}

function spotifyButton() {
  const button = createElement("button", { type: "button", class: "link", "aria-label": sentence("bar.with_spotify") }, "Spotify");
  button.addEventListener("click", () => (isReady("spotify") ? choosePlayer("spotify") : openSheet("sources", "spotify")));
  return button;
}

function describePreview(song) {
  const deezer = song.link ?? song.links?.deezer;
  const links = deezer ? [linkTo(deezer, "Deezer", song), " · ", spotifyButton()] : [spotifyButton()];
  return [`${sentence("bar.preview")} ${sentence("bar.whole")} `, ...links];
}

/** Spotify's embedded player knows whether the browser is logged in; the length of the song shows it. */
function describeEmbed(song, duration) {
  if (duration > PREVIEW_SECONDS) return [];
  const login = song.url ? [` ${sentence("bar.whole_songs")} `, linkTo(song.url, sentence("bar.log_in"), song)] : [];
  return [sentence(duration > 0 ? "bar.preview" : "bar.previews"), ...login];
}

/** Returns the content of the line for a song of this length (seconds, 0: unknown) on the current player. */
export function describePlayback(song, duration) {
  if (state.player === "deezer") return describePreview(song);
  return state.player === "browser" ? describeEmbed(song, duration) : [];
}
