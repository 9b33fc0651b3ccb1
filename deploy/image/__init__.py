"""What goes into the image beside the rooms: how a container starts, and how it is asked whether it is well."""
