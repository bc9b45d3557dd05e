// A row of the list: cover, title, artist, length, and the details that hover, focus or a long press shows.

import { showCover } from "./cover.js";
import { createElement, query, setText } from "./dom.js";
import { createHeart, showHeart } from "./like-button.js";
import { createIcon } from "./icons.js";
import { sentence } from "./sentences.js";
import { clock } from "./time-format.js";

const LONG_PRESS = 500; // milliseconds
const SERVICES = { deezer: "Deezer", spotify: "Spotify" };

function linkTo(service, address, { title, artist }) {
  const name = sentence(address.includes("/search/") ? "row.find" : "row.open", { service: SERVICES[service] });
  const label = sentence("row.link", { text: name, title, artist });
  return createElement("a", { href: address, target: "_blank", rel: "noopener noreferrer", "aria-label": label }, name, createIcon("away"));
}

/** Links to the song on the services, as elements. */
function songLinks(song) {
  const links = Object.entries(song.links ?? { spotify: song.url }).filter(([service, address]) => SERVICES[service] && /^https:/.test(address ?? ""));
  return links.map(([service, address]) => linkTo(service, address, song));
}

const evidenceOf = ({ why, sure }) => [sure && sentence("row.sure", { percent: Math.round(sure * 100) }), why].filter(Boolean).join(" · ");

function secondLine(song) {
  return createElement("span", { class: "second" }, createElement("span", { class: "artist" }), createElement("span", { class: "evidence", "aria-hidden": "true" }, evidenceOf(song)));
}

function body(song, isPlayable) {
  const content = [
    createElement("span", { class: "tile", "aria-hidden": "true" }),
    createElement("span", { class: "song-words" }, createElement("span", { class: "title" }), secondLine(song), createElement("span", { class: "why" })),
    createElement("span", { class: "length" }),
  ];
  return isPlayable ? createElement("button", { type: "button", class: "song" }, ...content) : createElement("div", { class: "song" }, ...content);
}

function details(song, id) {
  const words = createElement("p", {}, evidenceOf(song));
  return createElement("div", { class: "details", id, hidden: "" }, words, createElement("p", { class: "links" }, ...songLinks(song)));
}

function moreButton({ title, artist }, id) {
  const label = sentence("row.about", { title, artist });
  return createElement("button", { type: "button", class: "icon more", "aria-label": label, "aria-expanded": "false", "aria-controls": id }, createIcon("more"));
}

/** Opens or closes the details of a row. */
function toggleDetails(row, isOpen = query(".details", row)?.hidden) {
  const panel = query(".details", row);
  if (!panel) return;
  panel.hidden = !isOpen;
  query(".more", row).setAttribute("aria-expanded", String(isOpen));
}

/** Escape closes the details that are open, and nothing else. */
function onEscape(row, event) {
  if (event.key !== "Escape" || query(".details", row)?.hidden !== false) return;
  event.stopPropagation();
  toggleDetails(row, false);
  query(".more", row).focus();
}

/** Calls the handler after a long touch, which then is no press. */
function onLongPress(element, handler) {
  let timer = 0;
  let held = false;
  const cancel = () => clearTimeout(timer);
  element.addEventListener("pointerdown", ({ pointerType }) => {
    held = false;
    if (pointerType === "touch") timer = setTimeout(() => { held = true; handler(); }, LONG_PRESS);
  });
  for (const name of ["pointerup", "pointercancel", "pointermove"]) element.addEventListener(name, cancel);
  element.addEventListener("contextmenu", (event) => { if (event.pointerType === "touch") event.preventDefault(); });
  element.addEventListener("click", (event) => { if (held) event.stopImmediatePropagation(); });
}

/** Writes what may change: names, cover, length, and `why` if it is not the reason of the whole list. */
export function updateRow(row, song, commonReason) {
  setText(query(".title", row), song.title);
  setText(query(".artist", row), song.artist);
  setText(query(".why", row), song.problem || (song.why === commonReason ? "" : song.why ?? ""));
  setText(query(".length", row), song.seconds ? clock(song.seconds) : "");
  showCover(query(".tile", row), song);
  if (query(".heart", row)) showHeart(query(".heart", row), song);
  row.toggleAttribute("data-missing", Boolean(song.problem));
  if (song.problem) toggleDetails(row, true);
}

/** Creates the row of a song; `onPlay` plays it, and `onLike`, if given, is the press of its heart. */
export function createRow(song, index, isPlayable, commonReason, onPlay, onLike) {
  const id = `details-${index}`;
  const content = body(song, isPlayable);
  const row = createElement("li", { "data-at": index, "data-playable": isPlayable }, content);
  if (onLike) row.append(createHeart(onLike));
  if (song.why || songLinks(song).length) row.append(moreButton(song, id), details(song, id));
  onLongPress(content, () => toggleDetails(row, true));
  if (isPlayable) content.addEventListener("click", onPlay);
  query(".more", row)?.addEventListener("click", () => toggleDetails(row));
  row.addEventListener("keydown", (event) => onEscape(row, event));
  updateRow(row, song, commonReason);
  return row;
}

/** Marks the current row of a list; index -1 marks none. */
export function markCurrent(list, current, isPlaying) {
  [...list.children].forEach((row, index) => {
    if (index === current) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
    row.dataset.playing = String(index === current && isPlaying);
  });
}

/** The reason that more than two thirds of the songs share, or an empty text. */
export function commonReason(songs) {
  const counts = new Map();
  for (const { why } of songs) if (why) counts.set(why, (counts.get(why) ?? 0) + 1);
  const [[reason, number] = ["", 0]] = [...counts].sort((a, b) => b[1] - a[1]);
  return number > 1 && 3 * number > 2 * songs.length ? reason : "";
}
