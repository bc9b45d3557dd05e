// The four moods and the seven expressions, in the order and words of the page.

export const CORNERS = {
  angry: [-0.75, 0.75],
  happy: [0.8, 0.6],
  sad: [-0.75, -0.65],
  relaxed: [0.65, -0.7],
};
export const EXPRESSIONS = ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"];
export const HINTS = {
  "too small": "Come closer",
  "too dark": "More light, please",
  "turned too far": "Look this way",
};
export const REASONS = {
  "too small": "Your face is too small to be read.",
  "too dark": "Your face is too dark to be read.",
  "turned too far": "Your face is turned away too far to be read.",
};
export const named = (word) => word[0].toUpperCase() + word.slice(1);
