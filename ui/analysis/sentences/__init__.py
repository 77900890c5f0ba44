"""What a chart shows, in a sentence; without Streamlit."""
