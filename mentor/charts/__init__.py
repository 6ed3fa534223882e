"""Figures: finished frames in, plotly figures out."""
