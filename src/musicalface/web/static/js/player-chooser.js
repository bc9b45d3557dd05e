// The sheet in which the person chooses where songs play, and what is sent for it.

import { createElement, query, queryAll, setText } from "../ui/dom.js";
import { sentence } from "../ui/sentences.js";
import { createSheet } from "../ui/sheet.js";
import { fillDevices } from "./devices.js";
import { choosePlayer, isReady, refreshPlayers } from "./players.js";
import { changeSettings } from "./settings.js";
import { openSheet } from "./sheet-loader.js";
import { setState, state, subscribe } from "./store.js";

const SETUP = { spotify: sentence("players.connect"), local: sentence("players.add_folder") };
const SHEET = `
<fieldset class="choices" id="choices"><legend class="visually-hidden">{{players.title}}</legend></fieldset>
<p class="device" id="device-choice" hidden><label for="device">{{players.device}}</label><select id="device"></select></p>
<section aria-labelledby="sent-title">
<h3 id="sent-title">{{players.sent}}</h3>
<label class="switch"><input type="checkbox" id="covers" role="switch" aria-describedby="covers-words"><span class="switch-track" aria-hidden="true"></span><span>{{players.covers}}</span></label>
<p class="small" id="covers-words">{{players.covers_more}}</p>
<label class="switch"><input type="checkbox" id="offline" role="switch" aria-describedby="offline-words"><span class="switch-track" aria-hidden="true"></span><span>{{players.offline}}</span></label>
<p class="small" id="offline-words">{{players.offline_more}}</p>
<p class="error" id="settings-error" role="alert"></p>
</section>`;

const stateOf = ({ name, state: words, message }) => (name === "spotify" && state.device && isReady(name) ? state.device : words ?? message ?? sentence("players.ready"));

function choiceText(player) {
  return createElement("span", {}, createElement("strong", {}, player.label ?? player.name), createElement("span", { class: "small" }, stateOf(player)));
}

function choice(player) {
  const radio = createElement("input", { type: "radio", name: "player", value: player.name });
  radio.checked = player.name === state.player;
  radio.disabled = !player.ready;
  radio.addEventListener("change", () => choosePlayer(player.name));
  const row = createElement("div", { class: "choice" }, createElement("label", {}, radio, choiceText(player)));
  if (!player.ready && SETUP[player.name]) row.append(setupButton(player.name));
  return row;
}

function setupButton(name) {
  const button = createElement("button", { type: "button" }, SETUP[name]);
  button.addEventListener("click", () => {
    query("#players").close();
    openSheet("sources", name);
  });
  return button;
}

/** Lists the players again, and keeps the focus on the chosen one. */
function renderChoices({ players }) {
  const hadFocus = query("#choices").contains(document.activeElement);
  queryAll(".choice", query("#choices")).forEach((row) => row.remove());
  query("#choices").append(...players.map(choice));
  if (hadFocus) query("#choices :checked")?.focus();
}

async function renderDevices() {
  if (state.player !== "spotify" || !isReady("spotify")) query("#device-choice").hidden = true;
  const isAsked = isReady("spotify") && (state.player === "spotify" || query("#players").open);
  setState({ device: isAsked ? await fillDevices() : "" });
  if (state.player !== "spotify") query("#device-choice").hidden = true;
  renderChoices(state);
}

function renderSettings({ settings }) {
  if (!settings) return;
  query("#covers").checked = settings.covers && !settings.offline;
  query("#covers").disabled = settings.offline;
  query("#offline").checked = settings.offline;
  query("#offline").disabled = settings.offline_by_environment;
}

async function change(changes) {
  setText(query("#settings-error"), await changeSettings(changes));
  await refreshPlayers();
}

/** Creates the sheet, which then follows the devices of the person's Spotify. */
export function createChooser() {
  if (query("#players")) return;
  createSheet("players", "players.title", SHEET);
  query("#covers").addEventListener("change", ({ target }) => change({ covers: target.checked }));
  query("#offline").addEventListener("change", ({ target }) => change({ offline: target.checked }));
  query("#device").addEventListener("change", renderDevices);
  subscribe(["players", "player"], renderDevices);
  subscribe(["settings"], renderSettings);
  renderSettings(state);
  renderDevices();
}

export function open() {
  createChooser();
  query("#players").showModal();
  refreshPlayers();
  renderDevices();
}
