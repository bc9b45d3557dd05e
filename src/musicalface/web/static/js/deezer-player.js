// Plays Deezer's previews in the app.

import { catalogName } from "../ui/catalog-name.js";
import { createDeezerOutput } from "../ui/deezer-output.js";
import { post } from "./api.js";

export const createPreviewOutput = (events) => createDeezerOutput(events, (song) => post("/api/deezer/preview", catalogName(song)));
