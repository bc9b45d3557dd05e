// The evening's moods and songs, and how to forget them.

import { forget, get } from "./ask.js";
import { find, make, write } from "./dom.js";
import { named } from "./moods.js";

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });

function song({ artist, title, url }) {
  const words = url ? make("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, title) : make("span", {}, title);
  return make("li", {}, words, make("span", { class: "artist" }, artist));
}

function moment({ at, mood, toward, corrected, songs }) {
  const when = new Date(at * 1000);
  const name = toward ? `${named(mood)} to ${toward}` : named(mood);
  const head = make(
    "summary", {},
    make("time", { datetime: when.toISOString() }, CLOCK.format(when)),
    make("strong", {}, name),
    make("span", { class: "artist" }, corrected ? "your word" : `${songs.length} songs`),
  );
  return make("li", { "data-mood": toward ?? mood }, make("details", {}, head, make("ol", {}, ...songs.map(song))));
}

function calm() {
  write(find("#forget-evening"), "Forget it all");
  delete find("#forget-evening").dataset.sure;
}

async function show() {
  calm();
  write(find("#evening-trouble"), "");
  try {
    const { evening } = await get("/api/evening");
    const newestFirst = evening.toSorted((one, other) => other.at - one.at);
    find("#evening-list").replaceChildren(...newestFirst.map(moment));
    find("#evening-empty").hidden = evening.length > 0;
    find("#forget-evening").hidden = evening.length === 0;
  } catch (error) {
    write(find("#evening-trouble"), error.message);
  }
}

async function forgetAll({ currentTarget: button }) {
  if (!button.dataset.sure) {
    button.dataset.sure = "true";
    write(button, "Forget it all: press once more");
    return;
  }
  await forget("/api/evening").then(show, (error) => write(find("#evening-trouble"), error.message));
}

export function beginEvening() {
  find("#open-evening").addEventListener("click", () => {
    find("#evening").showModal();
    show();
  });
  find("#forget-evening").addEventListener("click", forgetAll);
}
