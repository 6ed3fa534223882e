"""What the trades and moods say in numbers: frames in, frozen dataclasses out, no storage and no language."""
