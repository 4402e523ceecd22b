"""The wall display: it shows and speaks who is called, and says how long the others will wait."""
