"""The shell of every screen: sign-in, session, navigation."""
