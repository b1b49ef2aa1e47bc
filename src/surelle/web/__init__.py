"""What every page is made of: base templates, components, design tokens, charts, htmx."""
