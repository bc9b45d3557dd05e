// Covers of 48 pixels: the song's own, or a drawn face in the mood's colour with the artist's initials.

import { createElement } from "./dom.js";
import { FaceDrawing, createShape } from "./face-drawing.js";

const POSITIONS = { angry: [-0.75, 0.75], happy: [0.8, 0.6], relaxed: [0.65, -0.7], sad: [-0.75, -0.65] };
const SIZE = 100; // units of the drawing
const TONES = 5;
const MAX_COPIES = 100; // covers in memory, of about 15 kB each
const copies = new Map(); // promises of blob: addresses, by the cover's address

/** A number that depends only on the text, 0 to 2^32 - 1 (FNV-1a). */
function hashOf(text) {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ character.codePointAt(0), 0x01000193) >>> 0;
  return hash;
}

/** Up to two letters of an artist's name, without "The". */
function initialsOf(artist) {
  const words = artist.replace(/^the\s+/i, "").split(/[\s&,/-]+/u).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  return words.slice(0, 2).map((word) => [...word][0].toLocaleUpperCase()).join("");
}

/** A place for the face, tilted, in the upper right: the letters stand in the lower left. */
function placeOf(hash) {
  const share = (shift, count) => ((hash >>> shift) % count) / (count - 1);
  const scale = 0.62 + 0.4 * share(3, 6);
  const x = 66 - 50 * scale - 14 * share(8, 7);
  const y = 42 - 50 * scale - 8 * share(13, 5);
  return `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${scale.toFixed(2)}) rotate(${(-14 + 28 * share(18, 9)).toFixed(1)} 50 50)`;
}

/** Draws the cover of a song that has none; the same song always gets the same one. */
function drawCover({ artist, title, mood }) {
  const hash = hashOf(`${artist}\n${title}`);
  const svg = createShape("svg", { viewBox: `0 0 ${SIZE} ${SIZE}`, class: "drawn", "data-mood": mood, "data-tone": hash % TONES, "aria-hidden": "true" });
  const face = createShape("g", { transform: placeOf(hash) });
  const letters = createShape("text", { x: 9, y: 89 });
  new FaceDrawing(face, POSITIONS[mood]);
  letters.textContent = initialsOf(artist);
  svg.append(createShape("rect", { width: SIZE, height: SIZE }), face, letters);
  return svg;
}

async function fetchCopy(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`No cover: ${answer.status}`);
  return URL.createObjectURL(await answer.blob());
}

function forgetCopy(address) {
  copies.get(address)?.then(URL.revokeObjectURL, () => {});
  copies.delete(address);
}

/** Resolves to the address of a cover. A cover of this server is fetched once for all places that show it. */
export function coverAddress(address) {
  if (/^https?:/.test(address)) return Promise.resolve(address);
  if (!copies.has(address)) {
    copies.set(address, fetchCopy(address));
    copies.get(address).catch(() => copies.delete(address)); // it may come the next time
    if (copies.size > MAX_COPIES) forgetCopy(copies.keys().next().value);
  }
  return copies.get(address);
}

/** Shows the song's cover in a tile. A cover that does not load leaves the drawn one. */
export async function showCover(tile, song) {
  const key = JSON.stringify([song?.artist, song?.title, song?.cover]);
  if (tile.dataset.shown === key) return;
  tile.dataset.shown = key;
  tile.replaceChildren(...(song ? [drawCover(song)] : []));
  if (!song?.cover) return;
  const address = await coverAddress(song.cover).catch(() => "");
  if (!address || tile.dataset.shown !== key) return;
  const image = createElement("img", { src: address, alt: "", decoding: "async", referrerpolicy: "no-referrer" });
  image.addEventListener("error", () => image.remove());
  tile.append(image);
}
