"""The contract on the wire, tested from outside. A package, so that its centre ends with it."""
