// Loads a part of the page before its first use: a module, its sentences and its style sheets.

import { createElement, query } from "../ui/dom.js";
import { addSentences } from "../ui/sentences.js";
import { get } from "./api.js";
import { setState } from "./store.js";

const styles = new Map(); // promises, by the address of the style sheet
let sentences = null; // a promise of those that the page did not have at first

function requestStyle(address) {
  return new Promise((resolve, reject) => {
    const link = createElement("link", { rel: "stylesheet", href: address });
    link.addEventListener("load", resolve);
    link.addEventListener("error", () => {
      link.remove();
      styles.delete(address); // it may come the next time
      reject(new Error(address));
    });
    query("link[href$='contrast.css']").before(link); // contrast.css overrides all others
  });
}

function loadStyle(address) {
  if (!styles.has(address)) styles.set(address, requestStyle(address));
  return styles.get(address);
}

/** Loads the other sentences, and then the module, which needs them. */
export async function afterSentences(load) {
  sentences ??= get("/static/sentences.json").then(addSentences);
  await sentences.catch((error) => { sentences = null; throw error; });
  return load();
}

/** Resolves to the module, or to null if the program has ended; the page then says so, and looks for the program. */
export async function loadPart(module, ...addresses) {
  try {
    const [part] = await Promise.all([module, ...addresses.map(loadStyle)]);
    return part;
  } catch {
    setState({ server: "unreachable" });
    return null;
  }
}

/** Returns a function that does the work once; if it resolved to null, the next call does it again. */
export function once(work) {
  let result = null;
  const doWork = async () => {
    const value = await work();
    if (!value) result = null;
    return value;
  };
  return () => (result ??= doWork());
}
