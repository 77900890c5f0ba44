"""What stands around every screen: sign-in, session, navigation."""
