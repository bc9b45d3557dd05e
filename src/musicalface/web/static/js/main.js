// The page begins.

import { beginBars } from "./bars.js";
import { beginChoose } from "./choose.js";
import { beginConnect } from "./connect.js";
import { beginDial } from "./dial.js";
import { all } from "./dom.js";
import { beginEvening } from "./evening.js";
import { beginHeadline } from "./headline.js";
import { beginHero } from "./hero.js";
import { beginLibrary } from "./library.js";
import { beginPhoto } from "./photo.js";
import { beginPlayers, play } from "./players.js";
import { beginReady, fetchPlayers } from "./ready.js";
import { beginServer } from "./server.js";
import { beginSight } from "./sight.js";
import { beginSongs } from "./songs.js";
import { beginWatch, look } from "./watch.js";

function beginDialogs() {
  for (const button of all("[data-close]")) {
    button.addEventListener("click", () => button.closest("dialog").close());
  }
  for (const dialog of all("dialog")) {
    dialog.addEventListener("click", ({ target }) => { if (target === dialog) dialog.close(); });
  }
}

beginHeadline();
beginSight();
beginDial();
beginBars();
beginSongs(play);
beginChoose();
beginPlayers();
beginReady();
beginWatch();
beginPhoto();
beginConnect();
beginLibrary();
beginEvening();
beginDialogs();
beginHero();
for (const button of all("[data-do=look]")) button.addEventListener("click", look);
await beginServer();
fetchPlayers();
document.documentElement.dataset.ready = "true";
