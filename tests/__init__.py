"""The tests are a package of their own name, whatever else is installed as `tests`."""
