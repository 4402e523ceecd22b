"""The pages: managers' page, figures up to now, and the front panel of a fake centre; fed by MQTT alone."""
