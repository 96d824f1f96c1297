"""Parity starts a repository's Procfile in whichever home this machine has: compose, honcho or embedded."""
