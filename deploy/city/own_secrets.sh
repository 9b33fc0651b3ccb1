#!/bin/sh
# own_secrets.sh USER SECRET... -- COMMAND...: give secrets to the user that an engine's image runs as, then become COMMAND.
#
# A compose secret from a file keeps the owner and mode it has outside (ours, 600). The images of RabbitMQ and MongoDB
# start as root and go on as a user of their own, who could not read it. The copies are on a tmpfs: never on a disk.
set -eu
user=$1
shift
while [ "$1" != "--" ]; do
  install -o "$user" -m 400 "/run/secrets/$1" "/run/ptsp/$1"
  shift
done
shift
exec "$@"
