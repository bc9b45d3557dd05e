// Asks once whether the face may vote on songs. Until the person agrees, nothing of it is loaded.

import { createElement, query, setText } from "../ui/dom.js";
import { sentence } from "../ui/sentences.js";
import { loadPart } from "./load-part.js";
import { changeSettings } from "./settings.js";
import { state, subscribe } from "./store.js";

const isCameraOn = ({ phase }) => ["watching", "locked"].includes(phase);

/** Asks when there are songs, not when one begins to play: the rows must not move then. */
function renderQuestion(now) {
  query("#reactions-question").hidden = !(now.settings?.reactions === null && isCameraOn(now) && now.songs);
}

async function startVotes({ settings }) {
  if (settings?.reactions) (await loadPart(import("./reaction-sender.js")))?.start();
}

function answer(reactions) {
  const button = createElement("button", { type: "button", class: "link" }, sentence(reactions ? "reactions.yes" : "reactions.no"));
  button.addEventListener("click", async () => {
    query("#songs-title").focus({ preventScroll: true });
    setText(query("#songs-error"), await changeSettings({ reactions }));
  });
  return button;
}

export function initReactions() {
  const line = createElement("p", { class: "question", id: "reactions-question", hidden: "" }, `${sentence("reactions.question")} `, answer(true), " · ", answer(false));
  query("#covers-question").after(line);
  subscribe(["settings", "phase", "songs"], renderQuestion);
  subscribe(["settings"], startVotes);
  startVotes(state);
}
