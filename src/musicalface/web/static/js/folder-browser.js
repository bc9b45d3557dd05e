// The dialog in which the person finds a music folder; the program lists the folders.

import { createElement, query, setText } from "../ui/dom.js";
import { createIcon } from "../ui/icons.js";
import { sentence } from "../ui/sentences.js";
import { createSheet } from "../ui/sheet.js";
import { post } from "./api.js";

const SHEET = `
<p id="browser-note"></p>
<p class="error" id="browser-error" role="alert"></p>
<div class="here"><button type="button" class="icon" id="browser-up" data-icon="back" aria-label="{{folders.back}}" hidden></button><h3 id="browser-here" tabindex="-1"></h3></div>
<ul class="folder-list" id="browser-list"></ul>
<p class="small" id="browser-more"></p>
<div class="sheet-foot"><p class="small" id="browser-songs" role="status"></p><button type="button" class="main" id="browser-add" hidden>{{folders.add}}</button></div>`;
let here = null; // the last answer
let requestNumber = 0;
let addFolder = async () => {};

const showError = (message) => setText(query("#browser-error"), message);

function folderItem({ name, path }) {
  const button = createElement("button", { type: "button", class: "plain" }, createIcon("folder"), createElement("span", {}, name));
  button.addEventListener("click", () => show(path));
  return createElement("li", {}, button);
}

function render(listing) {
  here = listing;
  const { folder, folders, songs, more } = listing;
  setText(query("#browser-here"), folder ?? sentence("folders.places"));
  query("#browser-list").replaceChildren(...folders.map(folderItem));
  setText(query("#browser-more"), more ? sentence("folders.more") : folders.length ? "" : sentence("folders.empty"));
  setText(query("#browser-songs"), folder && songs ? sentence("folders.files", { count: songs }) : "");
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
  createSheet("browser", "folders.title", SHEET);
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
