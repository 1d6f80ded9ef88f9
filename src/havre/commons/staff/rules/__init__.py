"""Pure rules of staff: what each role may do, and who must remain."""
