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
  const hadFocus = query("#offer").contains(document.activeElement);
  query("#offer").hidden = !now.offer;
  if (!now.offer && hadFocus) query("#songs-title").focus();
  if (!now.offer) return;
  const automatic = isAutomatic(now);
  setText(query("#offer-words"), sentenceOf(now));
  setText(query("#offer-take"), sentence(automatic ? "songs.now" : "songs.new"));
  setText(query("#offer-leave"), sentence(automatic ? "songs.cancel" : "songs.keep"));
}

async function take(playFirst) {
  const automatic = isAutomatic(state);
  if ((await requestSongs({ mood: state.offer })) && automatic) playFirst();
}

export function initSongOffer(playFirst) {
  subscribe(["offer", "dj", "startedSong", "corrected", "phase"], renderOffer);
  subscribe(["offer", "dj"], (now) => { if (now.offer) announce(isAutomatic(now) ? sentenceOf(now) : `${sentenceOf(now)} ${sentence("songs.new_question")}`); });
  query("#offer-take").addEventListener("click", () => take(playFirst));
  query("#offer-leave").addEventListener("click", declineOffer);
  query("#dj").addEventListener("change", ({ target }) => setState({ dj: target.checked }));
}
