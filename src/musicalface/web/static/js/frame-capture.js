// Encodes the current video frame as a small JPEG.

const MAX_WIDTH = 640; // pixels
const QUALITY = 0.8;
const canvas = document.createElement("canvas");

export function captureFrame(video) {
  const scale = Math.min(1, MAX_WIDTH / video.videoWidth);
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  canvas.getContext("2d").drawImage(video, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => { canvas.toBlob(resolve, "image/jpeg", QUALITY); });
}
