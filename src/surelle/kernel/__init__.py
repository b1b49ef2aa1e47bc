"""Plain Python that every brick may use: periods, identifiers, dated law. No Django."""
