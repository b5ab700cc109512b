"""Makes ``python -m training`` train the adapter."""

from __future__ import annotations

from training.adapter import main

main()
