rootProject.name = "own-lexicons"
