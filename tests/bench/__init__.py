"""Measuring the real server beside a bare one in the same run; figures are printed, nothing is asserted on time."""
