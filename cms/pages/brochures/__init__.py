"""Joint brochures: one choice of producers, on the screen and on paper."""
