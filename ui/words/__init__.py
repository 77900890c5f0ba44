"""All text of the screens, e-mails and files, in Spanish and English; without Streamlit."""
