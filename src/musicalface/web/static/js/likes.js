// The heart of a song. The program keeps it, without any account; with Spotify connected, it adds the song there too.

import { query, setText } from "../ui/dom.js";
import { catalogName, identityOf } from "../ui/catalog-name.js";
import { createHeart, showHeart } from "../ui/like-button.js";
import { sentence } from "../ui/sentences.js";
import { post, put } from "./api.js";
import { isReady } from "./players.js";
import { updateSong } from "./song-list.js";
import { state, subscribe } from "./store.js";

let sending = Promise.resolve(); // one request after another, so that the last press counts

/** Shows the heart of a song wherever the song stands. */
export function showLiked(song, liked) {
  const identity = identityOf(song);
  const shown = [...(state.songs?.songs ?? []), state.barSong].filter((each) => each && identityOf(each) === identity);
  for (const each of new Set([song, ...shown])) {
    each.liked = liked;
    updateSong(each);
  }
  renderBarHeart(state);
}

async function sendToSpotify({ spotify_id: id }, liked) {
  if (!id || !isReady("spotify")) return;
  if (liked) await post("/api/spotify/like", { id });
  setText(query("#songs-done"), sentence(liked ? "songs.on_spotify" : "songs.stays_on_spotify"));
}

async function send(song, liked) {
  const { artist, title } = catalogName(song);
  try {
    await put("/api/likes", { artist, title, liked });
  } catch (error) {
    if (song.liked === liked) showLiked(song, !liked);
    throw error;
  }
  await sendToSpotify(song, liked);
}

/** Fills or empties the heart at once; takes it back if the program can't keep it. */
export function toggleLike(song) {
  const liked = !song.liked;
  showLiked(song, liked);
  setText(query("#player-error"), "");
  sending = sending.then(() => send(song, liked)).catch((error) => setText(query("#player-error"), error.message));
}

function renderBarHeart({ barSong }) {
  query("#like").hidden = !barSong;
  if (barSong) showHeart(query("#like"), barSong);
}

export function initLikes() {
  const heart = createHeart(() => { if (state.barSong) toggleLike(state.barSong); });
  heart.id = "like";
  heart.hidden = true;
  query("#player .now").append(heart);
  subscribe(["barSong"], renderBarHeart);
}
