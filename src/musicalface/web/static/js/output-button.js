// The button of the player bar that says where songs play, and opens the sheet to choose it.

import { createElement, query, setText } from "../ui/dom.js";
import { createIcon } from "../ui/icons.js";
import { sentence } from "../ui/sentences.js";
import { findPlayer, isReady } from "./players.js";
import { loadSheet, openSheet } from "./sheet-loader.js";
import { subscribe } from "./store.js";

function render({ player, device }) {
  const label = findPlayer(player)?.label ?? sentence("bar.sound");
  setText(query("#output-name"), player === "spotify" && device ? `${label}: ${device}` : label);
}

/** Only the person's Spotify has devices; the sheet knows them. */
async function followDevices({ player }) {
  if (player === "spotify" && isReady(player)) (await loadSheet("players"))?.createChooser();
}

export function initOutputButton() {
  const button = createElement("button", { type: "button", class: "output", id: "output", "aria-haspopup": "dialog" });
  button.append(createElement("span", { class: "visually-hidden" }, `${sentence("bar.with")} `), createElement("span", { id: "output-name" }), createIcon("down"));
  button.addEventListener("click", () => openSheet("players"));
  query("#player .side").append(button);
  subscribe(["players", "player", "device"], render);
  subscribe(["players", "player"], followDevices);
}
