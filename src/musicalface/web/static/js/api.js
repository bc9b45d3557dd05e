// HTTP requests to the server. Each failure raises an ApiError whose message the page shows.

import { sentence } from "../ui/sentences.js";
import { setState } from "./store.js";

const REQUEST_TIMEOUT = 30000; // milliseconds
export const SERVER_UNREACHABLE = sentence("status.unreachable");

export class ApiError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

async function parseResponse(response) {
  const body = await response.json().catch(() => null);
  if (response.ok) return body ?? {};
  const error = body?.error;
  throw new ApiError(
    error?.code ?? `http_${response.status}`,
    error?.message ?? sentence("status.unexpected"),
  );
}

async function send(method, address, body) {
  const options = { method, signal: AbortSignal.timeout(REQUEST_TIMEOUT) };
  if (body instanceof Blob) options.body = body;
  else if (body) {
    options.body = JSON.stringify(body);
    options.headers = { "Content-Type": "application/json" };
  }
  return fetch(address, options).catch(() => {
    setState({ server: "unreachable" });
    throw new ApiError("unreachable", SERVER_UNREACHABLE);
  });
}

const request = async (method, address, body) => parseResponse(await send(method, address, body));

export const get = (address) => request("GET", address);
export const post = (address, body = {}) => request("POST", address, body);
export const put = (address, body) => request("PUT", address, body);
export const del = (address, body) => request("DELETE", address, body);

/** Resolves to the file that the program answers. */
export async function requestFile(method, address, body) {
  const response = await send(method, address, body);
  return response.ok ? response.blob() : parseResponse(response);
}
