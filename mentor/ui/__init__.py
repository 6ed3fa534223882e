"""The dashboard: router, sidebar, filters and what pages are made of; with `pages` the only user of Streamlit."""
