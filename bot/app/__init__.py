"""The composition root: builds everything from the settings, starts and stops it in order."""
