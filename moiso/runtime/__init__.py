"""Inbox and loop, the MQTT link, configuration, logs, systemd: the only place for threads."""
