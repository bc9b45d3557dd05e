// Spotify's embedded player: its script's where that comes, else a plain frame.

const WAIT = 6000; // milliseconds, after which the plain frame has to do
const NEAR = 2500; // milliseconds: snapshots come about once a second, the last one before the end
const PAUSED_AT_THE_END = 1000;

function script(address) {
  return new Promise((resolve, reject) => {
    window.onSpotifyIframeApiReady = resolve;
    setTimeout(resolve, WAIT, null);
    const element = document.createElement("script");
    element.src = address;
    element.addEventListener("error", reject);
    document.head.append(element);
  });
}

/** A frame with Spotify's own controls, of which nothing is heard. */
export function plainPlayer(address, place) {
  const frame = document.createElement("iframe");
  frame.allow = "autoplay; encrypted-media";
  frame.title = "Spotify";
  place.replaceChildren(frame);
  const { origin } = new URL(address);
  return {
    load: async (uri) => { frame.src = `${origin}/embed/track/${uri.split(":")[2]}`; },
    pause: () => { frame.src = frame.src; },
  };
}

function controlledPlayer(api, place, height, heard) {
  let controller = null;
  let uri = "";
  let begun = false; // what the last song still says of its end is not this one's
  let left = Infinity; // milliseconds
  let over = false;

  function end() {
    begun = false;
    over = true;
    controller.pause();
    heard.ended(uri);
  }

  function isOver({ isPaused, isBuffering, position, duration }) {
    if (!begun || !(duration > 0)) return false;
    const rests = isPaused && !isBuffering;
    const atStart = position === 0 && left < NEAR;
    return position >= duration || (rests && (atStart || duration - position < PAUSED_AT_THE_END));
  }

  function follow({ data }) {
    const { playingURI = uri, isPaused, position, duration } = data;
    if (playingURI !== uri) { // the last song's, or it has rolled on into one of Spotify's choice
      if (begun && left < NEAR) end();
      return;
    }
    heard.playing(uri, isPaused);
    const ends = isOver(data);
    begun ||= position > 0 && position < duration;
    if (position > 0) left = duration - position;
    if (ends) end();
  }

  function create() {
    const first = uri;
    const seat = document.createElement("div");
    place.replaceChildren(seat);
    return new Promise((resolve) => {
      api.createController(seat, { uri, width: "100%", height }, (made) => {
        made.addListener("playback_update", follow);
        // It does not always come, and what was asked before it may be lost.
        made.addListener("ready", () => { if (uri !== first) { made.loadUri(uri); made.play(); } });
        resolve(made);
      });
    });
  }

  return {
    async load(wanted, play) {
      uri = wanted;
      begun = over = false;
      left = Infinity;
      if (controller) controller.loadUri(uri);
      else controller = await create();
      if (play && uri === wanted) controller.play();
    },
    toggle() {
      if (over) controller.play(); // to go on from the end would be silence
      else controller?.togglePlay();
      over = false;
    },
    pause: () => controller?.pause(),
  };
}

/**
 * A player in `place`, `height` pixels high; it tells heard.playing(uri, paused) and heard.ended(uri).
 * A plain one cannot toggle. Throws where the network does not let the script through.
 */
export async function embeddedPlayer(address, place, height, heard) {
  const api = await script(address);
  return api ? controlledPlayer(api, place, height, heard) : plainPlayer(address, place);
}
