// The list of songs of the app.

import { createElement, query, setText } from "../ui/dom.js";
import { sentence } from "../ui/sentences.js";
import { commonReason, createRow, markCurrent, updateRow } from "../ui/song-row.js";
import { libraryGapButtons } from "./empty-mood.js";
import { retrySongs } from "./song-requests.js";
import { state, subscribe } from "./store.js";

const PLACEHOLDERS = 6;
let onPlay = () => {};
let onLike = () => {};

/** Whether this player can play the song. With Deezer every song can be looked for. */
export function isPlayable(song, player) {
  if (song.problem) return false;
  if (player === "local") return song.file_id !== null;
  return player === "deezer" ? song.file_id === null : Boolean(song.spotify_id);
}

function renderBusy({ songs, loadingSongs, songsError }) {
  query("#song-list").setAttribute("aria-busy", String(loadingSongs));
  query("#songs-empty").hidden = Boolean(songs || loadingSongs || songsError);
}

function renderReason(songs) {
  const reason = commonReason(songs);
  setText(query("#songs-reason"), reason ? `${reason.replace(/\bit\b/, "these")}.` : "");
  return reason;
}

function renderSongs({ songs, player }) {
  const list = query("#song-list");
  const hadFocus = list.contains(document.activeElement);
  query("#shuffle").hidden = !songs;
  const reason = renderReason(songs?.songs ?? []);
  if (songs) {
    setText(query("#songs-title"), songs.title);
    list.replaceChildren(...songs.songs.map((song, index) => createRow(song, index, isPlayable(song, player), reason, () => onPlay(index), () => onLike(song))));
    if (hadFocus) query("#songs-title").focus({ preventScroll: true });
  } else list.replaceChildren(...Array.from({ length: PLACEHOLDERS }, () => createElement("li", { class: "skeleton", "aria-hidden": "true" })));
}

function renderError({ songsError, songsProblem }) {
  const line = query("#songs-error");
  setText(line, songsError);
  if (!songsError) return;
  if (songsProblem === "no_songs") {
    line.append(...libraryGapButtons());
    return;
  }
  const retry = createElement("button", { type: "button" }, sentence("songs.again"));
  retry.addEventListener("click", () => { query("#songs-title").focus(); retrySongs(); });
  line.append(" ", retry);
}

/** Shows what has been learned about a song of the list. */
export function updateSong(song) {
  const songs = state.songs?.songs ?? [];
  const row = query("#song-list").children[songs.indexOf(song)];
  if (row) updateRow(row, song, commonReason(songs));
}

/** Marks a song that this player does not have; its row says why. */
export function showMissing(song, message) {
  song.problem = message;
  updateSong(song);
}

export const markPlaying = (current, playing) => markCurrent(query("#song-list"), current, playing);

/** `play` gets the index of a song, `like` the song itself. */
export function initSongList(play, like) {
  onPlay = play;
  onLike = like;
  renderSongs(state);
  subscribe(["songs", "player"], renderSongs);
  subscribe(["songs"], () => { for (const line of ["#songs-done", "#songs-error"]) setText(query(line), ""); });
  subscribe(["songs", "loadingSongs", "songsError"], renderBusy);
  subscribe(["songsError"], renderError);
}
