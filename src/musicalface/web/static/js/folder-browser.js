// The dialog in which the person finds a music folder; the program lists the folders.

import { createElement, createSheet, query, setText } from "../ui/dom.js";
import { createIcon, drawIcons } from "../ui/icons.js";
import { post } from "./api.js";
import { count } from "./text-format.js";

const TITLE = "Choose a music folder";
const PLACES = "Where is your music?";
const EMPTY = "No folders in here.";
const MORE = "There are more folders. Enter the path of another one instead.";
const SHEET = `
<div class="sheet-top"><h2 id="browser-title">${TITLE}</h2><button type="button" class="icon" data-close data-icon="close" aria-label="Close"></button></div>
<p id="browser-note"></p>
<p class="trouble" id="browser-trouble" role="alert"></p>
<div class="here"><button type="button" class="icon" id="browser-up" data-icon="back" aria-label="Back" hidden></button><h3 id="browser-here" tabindex="-1"></h3></div>
<ul class="folder-list" id="browser-list"></ul>
<p class="small" id="browser-more"></p>
<div class="sheet-foot"><p class="small" id="browser-songs" role="status"></p><button type="button" class="main" id="browser-add" hidden>Add this folder</button></div>`;
let here = null; // the last answer
let requestNumber = 0;
let addFolder = async () => {};

const showError = (message) => setText(query("#browser-trouble"), message);

function folderItem({ name, path }) {
  const button = createElement("button", { type: "button", class: "plain" }, createIcon("folder"), createElement("span", {}, name));
  button.addEventListener("click", () => show(path));
  return createElement("li", {}, button);
}

function render(listing) {
  here = listing;
  const { folder, folders, songs, more } = listing;
  setText(query("#browser-here"), folder ?? PLACES);
  query("#browser-list").replaceChildren(...folders.map(folderItem));
  setText(query("#browser-more"), more ? MORE : folders.length ? "" : EMPTY);
  setText(query("#browser-songs"), folder && songs ? `${count(songs, "sound file", "sound files")} here, and all in the folders inside.` : "");
  query("#browser-up").hidden = !folder;
  query("#browser-add").hidden = !folder;
}

/** Lists a folder; without one, the places to start at. A folder that can't be read leaves the list as it was. */
async function show(folder = "") {
  requestNumber += 1;
  const thisRequest = requestNumber;
  try {
    const listing = await post("/api/library/browse", { folder });
    if (thisRequest !== requestNumber) return;
    showError("");
    render(listing);
    query("#browser-here").focus({ preventScroll: true });
    query("#browser").scrollTo(0, 0);
  } catch (error) {
    if (thisRequest === requestNumber) showError(error.message);
  }
}

async function addHere() {
  try {
    await addFolder(here.folder);
    query("#browser").close();
  } catch (error) {
    showError(error.message);
  }
}

function createBrowser() {
  drawIcons(createSheet("browser", SHEET));
  query("#browser-up").addEventListener("click", () => show(here.parent ?? ""));
  query("#browser-add").addEventListener("click", addHere);
}

/** Opens the dialog; `add` gets the path of the folder that the person chose, and throws if it can't be added. */
export function openFolderBrowser(add, note = "") {
  if (!query("#browser")) createBrowser();
  addFolder = add;
  showError("");
  setText(query("#browser-note"), note);
  if (!query("#browser").open) query("#browser").showModal();
  show();
}
