// Tracks whether the server answers. While it does not, polls it with growing delays.
// A restarted server has a new token: it admits the page again if both know the secret of the run before.

import { SERVER_UNREACHABLE } from "./api.js";
import { query, delay, setText } from "../ui/dom.js";
import { sentence } from "../ui/sentences.js";
import { setState, state, subscribe } from "./store.js";

const MAX_DELAY = 5000; // milliseconds
const STATUS_MESSAGES = {
  unreachable: SERVER_UNREACHABLE,
  unauthorized: sentence("status.unauthorized"),
};
let polling = false;

/** Loaded while the server answers, so that it is there after a restart. */
const readmission = () => import("./readmission.js").catch(() => null);

async function prepareReadmission() {
  await (await readmission())?.prepareReadmission();
}

async function fetchHealth() {
  const options = { signal: AbortSignal.timeout(4000), cache: "no-store" };
  const response = await fetch("/api/health", options);
  if (response.status === 401 || response.status === 403) return "unauthorized";
  if (!response.ok) return "unreachable";
  return (await response.json()).ready ? "ready" : "loading";
}

async function fetchOrReadmit() {
  const server = await fetchHealth();
  if (server !== "unauthorized") return server;
  await (await readmission())?.readmit();
  return fetchHealth();
}

async function pollUntilReady() {
  if (polling) return;
  polling = true;
  for (let tries = 0; state.server !== "ready"; tries += 1) {
    const wait = state.server === "loading" ? 1000 : 1000 * 1.5 ** tries;
    await delay(Math.min(MAX_DELAY, wait));
    const server = await fetchOrReadmit().catch(() => "unreachable");
    setState({ server, gone: server in STATUS_MESSAGES });
  }
  polling = false;
}

export async function initServerStatus() {
  subscribe(["server"], ({ server }) => {
    document.body.dataset.server = server;
    const message = STATUS_MESSAGES[server];
    query("#server").hidden = !message;
    setText(query("#server"), message ?? "");
    if (server === "ready") prepareReadmission();
    else pollUntilReady();
  });
  subscribe(["settings"], ({ settings }) => { query("#offline-mark").hidden = !settings?.offline; });
  setState({ server: await fetchHealth().catch(() => "unreachable") });
  if (state.server === "ready") prepareReadmission();
}
