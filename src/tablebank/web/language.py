"""Which language an answer is in: pages in the reader's, `/api/` in English whoever asks.

A program reads codes and stored sentences; they must not depend on what its library happens to send
as Accept-Language (02-interfaces: one contract).
"""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

FACE_OF_PROGRAMS = "/api/"


class LanguageOfPages(LocaleMiddleware):
    """Django's own choice by cookie or Accept-Language, for pages alone."""

    def process_request(self, request: HttpRequest) -> None:
        if not _is_for_programs(request):
            super().process_request(request)
            return
        translation.activate(settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = settings.LANGUAGE_CODE

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if not _is_for_programs(request):
            response = super().process_response(request, response)
        # The thread is nobody's again: what it does next speaks no reader's language.
        translation.deactivate()
        return response


def _is_for_programs(request: HttpRequest) -> bool:
    return request.path_info.startswith(FACE_OF_PROGRAMS)
