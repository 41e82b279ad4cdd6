"""Fixture policy: small, hand-readable inputs written for this project; no network, no sleep, fixed seeds.

A test that needs the default embedding model uses the `embedder` fixture; nothing may need files from outside
the repository and the installed packages.
"""
