"""Photos become faces, and faces seven expression probabilities."""
