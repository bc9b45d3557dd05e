// The person's own music: folders that are typed, read and removed.

import { forget, get, post } from "./ask.js";
import { find, make, pause, write } from "./dom.js";
import { fetchPlayers } from "./ready.js";

const count = (number, one, many) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
let following = false;
let drawn = "";
let turn = 0;

function about({ songs, unknown, unreadable }) {
  const parts = [count(songs, "song", "songs")];
  if (unknown) parts.push(`${count(unknown, "has", "have")} no known mood`);
  if (unreadable) parts.push(`${count(unreadable, "file", "files")} could not be read`);
  return parts.join(", ");
}

function row(folder) {
  const remove = make("button", { type: "button", class: "plain", "aria-label": `Remove ${folder.path}` }, "Remove");
  remove.addEventListener("click", () => change(forget("/api/library", { folder: folder.path })));
  const words = make("p", {}, make("strong", {}, folder.path), make("span", {}, about(folder)));
  return make("li", {}, words, remove);
}

function summary({ folders, scanning }) {
  const placed = folders.reduce((sum, { songs, unknown }) => sum + songs - unknown, 0);
  if (scanning) return `Reading: ${count(scanning.files, "file", "files")} so far.`;
  return folders.length ? `${count(placed, "song", "songs")} can be played.` : "No folder yet. Nothing of it leaves this computer.";
}

const trouble = (words) => write(find("#library-trouble"), words);

/** Rows that have not changed stay, and the focus with them. */
function folders(now) {
  const same = JSON.stringify(now);
  if (same === drawn) return;
  drawn = same;
  find("#folders").replaceChildren(...now.map(row));
}

function draw(now) {
  folders(now.folders);
  write(find("#library-words"), summary(now));
  if (!now.scanning) trouble(now.message ?? ""); // what was said of another folder stays until then
  find("#library").dataset.scanning = String(Boolean(now.scanning));
  find("#stop-scan").hidden = !now.scanning;
}

async function look() {
  turn += 1;
  const mine = turn;
  const now = await get("/api/library");
  if (mine === turn) draw(now);
  return now.scanning;
}

/** Shows the folders, and goes on while one is read. */
export async function showLibrary() {
  if (following) return;
  following = true;
  try {
    while (await look()) await pause(1000);
    await fetchPlayers();
  } catch (error) {
    trouble(error.message);
  }
  following = false;
}

async function change(request) {
  try {
    await request;
    await look(); // at once, even while the folders are followed already
    await showLibrary();
  } catch (error) {
    trouble(error.message);
  }
}

export function beginLibrary() {
  find("#stop-scan").addEventListener("click", () => change(post("/api/library/stop")));
  find("#library-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const folder = find("#folder").value.trim();
    if (!folder) {
      trouble("Type the folder’s path first.");
      return;
    }
    try {
      await post("/api/library", { folder });
      find("#folder").value = "";
      trouble("");
      await look();
      await showLibrary();
    } catch (error) {
      trouble(error.message);
    }
  });
}
