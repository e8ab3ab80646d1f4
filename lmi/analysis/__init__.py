"""Pure functions, frames in and frames out: no files, no SQL, no clock, no unseeded random number."""
