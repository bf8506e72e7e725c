"""The pictures of a body, and the sizes and forms in which pages give them."""

from dossier.model import Body, Picture
from dossier.pictures.sizes import FORMS, derived_path, widths
from dossier.plan.frame import Frame
from dossier.urls import asset_path
from dossier.views import PictureView


def pictures_of(frame: Frame, body: Body) -> tuple[PictureView, ...]:
    """The pictures that a body shows, as far as their sizes are known."""
    known = frame.library.pictures
    if not known:
        return ()
    found = ((path, known[path]) for path in body.assets if path in known and known[path].width)
    return tuple(_view(path, picture, frame.library.forms) for path, picture in found)


def _view(path: str, picture: Picture, forms: tuple[str, ...]) -> PictureView:
    sources = tuple(
        (FORMS[form][0], tuple((derived_path(path, width, form), width) for width in widths(picture)))
        for form in forms
        if widths(picture)
    )
    return PictureView(asset_path(path), picture.width, picture.height, sources)
