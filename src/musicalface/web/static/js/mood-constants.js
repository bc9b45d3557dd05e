// Names and positions of the moods and expressions, and sentences about unreadable faces.

export const MOOD_POSITIONS = {
  angry: [-0.75, 0.75],
  happy: [0.8, 0.6],
  relaxed: [0.65, -0.7],
  sad: [-0.75, -0.65],
};
export const EXPRESSIONS = ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"];
export const MOOD_OF = { angry: "angry", disgust: "angry", fear: "sad", happy: "happy", sad: "sad", surprise: "relaxed", neutral: "relaxed" };
export const ADJECTIVES = { disgust: "disgusted", fear: "afraid", surprise: "surprised", neutral: "neutral" };
export const HINTS = {
  "too small": "Move closer",
  "too dark": "A bit more light, please",
  "turned too far": "Face the camera",
};
export const REASONS = {
  "too small": "Your face is too far away to read.",
  "too dark": "It’s too dark to read your face.",
  "turned too far": "Your face is turned too far to read.",
};
