"""What is known of the world outside a repository: plain values, each table with its sources and the day it was looked up."""
