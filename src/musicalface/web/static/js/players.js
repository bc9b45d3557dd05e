// The players that this computer has: which are ready, which is in use, and the choice of another.

import { get, put } from "./api.js";
import { loadPart, once } from "./load-part.js";
import { setState, state, subscribe } from "./store.js";

let isSettled = false; // the first answer decides which player is in use

export const findPlayer = (name) => state.players.find((player) => player.name === name);
export const isReady = (name) => Boolean(findPlayer(name)?.ready);

/** The ready players other than the one in use. */
export const otherPlayers = () => state.players.filter(({ name, ready }) => ready && name !== state.player);

/** Plays with this player from now on; the program remembers it. */
export function choosePlayer(name) {
  setState({ player: name });
  put("/api/settings", { player: name }).catch(() => {}); // it then holds until the program ends
}

/** Fetches the players; a player that is not ready any more gives way to the one that the program suggests. */
export async function refreshPlayers() {
  const answer = await get("/api/players").catch(() => null);
  if (!answer) return;
  const { players, embed, player: suggested } = answer;
  const stays = isSettled && players.some(({ name, ready }) => ready && name === state.player);
  isSettled = true;
  setState({ players, embed, player: stays ? state.player : suggested ?? players.find(({ ready }) => ready)?.name ?? state.player });
}

const addAccountButtons = once(async () => {
  const buttons = await loadPart(import("./spotify-account-buttons.js"));
  buttons?.initAccountButtons();
  return buttons;
});

export function initPlayers() {
  subscribe(["players"], () => { if (isReady("spotify")) addAccountButtons(); });
  subscribe(["server"], ({ server }) => { if (server === "ready") refreshPlayers(); });
}
