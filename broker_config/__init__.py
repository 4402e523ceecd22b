"""Mosquitto for one site: who may say what, with which password, on which address."""
