"""What Havre costs beside a control that does the same work bare. See ``docs/performance.md``.

``make bench`` runs it. Nothing here is a test: a figure that misses its goal is told, not failed.
"""
