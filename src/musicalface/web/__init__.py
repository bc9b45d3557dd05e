"""The app: a local web server and page that read faces from the camera and play songs."""
