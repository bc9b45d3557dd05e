// The player bar of the app: which output plays, and what happens after a song.

import { query } from "../ui/dom.js";
import { Playback } from "../ui/playback.js";
import { sentence } from "../ui/sentences.js";
import { createPreviewOutput } from "./deezer-player.js";
import { createEmbedOutput, createSpotifyOutput } from "./lazy-output.js";
import { createLocalOutput } from "./local-player.js";
import { choosePlayer, otherPlayers } from "./players.js";
import { describePlayback } from "./preview-note.js";
import { requestSongs, retrySongs } from "./song-requests.js";
import { isPlayable, markPlaying, showMissing } from "./song-list.js";
import { setState, state, subscribe } from "./store.js";

const FACTORIES = { deezer: createPreviewOutput, browser: createEmbedOutput, local: createLocalOutput, spotify: createSpotifyOutput };
const outputs = {};
let playback = null;

const songRows = () => state.songs?.songs ?? [];

const host = {
  songs: songRows,
  output: () => (outputs[state.player] ??= FACTORIES[state.player](playback.events)),
  isPlayable: (song) => isPlayable(song, state.player),
  changed: () => {
    query("#player").hidden = !playback.current && !songRows().length;
    markPlaying(playback.index, playback.playing);
    setState({ startedSong: playback.current, barSong: playback.current ?? playback.firstSong(), playing: playback.playing });
  },
  ended: continueAfter,
  missing: showMissing,
  about: describePlayback,
  actions: () => otherPlayers().map(({ name, label }) => [sentence("bar.use", { player: label }), () => choosePlayer(name)]),
  skipped: () => setState({ skips: state.skips + 1 }),
  openHelp: () => query("#open-help").click(),
  songChanged: () => { if (state.dj && state.offer) switchToMood(state.offer); },
};

/** Continues after a song: with songs for the new mood with the Auto-DJ, else with the next song. */
async function continueAfter(isLast) {
  const mood = state.offer ?? (isLast ? state.mood ?? state.songs?.mood : null);
  const before = playback.current;
  const picked = state.dj && mood && (await requestSongs({ mood }));
  if (playback.current !== before) return; // the person has picked another song or player meanwhile
  if (picked) playFirst();
  else if (!isLast) playback.playNext(1);
  else playback.events.playing(false);
}

/** Replaces the song that has just started with songs for the new mood. */
async function switchToMood(mood) {
  const before = playback.current;
  if ((await requestSongs({ mood })) && playback.current === before) playFirst();
}

/** Plays the song at this index of the list. */
export const play = (index) => playback.play(index);

/** The volume of what plays, for the settings. */
export const playerVolume = () => playback.volume;

/** Plays the first song of the list that can be played. */
export const playFirst = () => play(playback.nextPlayable(-1, 1));

function switchPlayer({ player }) {
  for (const [name, other] of Object.entries(outputs)) if (name !== player) other.unload();
  if (state.loadingSongs || state.songsError) retrySongs();
  else if (state.songs) requestSongs({ mood: state.songs.mood });
  playback.reset();
}

export function initPlayerBar() {
  playback = new Playback(query("#player"), host);
  subscribe(["player"], switchPlayer);
  subscribe(["songs"], () => playback.songsReplaced());
  subscribe(["players", "settings"], () => playback.render());
}
