// The options of the camera: which one, and whether its picture is mirrored. Loaded when the camera is first on.

import { createElement, query } from "../ui/dom.js";
import { fillSentences } from "../ui/sentences.js";
import { listCameras, openLabel } from "./camera.js";
import { cameraChoice, rememberCamera } from "./stored-camera.js";
import { startCamera } from "./camera-session.js";
import { setState, state } from "./store.js";

const HTML = `
<label id="camera-choice" hidden>{{camera.choice}} <select id="camera"></select></label>
<label class="switch"><input type="checkbox" id="mirror" role="switch"><span class="switch-track" aria-hidden="true"></span><span>{{camera.mirror}}</span></label>`;

/** Lists the cameras; call it again when one is plugged in or out. */
export async function listChoices() {
  const cameras = await listCameras();
  query("#camera-choice").hidden = cameras.length < 2;
  query("#camera").replaceChildren(...cameras.map(({ label }) => createElement("option", { value: label }, label)));
  query("#camera").value = openLabel();
}

function createOptions() {
  query("#camera-options").innerHTML = fillSentences(HTML);
  query("#mirror").checked = cameraChoice().mirrored;
  query("#mirror").addEventListener("change", ({ target }) => {
    rememberCamera({ mirrored: target.checked });
    setState({ mirrored: target.checked, countdown: null });
  });
  query("#camera").addEventListener("change", ({ target }) => {
    rememberCamera({ label: target.value, seen: true }); // the choice ends the countdown
    startCamera({ inPreview: state.phase === "preview" });
  });
  navigator.mediaDevices.addEventListener("devicechange", listChoices);
}

createOptions();
