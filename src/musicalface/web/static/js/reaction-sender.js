// Sends the votes of the face to the program, which keeps them until it ends, and says so on the page.

import { announce, createElement, query } from "../ui/dom.js";
import { catalogName } from "../ui/catalog-name.js";
import { sentence } from "../ui/sentences.js";
import { post } from "./api.js";
import { ReactionDetector } from "./reaction-detector.js";
import { state, subscribe } from "./store.js";

const SHOWN = 8000; // milliseconds
const detector = new ReactionDetector();
let isStarted = false;
let song = null;
let timer = 0;

const seconds = () => performance.now() / 1000;
const isOn = () => Boolean(state.settings?.reactions) && ["watching", "locked"].includes(state.phase);

function hide() {
  clearTimeout(timer);
  query("#reaction")?.remove();
}

function show(text, undo) {
  hide();
  const button = createElement("button", { type: "button", class: "link" }, sentence("reactions.undo"));
  button.addEventListener("click", () => { hide(); undo(); });
  query("#player").append(createElement("p", { class: "status", id: "reaction" }, text, " ", button));
  announce(text);
  timer = setTimeout(hide, SHOWN);
}

const send = (about, likes) => post("/api/reactions", { artist: catalogName(about).artist, evidence: about.evidence ?? "", likes });

async function vote(about, likes) {
  if (!about?.mood) return; // what others play on Spotify
  const isSent = await send(about, likes).then(() => true, () => false);
  if (isSent) show(sentence(likes ? "reactions.smiled" : "reactions.frowned"), () => send(about, !likes).catch(() => {}));
}

function follow({ barSong, playing }) {
  if (barSong !== song) detector.startSong(seconds());
  song = barSong;
  detector.setPlaying(playing, seconds());
}

export function start() {
  if (isStarted) return;
  isStarted = true;
  follow(state);
  subscribe(["barSong", "playing"], follow);
  subscribe(["reading"], ({ reading }) => { if (isOn() && detector.add(reading?.expressions ?? null, seconds())) vote(song, true); });
  subscribe(["skips"], () => { if (isOn() && detector.next(seconds())) vote(song, false); });
}
