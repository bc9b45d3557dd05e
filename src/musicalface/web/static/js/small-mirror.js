// The small mirror: a line at the top of the window with the camera's picture and the mood, while the large ones are scrolled away.

import { query } from "../ui/dom.js";
import { isWatching } from "./headline-text.js";
import { state, subscribe } from "./store.js";

const COVERED = { "picture-frame": 16, "mood-name": 60 }; // pixels at the top of the window that do not count as in view
const inView = { "picture-frame": true, "mood-name": true };

/** The second video costs nothing while it is hidden: it is paused and has no stream. */
function show(visible) {
  const video = query("#small-video");
  query("#small-mirror").hidden = !visible;
  video.srcObject = visible ? query("#video").srcObject : null;
  if (visible) video.play().catch(() => {});
}

function render({ phase, live, mirrored }) {
  const visible = live && isWatching(phase) && !inView["picture-frame"];
  if (visible === query("#small-mirror").hidden) show(visible);
  query("#small-mirror").toggleAttribute("data-named", !inView["mood-name"]);
  query("#small-video").toggleAttribute("data-mirrored", mirrored);
}

function onScrolled(entries) {
  for (const { target, isIntersecting } of entries) inView[target.id] = isIntersecting;
  render(state);
}

export function initSmallMirror() {
  for (const [id, covered] of Object.entries(COVERED)) {
    new IntersectionObserver(onScrolled, { rootMargin: `-${covered}px 0px 0px` }).observe(query(`#${id}`));
  }
  subscribe(["phase", "live", "mirrored"], render);
}
