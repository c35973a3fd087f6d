"""Carriers that are asked for their rates over HTTPS: one module each, plain values in and out, failures as data and never raised."""
