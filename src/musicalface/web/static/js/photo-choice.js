// Sources of a photo or a video: a choice, a drop on the page, or the sample photo.

import { query, queryAll } from "../ui/dom.js";
import { loadPart } from "./load-part.js";
import { loadSheet } from "./sheet-loader.js";

const loadUpload = () => loadPart(import("./photo-upload.js"));
const read = async (file) => (await loadUpload())?.readFile(file);
const readSample = async () => (await loadUpload())?.readSamplePortrait();
const findFolder = async () => (await loadSheet("sources"))?.findDroppedFolder();
const isFolder = (item) => Boolean(item?.webkitGetAsEntry?.()?.isDirectory);

function initDropZone() {
  const overlay = query("#drop");
  let depth = 0;
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  const on = (name, handler) => addEventListener(name, (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    handler(event);
    overlay.hidden = depth <= 0;
  });
  on("dragenter", () => { depth += 1; });
  on("dragleave", () => { depth -= 1; });
  on("dragover", () => {});
  on("drop", (event) => {
    depth = 0;
    const [file] = event.dataTransfer.files;
    if (isFolder(event.dataTransfer.items[0])) findFolder();
    else if (file) read(file);
  });
}

export function initPhotoChoice() {
  const file = query("#file");
  file.addEventListener("change", () => {
    if (file.files[0]) read(file.files[0]);
    file.value = "";
  });
  for (const button of queryAll("[data-do=photo]")) button.addEventListener("click", () => file.click());
  for (const button of queryAll("[data-do=portrait]")) button.addEventListener("click", readSample);
  initDropZone();
}
