"""HTTP server of the app, the player pages and the Spotify login callback."""
