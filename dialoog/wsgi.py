"""The door for the web server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dialoog.settings")
application = get_wsgi_application()
# what is loaded by now stays; searching it for garbage again would hold up a request for a tenth of a second
gc.collect()
gc.freeze()
