// After a restart of the app: page and app prove to each other that they know one secret, and the page gets a new cookie.

import { get } from "./api.js";

const ADDRESS = "/api/readmission";
const encoder = new TextEncoder();
let key = null; // for HMAC; it cannot be exported, and is nowhere but here

/** Fetches the secret of the running app. Without WebCrypto the page waits for its new link instead. */
export async function prepareReadmission() {
  if (!globalThis.crypto?.subtle) return;
  const answer = await get("/api/readmission-secret").catch(() => null);
  if (!answer) return;
  key = await crypto.subtle.importKey("raw", encoder.encode(answer.secret), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}

async function prove(side, nonce) {
  const signature = await crypto.subtle.sign("HMAC", key, encoder.encode(`${side} ${location.port} ${nonce}`));
  return [...new Uint8Array(signature)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Asks the restarted app for a new cookie. The app proves first that it is ours: another program may have its port. */
export async function readmit() {
  if (!key) return;
  const own = crypto.randomUUID();
  const { proof, nonce } = await (await fetch(`${ADDRESS}?nonce=${own}`)).json();
  if (proof !== (await prove("app", own))) return;
  await fetch(`${ADDRESS}?nonce=${nonce}&proof=${await prove("page", nonce)}`, { method: "POST" });
}
