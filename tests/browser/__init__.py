"""The app as people use it: started as they start it, in a real Chromium."""
