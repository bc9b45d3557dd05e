// Requests to the server; whatever goes wrong is a Refusal with one sentence for the person.

import { set } from "./store.js";

const LONGEST = 30000; // milliseconds
export const GONE =
  "MusicalFace has stopped answering: start it again, and this page goes on.";

export class Refusal extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

async function answerOf(response) {
  const body = await response.json().catch(() => null);
  if (response.ok) return body ?? {};
  const error = body?.error;
  throw new Refusal(
    error?.code ?? `http_${response.status}`,
    error?.message ?? "MusicalFace did not understand that: load the page again.",
  );
}

async function ask(method, address, body) {
  const options = { method, signal: AbortSignal.timeout(LONGEST) };
  if (body instanceof Blob) options.body = body;
  else if (body) {
    options.body = JSON.stringify(body);
    options.headers = { "Content-Type": "application/json" };
  }
  const response = await fetch(address, options).catch(() => {
    set({ server: "gone" });
    throw new Refusal("gone", GONE);
  });
  return answerOf(response);
}

export const get = (address) => ask("GET", address);
export const post = (address, body = {}) => ask("POST", address, body);
export const forget = (address, body) => ask("DELETE", address, body);
