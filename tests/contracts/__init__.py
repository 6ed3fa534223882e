"""What the rest of the world may rely on: layers, schema, documented statements, README, checks."""
