"""The office of a city: every part as a container, from `docker-compose.yml`. How to run it: docs/city.md.

make_secrets    all passwords, keys and addresses, as files of mode 600 in ./secrets
database        the MongoDB replica set and its users
site            one site: bucket, versions, users and what each may do
"""
