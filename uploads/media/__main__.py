"""`python -m uploads.media` reads a picture."""

import sys

from uploads.media.pictures import main

if __name__ == "__main__":
    sys.exit(main())
