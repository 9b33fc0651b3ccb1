"""Ways through the paths: on all 21 services every outcome is reached, every return included, and every way is legal."""

import pytest

from catalogue.standards_book import service_standards

SERVICES = service_standards()
each_service = pytest.mark.parametrize("code", SERVICES)
