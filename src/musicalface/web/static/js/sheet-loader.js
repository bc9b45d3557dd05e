// The sheets of the page, loaded when they are first opened.

import { query } from "../ui/dom.js";
import { afterSentences, loadPart } from "./load-part.js";
import { subscribe } from "./store.js";

const STYLES = ["/static/ui/style/sheet.css", "/static/style/dialogs.css"];
const SETTINGS_STYLES = [...STYLES, "/static/style/settings.css"];
const LOADERS = {
  sources: () => loadPart(afterSentences(() => import("./music-sources.js")), ...STYLES),
  share: () => loadPart(afterSentences(() => import("./share-sheet.js")), ...STYLES),
  history: () => loadPart(afterSentences(() => import("./history-sheet.js")), ...STYLES),
  settings: () => loadPart(afterSentences(() => import("./settings-sheet.js")), ...SETTINGS_STYLES),
  help: () => loadPart(afterSentences(() => import("./help-sheet.js")), ...SETTINGS_STYLES),
  players: () => loadPart(afterSentences(() => import("./player-chooser.js")), ...STYLES),
  sorter: () => loadPart(afterSentences(() => import("./mood-assignment.js")), ...STYLES),
};
const BUTTONS = ["sources", "share", "history", "settings", "help"];

/** Resolves to the module of a sheet; null if it does not load. */
export const loadSheet = (name) => LOADERS[name]();

/** Opens a sheet; `detail` is for its open(). */
export const openSheet = async (name, detail) => (await loadSheet(name))?.open(detail);

export function initSheets() {
  for (const name of BUTTONS) query(`#open-${name}`).addEventListener("click", () => openSheet(name));
  subscribe(["songs"], ({ songs }) => { query("#open-share").hidden = !songs?.songs.length; });
}
