// Creates Spotify's embedded player: the one of Spotify's script, or a plain iframe if the script does not load.

const SCRIPT_TIMEOUT = 6000; // milliseconds before the plain iframe is used
const END_MARGIN = 2500; // milliseconds; updates arrive about once a second, and the last one before the end
const PAUSED_END_MARGIN = 1000;

function loadScript(address) {
  return new Promise((resolve, reject) => {
    window.onSpotifyIframeApiReady = resolve;
    setTimeout(resolve, SCRIPT_TIMEOUT, null);
    const element = document.createElement("script");
    element.src = address;
    element.addEventListener("error", reject);
    document.head.append(element);
  });
}

/** Creates an iframe with Spotify's own controls; its only event is loaded(), and it cannot toggle or seek. */
export function createPlainPlayer(address, container, events) {
  let uri = "";
  const frame = document.createElement("iframe");
  frame.allow = "autoplay; encrypted-media";
  frame.title = "Spotify";
  container.replaceChildren(frame);
  const { origin } = new URL(address);
  frame.addEventListener("load", () => { if (uri) events.loaded(uri, true); });
  return {
    async load(newUri) {
      uri = newUri;
      frame.src = `${origin}/embed/track/${uri.split(":")[2]}`;
    },
    pause: () => { frame.src = frame.src; },
  };
}

function createControlledPlayer(api, container, height, events) {
  let controller = null;
  let uri = "";
  let started = false; // until then, updates about the end of the previous song are ignored
  let left = Infinity; // milliseconds
  let ended = false;

  function end() {
    started = false;
    ended = true;
    controller.pause();
    events.ended(uri);
  }

  function isOver({ isPaused, isBuffering, position, duration }) {
    if (!started || !(duration > 0)) return false;
    const isStopped = isPaused && !isBuffering;
    const atStart = position === 0 && left < END_MARGIN;
    return position >= duration || (isStopped && (atStart || duration - position < PAUSED_END_MARGIN));
  }

  function onUpdate({ data }) {
    const { playingURI = uri, isPaused, position, duration } = data;
    if (playingURI !== uri) { // an update about the previous song, or Spotify has continued with a song of its own
      if (started && left < END_MARGIN) end();
      return;
    }
    events.playing(uri, isPaused, position, duration);
    const isEnd = isOver(data);
    started ||= position > 0 && position < duration;
    if (position > 0) left = duration - position;
    if (isEnd) end();
  }

  function create() {
    const first = uri;
    const target = document.createElement("div");
    container.replaceChildren(target);
    return new Promise((resolve) => {
      api.createController(target, { uri, width: "100%", height }, (made) => {
        made.addListener("playback_update", onUpdate);
        // The event is not reliable, and commands sent before it may be lost.
        made.addListener("ready", () => { events.loaded(uri); if (uri !== first) { made.loadUri(uri); made.play(); } });
        container.querySelector("iframe")?.addEventListener("load", () => events.loaded(uri));
        resolve(made);
      });
    });
  }

  return {
    async load(newUri, play) {
      uri = newUri;
      started = ended = false;
      left = Infinity;
      if (controller) controller.loadUri(uri);
      else controller = await create();
      if (play && uri === newUri) controller.play();
    },
    toggle() {
      if (ended) controller.play(); // togglePlay() at the end of a song stays silent
      else controller?.togglePlay();
      ended = false;
    },
    pause: () => controller?.pause(),
    seek: (seconds) => controller?.seek(seconds),
  };
}

/**
 * Creates a player in `container`, `height` pixels high; it calls events.loaded(uri) when Spotify has answered,
 * events.playing(uri, paused, position, duration), in milliseconds, and events.ended(uri). A plain player has
 * neither toggle() nor seek(). Throws if the script cannot be fetched.
 */
export async function createEmbeddedPlayer(address, container, height, events) {
  const api = await loadScript(address);
  return api ? createControlledPlayer(api, container, height, events) : createPlainPlayer(address, container, events);
}
