"""Changing one's own e-mail address: a code to the new one, a notice to the old one."""
