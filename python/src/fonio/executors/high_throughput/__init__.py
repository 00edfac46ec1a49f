"""The high-throughput executor under Parsl's module names."""
