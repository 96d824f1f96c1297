#!/bin/sh
# No service starts while a package is being installed: an image has no init.
exit 101
