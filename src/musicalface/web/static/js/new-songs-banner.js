// The banner after the mood has changed: it offers new songs, or says what the Auto-DJ plays next.

import { announce, query, setText } from "../ui/dom.js";
import { sentence } from "../ui/sentences.js";
import { moodSentence } from "./current-mood.js";
import { declineOffer, requestSongs } from "./song-requests.js";
import { setState, state, subscribe } from "./store.js";

const isAutomatic = ({ dj, startedSong }) => Boolean(dj && startedSong);

function sentenceOf(now) {
  const { offer, corrected } = now;
  if (isAutomatic(now)) return sentence("songs.next", { mood: sentence(`mood_names.${offer}`) });
  return moodSentence(now, offer, corrected ? "mood" : "now");
}

function renderOffer(now) {
  const hadFocus = query("#new-songs").contains(document.activeElement);
  query("#new-songs").hidden = !now.offer;
  if (!now.offer && hadFocus) query("#songs-title").focus();
  if (!now.offer) return;
  const automatic = isAutomatic(now);
  setText(query("#new-songs-text"), sentenceOf(now));
  setText(query("#new-songs-take"), sentence(automatic ? "songs.now" : "songs.new"));
  setText(query("#new-songs-leave"), sentence(automatic ? "songs.cancel" : "songs.keep"));
}

async function take(playFirst) {
  const automatic = isAutomatic(state);
  if ((await requestSongs({ mood: state.offer })) && automatic) playFirst();
}

export function initSongOffer(playFirst) {
  subscribe(["offer", "dj", "startedSong", "corrected", "phase"], renderOffer);
  subscribe(["offer", "dj"], (now) => { if (now.offer) announce(isAutomatic(now) ? sentenceOf(now) : `${sentenceOf(now)} ${sentence("songs.new_question")}`); });
  query("#new-songs-take").addEventListener("click", () => take(playFirst));
  query("#new-songs-leave").addEventListener("click", declineOffer);
  query("#auto-dj").addEventListener("change", ({ target }) => setState({ dj: target.checked }));
}
