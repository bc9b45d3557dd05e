// The list of songs.

import { pickAgain } from "./choose.js";
import { find, icon, make, write } from "./dom.js";
import { state, watch } from "./store.js";

const SKELETON = 6;
let onPlay = () => {};

function cover({ cover: address }, place) {
  const tile = make("span", { class: "tile", "aria-hidden": "true" }, String(place + 1));
  if (!address) return tile;
  const image = make("img", { src: address, alt: "", loading: "lazy" });
  image.addEventListener("error", () => image.remove());
  tile.append(image);
  return tile;
}

function words({ artist, title, why }) {
  return make(
    "span", { class: "song-words" },
    make("span", { class: "title" }, title),
    make("span", { class: "artist" }, artist),
    make("span", { class: "why" }, why),
  );
}

function link({ url, spotify_id: known, title, artist }) {
  if (!url) return null;
  const name = known ? "On Spotify" : "Find on Spotify";
  const label = `${name}: ${title}, ${artist} (new tab)`;
  return make("a", { class: "icon", href: url, target: "_blank", rel: "noopener noreferrer", "aria-label": label, title: name }, icon("away"));
}

function row(song, place, playable) {
  const inside = [cover(song, place), words(song)];
  const body = playable ? make("button", { type: "button", class: "song" }, ...inside) : make("div", { class: "song" }, ...inside);
  if (playable) body.addEventListener("click", () => onPlay(place));
  return make("li", { "data-at": place, "data-playable": playable }, body, link(song));
}

const soundOf = (song, player) => (player === "local" ? song.file_id !== null : Boolean(song.spotify_id));

function busy({ songs, picking, songsTrouble }) {
  find("#song-list").setAttribute("aria-busy", String(picking));
  find("#songs-empty").hidden = Boolean(songs || picking || songsTrouble);
}

function draw({ songs, player }) {
  const list = find("#song-list");
  const held = list.contains(document.activeElement);
  find("#others").hidden = !songs;
  if (songs) {
    find("#songs-title").textContent = songs.title;
    list.replaceChildren(...songs.songs.map((song, place) => row(song, place, soundOf(song, player))));
    if (held) find("#songs-title").focus({ preventScroll: true });
  } else list.replaceChildren(...Array.from({ length: SKELETON }, () => make("li", { class: "skeleton", "aria-hidden": "true" })));
}

function trouble({ songsTrouble }) {
  const place = find("#songs-trouble");
  write(place, songsTrouble);
  if (!songsTrouble) return;
  const again = make("button", { type: "button" }, "Try again");
  again.addEventListener("click", () => { find("#songs-title").focus(); pickAgain(); });
  place.append(" ", again);
}

/** Marks the song that plays; -1 marks none. */
export function mark(place, playing) {
  [...find("#song-list").children].forEach((item, at) => {
    if (at === place) item.setAttribute("aria-current", "true");
    else item.removeAttribute("aria-current");
    item.dataset.playing = String(at === place && playing);
  });
}

export function beginSongs(play) {
  onPlay = play;
  draw(state);
  watch(["songs", "player"], draw);
  watch(["songs", "picking", "songsTrouble"], busy);
  watch(["songsTrouble"], trouble);
}

export { soundOf };
