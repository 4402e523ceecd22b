"""Buttons and lamps: what the kiosk and the call units share."""
