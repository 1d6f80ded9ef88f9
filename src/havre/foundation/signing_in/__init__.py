"""What signing in asks of anybody, member or staff: rules and no table."""
