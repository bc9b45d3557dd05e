// The sheets of the header, loaded when they are first opened.

import { createElement, query } from "../ui/dom.js";
import { setState, subscribe } from "./store.js";

const LOADERS = {
  share: () => import("./share-sheet.js"),
  evening: () => import("./history-sheet.js"),
  settings: () => withStyle(import("./settings-sheet.js")),
  help: () => withStyle(import("./help-sheet.js")),
};
let style = null;

function loadStyle() {
  style ??= new Promise((resolve, reject) => {
    const link = createElement("link", { rel: "stylesheet", href: "/static/style/settings.css" });
    link.addEventListener("load", resolve);
    link.addEventListener("error", reject);
    document.head.append(link);
  });
  return style;
}

const withStyle = (module) => Promise.all([module, loadStyle()]).then(([sheet]) => sheet);

async function openSheet(name) {
  const sheet = await LOADERS[name]().catch(() => null);
  if (sheet) sheet.open();
  else setState({ server: "unreachable" }); // the page says so, and looks for the program
}

export function initSheets() {
  for (const name of Object.keys(LOADERS)) query(`#open-${name}`).addEventListener("click", () => openSheet(name));
  subscribe(["songs"], ({ songs }) => { query("#open-share").hidden = !songs?.songs.length; });
}
