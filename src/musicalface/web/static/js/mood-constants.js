// The moods and expressions, and where they are on the plane of valence and arousal.

export const MOOD_POSITIONS = {
  angry: [-0.75, 0.75],
  happy: [0.8, 0.6],
  relaxed: [0.65, -0.7],
  sad: [-0.75, -0.65],
};
export const EXPRESSIONS = ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"];
export const MOOD_OF = { angry: "angry", disgust: "angry", fear: "sad", happy: "happy", sad: "sad", surprise: "relaxed", neutral: "relaxed" };
