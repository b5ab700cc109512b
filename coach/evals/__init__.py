"""Cases, metrics and reports that measure the stages."""
