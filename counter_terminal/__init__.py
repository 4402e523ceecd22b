"""Call units: buttons next, recall and no-show, and a lamp that tells the truth."""
