"""Forms of session pages: they judge shape and words, actions judge the world."""
