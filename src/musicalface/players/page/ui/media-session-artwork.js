// The cover of a song as an address for the lock screen: its own cover, or the drawn one as a PNG.

import { coverAddress } from "./cover.js";
import { createElement, query, queryAll } from "./dom.js";

const SIZE = 256; // pixels
const PAINT = ["fill", "stroke", "stroke-width", "stroke-linejoin", "opacity", "font-family", "font-size", "font-weight"];

/** Copies a drawing with the colours that the page's styles give it. */
function paintedCopy(svg) {
  const copy = svg.cloneNode(true);
  const shapes = queryAll("*", copy);
  queryAll("*", svg).forEach((shape, index) => {
    const style = getComputedStyle(shape);
    for (const name of PAINT) shapes[index].setAttribute(name, style.getPropertyValue(name));
  });
  for (const side of ["width", "height"]) copy.setAttribute(side, SIZE);
  return copy;
}

/** Resolves to the data: address of a drawing as a PNG. */
async function drawPicture(svg) {
  const text = new XMLSerializer().serializeToString(paintedCopy(svg));
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  const image = createElement("img", { src: address });
  const canvas = createElement("canvas", { width: SIZE, height: SIZE });
  await image.decode().finally(() => URL.revokeObjectURL(address));
  canvas.getContext("2d").drawImage(image, 0, 0, SIZE, SIZE);
  return canvas.toDataURL("image/png");
}

/** Resolves to the address of the cover that a tile shows for a song; an empty text if there is none. */
export async function artworkAddress(song, tile) {
  const drawing = query(".drawn", tile);
  const own = song.cover ? await coverAddress(song.cover).catch(() => "") : "";
  return own || (drawing ? drawPicture(drawing).catch(() => "") : "");
}
