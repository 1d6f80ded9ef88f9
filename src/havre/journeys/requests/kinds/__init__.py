"""One module a kind of request. To add one: a module with one ``KIND``, and its templates if it has any."""
