// Plays Deezer's previews in the app.

import { catalogName } from "../ui/catalog-name.js";
import { createDeezerVoice } from "../ui/deezer-output.js";
import { post } from "./api.js";

export const createPreviewVoice = (events) => createDeezerVoice(events, (song) => post("/api/deezer/preview", catalogName(song)));
