"""The commands, a module a kind. Each is a plain function, that `cancu.cli` gives its name."""
