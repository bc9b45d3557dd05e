// Connecting Spotify, in the dialog of music sources.

import { get, post } from "./ask.js";
import { find, pause, write } from "./dom.js";
import { showLibrary } from "./library.js";
import { fetchPlayers } from "./ready.js";
import { state as page } from "./store.js";

const WORDS = {
  logged_out: "Not connected.",
  waiting: "Waiting for you to agree on Spotify’s page.",
  failed: "Not connected.",
};
let following = false;
let turn = 0;

function draw({ state, message, name, redirect, dashboard, knows_client_id: known }) {
  const inside = state === "logged_in";
  find("#spotify").dataset.spotify = state;
  write(find("#spotify-words"), inside ? `Connected${name ? ` as ${name}` : ""}.` : WORDS[state]);
  write(find("#spotify-trouble"), message ?? "");
  find("#spotify-form").hidden = inside || state === "waiting";
  find("#logout").hidden = !inside;
  if (state !== "waiting") find("#spotify-open").hidden = true;
  find("#redirect").textContent = redirect;
  find("#dashboard").href = dashboard;
  find("#client-id").required = !known;
  find("#client-id").placeholder = known ? "The one you gave last time" : "";
}

async function look() {
  turn += 1;
  const mine = turn;
  const now = await get("/api/spotify");
  if (mine === turn) draw(now);
  return now.state;
}

const trouble = (error) => write(find("#spotify-trouble"), error.message);

async function follow() {
  if (following) return;
  following = true;
  try {
    while ((await look()) === "waiting") await pause(1000);
    await fetchPlayers();
  } catch (error) {
    trouble(error);
  }
  following = false;
}

async function login(event) {
  event.preventDefault();
  const tab = window.open("about:blank", "_blank"); // at once, or the browser takes it for an advertisement
  try {
    const { address } = await post("/api/spotify/login", { client_id: find("#client-id").value.trim() });
    find("#spotify-address").href = address;
    find("#spotify-open").hidden = false;
    if (tab) {
      tab.opener = null;
      tab.location.replace(address);
    }
    follow();
  } catch (error) {
    tab?.close();
    trouble(error);
  }
}

async function logout() {
  try {
    const now = await post("/api/spotify/logout");
    turn += 1; // an answer that is still on its way knows nothing of it
    draw(now);
    await fetchPlayers();
  } catch (error) {
    trouble(error);
  }
}

async function copy() {
  await navigator.clipboard.writeText(find("#redirect").textContent).then(
    () => write(find("#copy-redirect"), "Copied"),
    () => getSelection().selectAllChildren(find("#redirect")),
  );
}

/** Says what a player still lacks. */
function lack(wanted, name) {
  const found = page.players.find((player) => player.name === name);
  if (wanted === name && !found?.ready) write(find(name === "local" ? "#library-trouble" : "#spotify-trouble"), found?.message ?? "");
}

/** Opens the dialog; `wanted` is the name of a player that is not ready. */
export function openSources(wanted) {
  find("#sources").showModal();
  follow().then(() => lack(wanted, "spotify"));
  showLibrary().then(() => lack(wanted, "local"));
}

export function beginConnect() {
  find("#open-sources").addEventListener("click", () => openSources());
  find("#spotify-form").addEventListener("submit", login);
  find("#logout").addEventListener("click", logout);
  find("#copy-redirect").addEventListener("click", copy);
}
