// A photo instead of the camera: chosen, dropped, or the sample portrait.

import { post } from "./ask.js";
import { pick } from "./choose.js";
import { all, find } from "./dom.js";
import { hearMood } from "./mood.js";
import { set, state } from "./store.js";
import { giveWay } from "./watch.js";

const LARGEST = 50e6; // bytes, as the server has it
let shown = "";
let turn = 0;

function show(blob) {
  if (shown) URL.revokeObjectURL(shown);
  shown = URL.createObjectURL(blob);
  const photo = find("#photo");
  photo.src = find("#backdrop").src = shown;
  return photo.decode().catch(() => {}); // not every photo that we read can be shown here
}

function fail(words) {
  set({ phase: "trouble", trouble: words, source: null });
}

async function read(blob) {
  giveWay();
  if (blob.size > LARGEST) {
    fail("This photo has more than 50 megabytes: choose a smaller one.");
    return;
  }
  set({ phase: "starting" });
  turn += 1;
  const mine = turn;
  await show(blob);
  try {
    const answer = await post("/api/read", blob);
    if (mine !== turn || state.source !== "photo") return;
    set({ phase: "photo", faces: answer.faces, reading: answer.expressions ? answer : null });
    hearMood(answer.mood);
    // Without songs they are asked for already.
    if (answer.mood && !state.picking && state.songs?.mood !== answer.mood) pick();
  } catch (error) {
    if (mine === turn && state.source === "photo") fail(error.message);
  }
}

async function portrait() {
  try {
    const response = await fetch("/static/portrait.png");
    if (!response.ok) throw new Error("missing");
    await read(await response.blob());
  } catch {
    set({ server: "gone" });
  }
}

function drop() {
  const veil = find("#drop");
  let depth = 0;
  const files = (event) => event.dataTransfer?.types.includes("Files");
  const on = (name, act) => addEventListener(name, (event) => {
    if (!files(event)) return;
    event.preventDefault();
    act(event);
    veil.hidden = depth <= 0;
  });
  on("dragenter", () => { depth += 1; });
  on("dragleave", () => { depth -= 1; });
  on("dragover", () => {});
  on("drop", (event) => {
    depth = 0;
    const [file] = event.dataTransfer.files;
    if (file) read(file);
  });
}

export function beginPhoto() {
  const file = find("#file");
  file.addEventListener("change", () => {
    if (file.files[0]) read(file.files[0]);
    file.value = "";
  });
  for (const button of all("[data-do=photo]")) button.addEventListener("click", () => file.click());
  for (const button of all("[data-do=portrait]")) button.addEventListener("click", portrait);
  drop();
}
