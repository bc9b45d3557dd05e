// The Spotify login in the dialog of music sources.

import { get, post } from "./api.js";
import { query, delay, setText } from "../ui/dom.js";
import { sentence } from "../ui/sentences.js";
import { refreshPlayers } from "./players.js";

let polling = false;
let requestNumber = 0;

function statusOf(state, name) {
  if (state === "logged_in") return name ? sentence("sources.connected_as", { name }) : sentence("sources.connected");
  return sentence(state === "waiting" ? "sources.waiting" : "sources.not_connected");
}

function render({ state, message, name, redirect, dashboard, knows_client_id: known }) {
  const isConnected = state === "logged_in";
  query("#spotify").dataset.spotify = state;
  setText(query("#spotify-words"), statusOf(state, name));
  setText(query("#spotify-error"), message ?? "");
  query("#spotify-form").hidden = isConnected || state === "waiting";
  query("#logout").hidden = !isConnected;
  if (state !== "waiting") query("#spotify-open").hidden = true;
  query("#redirect").textContent = redirect;
  query("#dashboard").href = dashboard;
  query("#client-id").required = !known;
  query("#client-id").placeholder = known ? sentence("sources.known_client_id") : "";
}

async function refresh() {
  requestNumber += 1;
  const thisRequest = requestNumber;
  const login = await get("/api/spotify");
  if (thisRequest === requestNumber) render(login);
  return login.state;
}

const showError = (error) => setText(query("#spotify-error"), error.message);

/** Shows the state of the login, and polls it while Spotify waits for the person. */
export async function pollSpotify() {
  if (polling) return;
  polling = true;
  try {
    while ((await refresh()) === "waiting") await delay(1000);
    await refreshPlayers();
  } catch (error) {
    showError(error);
  }
  polling = false;
}

async function startLogin(event) {
  event.preventDefault();
  const tab = window.open("about:blank", "_blank"); // synchronous with the click, or the browser blocks it as a pop-up
  try {
    const { address } = await post("/api/spotify/login", { client_id: query("#client-id").value.trim() });
    query("#spotify-address").href = address;
    query("#spotify-open").hidden = false;
    if (tab) {
      tab.opener = null;
      tab.location.replace(address);
    }
    pollSpotify();
  } catch (error) {
    tab?.close();
    showError(error);
  }
}

async function logout() {
  try {
    const login = await post("/api/spotify/logout");
    requestNumber += 1; // ignore the answer to a poll that is still running
    render(login);
    await refreshPlayers();
  } catch (error) {
    showError(error);
  }
}

async function copyRedirect() {
  await navigator.clipboard.writeText(query("#redirect").textContent).then(
    () => setText(query("#copy-redirect"), sentence("sources.copied")),
    () => getSelection().selectAllChildren(query("#redirect")),
  );
}

export function initSpotifyConnect() {
  query("#spotify-form").addEventListener("submit", startLogin);
  query("#logout").addEventListener("click", logout);
  query("#copy-redirect").addEventListener("click", copyRedirect);
}
