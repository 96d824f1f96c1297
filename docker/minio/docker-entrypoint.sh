#!/bin/sh
# The official image's command may leave out the program's name: `server /data` is `minio server /data`.
[ "${1:-minio}" = minio ] || set -- minio "$@"
exec "$@"
