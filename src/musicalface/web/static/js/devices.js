// The devices on which the person's Spotify can play.

import { createElement, query } from "../ui/dom.js";
import { sentence } from "../ui/sentences.js";
import { get } from "./api.js";

/** The name of the chosen device; empty means the active one. */
export const deviceChoice = () => query("#device")?.value ?? "";

/** Lists the devices in the menu; with only one there is nothing to choose. Returns the name of the active one, or "". */
export async function fillDevices() {
  const devices = await get("/api/spotify/devices").then((answer) => answer.devices, () => null);
  if (!devices) return "";
  const select = query("#device");
  const selected = select.value;
  select.replaceChildren(
    createElement("option", { value: "" }, sentence("spotify.active_device")),
    ...devices.map(({ name }) => createElement("option", { value: name }, name)),
  );
  if (devices.some(({ name }) => name === selected)) select.value = selected;
  query("#device-choice").hidden = devices.length < 2;
  return select.value || (devices.find(({ active }) => active)?.name ?? "");
}
