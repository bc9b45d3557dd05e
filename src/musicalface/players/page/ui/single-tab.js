// Pauses this tab when another tab of the same page begins to play.

const tab = crypto.randomUUID();
const channel = globalThis.BroadcastChannel ? new BroadcastChannel("musicalface") : null;

export function announcePlaying() {
  channel?.postMessage({ playing: tab });
}

export function onOtherTabPlaying(pause) {
  channel?.addEventListener("message", ({ data }) => { if (data?.playing !== tab) pause(); });
}
