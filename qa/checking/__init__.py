"""The number checker's rooms; `qa.check` is the door."""
