// The settings. Each row is one function; the sheet asks all of them whenever it opens.

import { query } from "../ui/dom.js";
import { sentence } from "../ui/sentences.js";
import { createSheet } from "../ui/sheet.js";
import { writeStored } from "../ui/local-storage.js";
import { del } from "./api.js";
import { eraseBrowserData } from "./browser-data.js";
import { playerVolume } from "./player-bar.js";
import { refreshPlayers } from "./players.js";
import { changeSettings } from "./settings.js";
import { buttonRow, choiceRow, sliderRow, switchRow } from "./settings-rows.js";
import { setState, state } from "./store.js";

const word = (name) => sentence(`settings.${name}`);
const THEMES = ["system", "light", "dark"].map((name) => [name, word(name)]);
const ROWS = [themeRow, volumeRow, offlineRow, historyRow, reactionsRow, neutralFaceRow, browserRow];
let sheet = null;

const showTheme = (theme) => dispatchEvent(new CustomEvent("theme", { detail: theme }));

function themeRow() {
  const choose = (theme) => {
    writeStored("theme", theme);
    showTheme(theme);
  };
  const value = document.documentElement.dataset.theme ?? "system";
  return choiceRow({ label: word("theme"), options: THEMES, value, choose });
}

function volumeRow() {
  const volume = playerVolume();
  const { level, muted } = volume.active;
  const isOurs = Boolean(volume.output().setVolume) && level !== null;
  const value = isOurs ? (muted ? 0 : level) : null;
  return sliderRow({ label: word("volume"), hint: isOurs ? "" : word("no_volume"), value, change: (share) => volume.set(share) });
}

function offlineRow() {
  const isFixed = state.settings?.offline_by_environment ?? true;
  const change = async (offline) => {
    const problem = await changeSettings({ offline });
    await refreshPlayers();
    return problem;
  };
  const hint = isFixed ? word("offline_fixed") : word("offline_more");
  return switchRow({ label: word("offline"), hint, isOn: state.settings?.offline ?? false, isFixed, change });
}

const keptRow = (name) => switchRow({
  label: word(name),
  hint: sentence(`settings.${name}_more`),
  isOn: state.settings?.[name] ?? false,
  change: (isOn) => changeSettings({ [name]: isOn }),
});

function historyRow() {
  return keptRow("history");
}

function reactionsRow() {
  return keptRow("reactions");
}

function neutralFaceRow() {
  const press = () => del("/api/neutral-face").then(({ set }) => {
    setState({ hasNeutralFace: set });
    return word("cleared");
  }, (error) => error.message);
  return buttonRow({ label: word("neutral"), hint: word("neutral_more"), button: word("clear"), press });
}

function browserRow() {
  const press = async () => {
    await eraseBrowserData();
    showTheme("system");
    query("[value=system]", sheet).checked = true;
    return word("deleted");
  };
  return buttonRow({ label: word("browser"), hint: word("browser_more"), button: word("delete"), press });
}

export function open() {
  sheet ??= createSheet("settings", "settings.title", `<div class="settings" id="settings-rows"></div>`);
  query("#settings-rows").replaceChildren(...ROWS.map((row) => row()));
  sheet.showModal();
}
