"""The only place where files are opened up: short-lived children that read one file from stdin and answer on stdout.

`python -m uploads.media` reads a picture and writes its renditions. On stdout go lines of JSON, each followed by as many bytes as its
"bytes" says. No Django, no database, no secrets, no file is written. Nothing is imported here: each child loads only its own decoders.
"""
