"""The app: a local page that looks into the camera, and plays the music that fits."""
