// The library in the dialog of music sources: finds, adds, scans and removes music folders.

import { del, get, post } from "./api.js";
import { query, createElement, delay, setText } from "../ui/dom.js";
import { sentence } from "../ui/sentences.js";
import { initListening, renderListening } from "./sound-analysis.js";
import { loadPart } from "./load-part.js";
import { refreshPlayers } from "./players.js";
import { openSheet } from "./sheet-loader.js";

const POLL_INTERVAL = 1000; // milliseconds

let pollNumber = 0;
let lastRendered = "";
let requestNumber = 0;

function folderSummary({ songs, unknown, unreadable }) {
  const unsorted = unknown ? ` ${sentence("library.unsorted", { count: unknown })}` : "";
  const failed = unreadable ? `, ${sentence("library.unreadable", { count: unreadable })}` : "";
  return `${sentence("count.songs", { count: songs })}${unsorted}${failed}`;
}

function folderButton(label, { path }, change) {
  const button = createElement("button", { type: "button", class: "plain", "aria-label": `${label} ${path}` }, label);
  button.addEventListener("click", () => applyChange(change({ folder: path })));
  return button;
}

function folderItem(folder) {
  const text = createElement("p", {}, createElement("strong", {}, folder.path), createElement("span", {}, folderSummary(folder)));
  const again = folderButton(sentence("library.scan_again"), folder, (body) => post("/api/library", body));
  const remove = folderButton(sentence("library.remove"), folder, (body) => del("/api/library", body));
  return createElement("li", {}, text, createElement("div", {}, again, remove));
}

function librarySummary({ folders, scanning }) {
  const playable = folders.reduce((sum, { songs, unknown }) => sum + songs - unknown, 0);
  if (scanning) return sentence("library.scanning", { count: scanning.files });
  return folders.length ? sentence("library.ready", { count: playable }) : sentence("library.empty");
}

const showError = (message) => setText(query("#library-error"), message);

/** Renders the folders only after a change, so that a focused button keeps the focus. */
function renderFolders(folders) {
  const serialized = JSON.stringify(folders);
  if (serialized === lastRendered) return;
  lastRendered = serialized;
  query("#folders").replaceChildren(...folders.map(folderItem));
}

function renderSuggestion({ suggestion, scanning }) {
  query("#suggestion").hidden = !suggestion || Boolean(scanning);
  setText(query("#suggestion-path"), suggestion ?? "");
}

function render(library) {
  renderFolders(library.folders);
  renderSuggestion(library);
  query("#sort-songs").hidden = library.songs === 0;
  setText(query("#library-words"), librarySummary(library));
  if (!library.scanning) showError(library.message ?? ""); // an earlier error stays until the scan ends
  query("#library").dataset.scanning = String(Boolean(library.scanning));
  query("#stop-scan").hidden = !library.scanning;
  renderListening(library);
}

async function refresh() {
  requestNumber += 1;
  const thisRequest = requestNumber;
  const library = await get("/api/library");
  if (thisRequest === requestNumber) render(library);
  return library;
}

function activityOf({ scanning, listening }) {
  if (scanning) return "scanning";
  return listening ? "listening" : "";
}

/** Shows the library while it is scanned, and, while the dialog is open, listened to. */
async function follow(isLatest) {
  for (let last = null, activity = null; activity !== "" && isLatest(); last = activity) {
    activity = activityOf(await refresh());
    if (activity !== "scanning" && activity !== last) await refreshPlayers();
    if (activity === "listening" && !query("#sources").open) return;
    if (activity) await delay(POLL_INTERVAL);
  }
}

/** Shows the library, and its changes until it is idle; a later call takes over. */
export async function pollLibrary() {
  pollNumber += 1;
  const thisPoll = pollNumber;
  await follow(() => thisPoll === pollNumber).catch((error) => showError(error.message));
}

async function applyChange(request) {
  try {
    await request;
    await pollLibrary();
  } catch (error) {
    showError(error.message);
  }
}

async function addFolder(folder) {
  await post("/api/library", { folder });
  showError("");
  pollLibrary();
}

/** Opens the list of this computer's folders, with a note. */
export async function browse(note = "") {
  const browser = await loadPart(import("./folder-browser.js"));
  browser?.openFolderBrowser(addFolder, note);
}

async function sortSongs() {
  await openSheet("sorter", () => { refreshPlayers(); pollLibrary(); });
}

async function submitPath(event) {
  event.preventDefault();
  const folder = query("#folder").value.trim();
  try {
    if (!folder) throw new Error(sentence("library.no_path"));
    await addFolder(folder);
    query("#folder").value = "";
  } catch (error) {
    showError(error.message);
  }
}

/** A listener that shows the error if its work fails. */
const orError = (work) => () => work().catch((error) => showError(error.message));

export function initLibrary() {
  initListening(applyChange);
  query("#stop-scan").addEventListener("click", () => applyChange(post("/api/library/stop")));
  query("#suggestion-add").addEventListener("click", orError(() => addFolder(query("#suggestion-path").textContent)));
  query("#browse-folders").addEventListener("click", orError(() => browse()));
  query("#sort-songs").addEventListener("click", orError(sortSongs));
  query("#library-form").addEventListener("submit", submitPath);
}
