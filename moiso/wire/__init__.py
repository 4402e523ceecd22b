"""The contract on the wire, pure: topics, messages, codec, sessions, requests and gaps."""
