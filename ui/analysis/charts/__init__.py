"""Charts of the analysis as Plotly figures; without Streamlit."""
