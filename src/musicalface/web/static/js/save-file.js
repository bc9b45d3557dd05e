// Saves a file that the page has made, as a download.

import { createElement } from "../ui/dom.js";

export function saveFile(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = createElement("a", { href: address, download: name, hidden: "" });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000); // the browser may ask for a folder first
}
