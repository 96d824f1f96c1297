"""Reads Python source as syntax: the environment variables it asks for, its Django settings, and who selects them.

https://docs.djangoproject.com/en/stable/topics/settings/
"""

from parity.readers.python.code import read
from parity.readers.python.imports import imports
from parity.readers.python.names import is_test
from parity.readers.python.selections import pytest_selection
from parity.readers.python.worth import worth_reading

__all__ = ["imports", "is_test", "pytest_selection", "read", "worth_reading"]
