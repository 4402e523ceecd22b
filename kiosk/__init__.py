"""The kiosk: buttons, the ticket, the printer."""
