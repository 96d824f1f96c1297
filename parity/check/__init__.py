"""`parity check`: from files to a contract, from the contract to findings, and from findings to what a person reads."""
