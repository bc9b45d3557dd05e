// The settings. Each row is one function; the sheet asks all of them whenever it opens.

import { createSheet, query } from "../ui/dom.js";
import { drawIcons } from "../ui/icons.js";
import { writeStored } from "../ui/stored.js";
import { del } from "./api.js";
import { eraseBrowserData } from "./browser-data.js";
import { playerVolume } from "./player-bar.js";
import { refreshPlayers } from "./players.js";
import { changeSettings } from "./settings.js";
import { buttonRow, choiceRow, sliderRow, switchRow } from "./settings-rows.js";
import { setState, state } from "./store.js";

const WORDS = {
  title: "Settings",
  theme: "Theme",
  themes: [["system", "System"], ["light", "Light"], ["dark", "Dark"]],
  volume: "Volume",
  noVolume: "This player has its own volume.",
  offline: "Stay offline",
  offlineHint: "No previews, no covers: only your own files play, and nothing is sent.",
  offlineFixed: "MusicalFace was started offline (MUSICALFACE_OFFLINE).",
  history: "Keep my history on this computer",
  historyHint: "Moods and the songs that you heard. Turning it off deletes the file.",
  reactions: "Let my face vote on songs",
  reactionsHint: "A smile asks for more like the song, a frown before Next for less. Never saved.",
  neutral: "Neutral face",
  neutralHint: "Corrects readings if your face at rest looks sad or angry. Set it below your picture.",
  clear: "Clear",
  cleared: "Cleared.",
  browser: "Kept in this browser",
  browserHint: "Choices such as the theme and the volume, and the page it shows while MusicalFace isn’t running.",
  erase: "Delete",
  erased: "Deleted.",
};
const ROWS = [themeRow, volumeRow, offlineRow, historyRow, reactionsRow, neutralFaceRow, browserRow];
const SHEET = `
<div class="sheet-top"><h2 id="settings-title">${WORDS.title}</h2><button type="button" class="icon" data-close data-icon="close" aria-label="Close"></button></div>
<div class="settings" id="settings-rows"></div>`;
let sheet = null;

const showTheme = (theme) => dispatchEvent(new CustomEvent("theme", { detail: theme }));

function themeRow() {
  const choose = (theme) => {
    writeStored("theme", theme);
    showTheme(theme);
  };
  const value = document.documentElement.dataset.theme ?? "system";
  return choiceRow({ label: WORDS.theme, options: WORDS.themes, value, choose });
}

function volumeRow() {
  const volume = playerVolume();
  const { level, muted } = volume.active;
  const isOurs = Boolean(volume.voice().setVolume) && level !== null;
  const value = isOurs ? (muted ? 0 : level) : null;
  return sliderRow({ label: WORDS.volume, hint: isOurs ? "" : WORDS.noVolume, value, change: (share) => volume.set(share) });
}

function offlineRow() {
  const isFixed = state.settings?.offline_by_environment ?? true;
  const change = async (offline) => {
    const problem = await changeSettings({ offline });
    await refreshPlayers();
    return problem;
  };
  const hint = isFixed ? WORDS.offlineFixed : WORDS.offlineHint;
  return switchRow({ label: WORDS.offline, hint, isOn: state.settings?.offline ?? false, isFixed, change });
}

const keptRow = (name) => switchRow({
  label: WORDS[name],
  hint: WORDS[`${name}Hint`],
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
    return WORDS.cleared;
  }, (error) => error.message);
  return buttonRow({ label: WORDS.neutral, hint: WORDS.neutralHint, button: WORDS.clear, press });
}

function browserRow() {
  const press = async () => {
    await eraseBrowserData();
    showTheme("system");
    query("[value=system]", sheet).checked = true;
    return WORDS.erased;
  };
  return buttonRow({ label: WORDS.browser, hint: WORDS.browserHint, button: WORDS.erase, press });
}

export function open() {
  if (!sheet) drawIcons(sheet = createSheet("settings", SHEET));
  query("#settings-rows").replaceChildren(...ROWS.map((row) => row()));
  sheet.showModal();
}
