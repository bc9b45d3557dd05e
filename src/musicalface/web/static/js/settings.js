// The settings that the program keeps, such as offline, covers, and the history.

import { get, put } from "./api.js";
import { setState, state } from "./store.js";

export async function refreshSettings() {
  const settings = await get("/api/settings").catch(() => null);
  if (settings) setState({ settings });
}

/** Changes settings; resolves to an error message, or an empty text. */
export async function changeSettings(changes) {
  try {
    setState({ settings: await put("/api/settings", changes) });
    return "";
  } catch (error) {
    setState({ settings: { ...state.settings } }); // the switches return to what holds
    return error.message;
  }
}
