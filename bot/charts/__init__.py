"""Charts: drawn by matplotlib in a short-lived process, since it takes 40 MB and its time."""
