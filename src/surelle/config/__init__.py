"""How Surelle is put together: settings, root addresses, middleware, servers."""
