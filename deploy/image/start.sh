#!/bin/sh
# What every container of this image begins with; then it becomes the command, so that SIGTERM reaches it.
set -eu

# `NAME: ${NAME:-}` in a compose file gives an empty value; to the settings that would be a value, and a wrong one.
for name in $(env | sed -n 's/^\(PTSP_[A-Z_]*\)=$/\1/p'); do
  unset "$name"
done

# The slot of this process among those of its room: the container's own name. It stays the same when the container is
# restarted, so that a successor ends the database transaction its predecessor left open, and no two containers share it.
export PTSP_INSTANCE="${PTSP_INSTANCE:-$(cat /proc/sys/kernel/hostname)}"

exec "$@"
