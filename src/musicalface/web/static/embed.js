// Spotify's embedded player in a page of its own, which hears the app and answers it.

const WAIT = 6000; // milliseconds, after which a plain frame has to do
const NO_NETWORK = "Spotify’s player did not come: check the network and press play again.";
const meta = (name) => document.querySelector(`meta[name=${name}]`).content;
const app = meta("app");
const place = document.querySelector("#place");
const say = (words) => parent.postMessage(words, app);

function spotifyApi() {
  return new Promise((resolve, reject) => {
    window.onSpotifyIframeApiReady = resolve;
    setTimeout(resolve, WAIT, null);
    const script = document.createElement("script");
    script.src = meta("api");
    script.addEventListener("error", reject);
    document.head.append(script);
  });
}

function plainPlayer() {
  const frame = document.createElement("iframe");
  frame.allow = "autoplay; encrypted-media";
  frame.title = "Spotify";
  place.replaceChildren(frame);
  const { origin } = new URL(meta("api"));
  const load = (uri) => { frame.src = `${origin}/embed/track/${uri.split(":")[2]}`; };
  return { load, toggle() {}, pause: () => { frame.src = frame.src; } };
}

function controlledPlayer(api) {
  let controller = null;
  let uri = "";
  let begun = false; // what the last song still says of its end is not this one's

  function follow({ data: { playingURI = uri, isPaused: paused, position, duration } }) {
    if (playingURI !== uri) return;
    say({ is: "playing", uri, paused, position: position / 1000, duration: duration / 1000 });
    const over = begun && duration > 0 && (position >= duration || (paused && position === 0));
    begun = !over && (begun || (position > 0 && position < duration));
    if (over) say({ is: "ended", uri });
  }

  function create() {
    const seat = document.createElement("div");
    place.replaceChildren(seat);
    return new Promise((resolve) => {
      api.createController(seat, { uri, width: "100%", height: 80 }, (made) => {
        made.addListener("playback_update", follow);
        resolve(made); // its "ready" does not always come; it keeps commands until then
      });
    });
  }

  return {
    async load(wanted, play) {
      uri = wanted;
      begun = false;
      if (controller) controller.loadUri(uri);
      else controller = await create();
      if (play && uri === wanted) controller.play();
    },
    toggle: () => controller?.togglePlay(),
    pause: () => controller?.pause(),
  };
}

function obey(player, { data, origin, source }) {
  if (origin !== app || source !== parent) return;
  if (data.do === "load" && /^spotify:track:[0-9A-Za-z]{22}$/.test(data.uri)) player.load(data.uri, data.play);
  if (data.do === "toggle") player.toggle();
  if (data.do === "pause") player.pause();
}

try {
  const api = await spotifyApi();
  const player = api ? controlledPlayer(api) : plainPlayer();
  addEventListener("message", (event) => obey(player, event));
  say({ is: "ready", plain: !api });
} catch {
  say({ is: "failed", message: NO_NETWORK });
}
