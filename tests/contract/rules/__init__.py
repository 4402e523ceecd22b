"""The rulebook (docs/rules.md) on the wire, rule by rule, with nothing but mosquitto_pub and mosquitto_sub."""
