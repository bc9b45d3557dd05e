// Which players can be chosen, and what Spotify adds when it is connected.

import { get, post } from "./ask.js";
import { openSources } from "./connect.js";
import { find, make, write } from "./dom.js";
import { fillDevices } from "./spotify.js";
import { set, state, watch } from "./store.js";

const NAMES = { browser: "Spotify, on this page", spotify: "Spotify, on a device", local: "My own music" };

export async function fetchPlayers() {
  const { players, embed } = await get("/api/players").catch(() => ({ players: state.players, embed: state.embed }));
  const first = players.find(({ ready }) => ready);
  const still = players.some(({ name, ready }) => ready && name === state.player);
  set({ players, embed, player: still || !first ? state.player : first.name });
}

function options({ players, player }) {
  const names = players.map(({ name, ready }) => make("option", { value: name }, ready ? NAMES[name] : `${NAMES[name]} (set up)`));
  find("#player-name").replaceChildren(...names);
  find("#player-name").value = player;
}

const isReady = (name) => state.players.some((player) => player.name === name && player.ready);

function choose({ target }) {
  if (isReady(target.value)) {
    set({ player: target.value });
    return;
  }
  const wanted = target.value;
  target.value = state.player;
  openSources(wanted);
}

async function like() {
  const id = find("#song-list [aria-current]")?.dataset.at;
  const song = state.songs?.songs[id];
  if (!song?.spotify_id) return;
  await post("/api/spotify/like", { id: song.spotify_id }).then(
    () => write(find("#songs-done"), `${song.title} is among your liked songs.`),
    (error) => write(find("#player-trouble"), error.message),
  );
}

async function playlist() {
  if (find("#playlist").ariaDisabled) return;
  const { title, songs } = state.songs;
  const ids = songs.map(({ spotify_id: id }) => id).filter(Boolean);
  const done = find("#songs-done");
  const trouble = find("#songs-trouble");
  write(trouble, "");
  find("#playlist").ariaDisabled = "true"; // it keeps the focus
  try {
    const { url } = await post("/api/spotify/playlist", { name: title, ids });
    done.replaceChildren("Saved: ", make("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, "open the playlist"));
  } catch (error) {
    write(trouble, error.message);
  }
  find("#playlist").ariaDisabled = null;
}

function extras({ player, songs }) {
  const connected = isReady("spotify");
  find("#mine-label").hidden = !connected;
  find("#playlist").hidden = !connected || !songs?.songs.some(({ spotify_id: id }) => id);
  find("#like").hidden = !connected || player === "local";
  find("#device").hidden = true;
  if (connected && player === "spotify") fillDevices();
}

export function beginReady() {
  watch(["players", "player"], options);
  watch(["players", "player", "songs"], extras);
  watch(["songs"], () => { for (const told of ["#songs-done", "#songs-trouble"]) write(find(told), ""); });
  watch(["server"], ({ server }) => { if (server === "there") fetchPlayers(); });
  find("#player-name").addEventListener("change", choose);
  find("#like").addEventListener("click", like);
  find("#playlist").addEventListener("click", playlist);
}
