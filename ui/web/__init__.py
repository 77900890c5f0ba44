"""Routes beside the screens: the API, documents, the status page, and the headers of all answers."""
