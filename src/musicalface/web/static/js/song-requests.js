// Requests ten songs, or offers new ones when the mood changes, so that the list never changes unexpectedly.

import { post } from "./api.js";
import { query, announce } from "../ui/dom.js";
import { state, setState, subscribe } from "./store.js";

const COUNT = 10;
let requestNumber = 0;
let declinedMood = null; // the person declined songs for this mood; reset by another mood
let latestRequest = Promise.resolve(false);
let lastRequest = null; // repeated by "Try again"

function requestBody(mood, corrected, walk) {
  const { toward, player, mine } = state;
  return { mood, toward, player, count: COUNT, mine, corrected, walk };
}

/** Requests ten songs; resolves to whether they, or those of a later request, have arrived. */
export function requestSongs(options) {
  latestRequest = fetchSongs(options);
  return latestRequest;
}

/** The walk along a video's moods that the songs follow until another mood is asked for. */
const walkOf = (mood, corrected) => (mood === state.songs?.mood && !corrected && state.curve ? state.songs.walk : undefined);

async function fetchSongs({ mood = state.mood ?? state.songs?.mood, corrected = false, walk = walkOf(mood, corrected) } = {}) {
  if (!mood) return false;
  requestNumber += 1;
  const thisRequest = requestNumber;
  lastRequest = { mood, corrected, walk };
  // A mood that has been reached is no goal any more.
  setState({ loadingSongs: true, songsError: "", offer: null, toward: state.toward === mood ? null : state.toward });
  let changes;
  try {
    changes = { songs: { ...await post("/api/songs", requestBody(mood, corrected, walk)), walk } };
  } catch (error) {
    changes = { songsError: error.message, songsProblem: error.code };
  }
  if (thisRequest !== requestNumber) return latestRequest;
  setState({ loadingSongs: false, ...changes });
  if (changes.songs) announce(`${changes.songs.title}.`);
  updateOffer();
  return Boolean(changes.songs);
}

function updateOffer() {
  const { mood, songs, loadingSongs, songsError } = state;
  if (!mood) setState({ offer: null });
  if (mood && mood !== declinedMood) declinedMood = null;
  if (!mood || loadingSongs) return;
  if (songs) setState({ offer: mood === songs.mood || mood === declinedMood ? null : mood });
  else if (!songsError) requestSongs();
}

/** Keeps the songs until the picture shows another mood. */
export function declineOffer() {
  declinedMood = state.offer;
  setState({ offer: null });
}

export function initSongRequests() {
  subscribe(["mood"], updateOffer);
  subscribe(["server"], ({ server, songsError, loadingSongs }) => { if (server === "ready" && songsError && !loadingSongs) retrySongs(); });
  query("#shuffle").addEventListener("click", () => requestSongs({ mood: state.songs.mood }));
  query("#liked-first").addEventListener("change", ({ target }) => { setState({ mine: target.checked }); requestSongs(); });
}

export const retrySongs = () => requestSongs(lastRequest ?? {});
