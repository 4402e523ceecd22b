"""The kiosk's touch page: served by the kiosk itself, so that it works with every other machine off."""
