"""Every sentence of the screens, the e-mails and the files, in Spanish and English; without Streamlit."""
