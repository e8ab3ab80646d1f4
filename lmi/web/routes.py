"""Every address that the app answers beside its pages."""

from starlette.routing import BaseRoute

from lmi.web import room, sign_in

ROUTES: list[BaseRoute] = [*sign_in.ROUTES, *room.ROUTES]
