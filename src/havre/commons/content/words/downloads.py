from typing import Annotated, Literal

from msgspec import Meta

from havre.commons.content.words.audience import Audience, Country
from havre.commons.content.words.kinds import Bilingual, Key, Line, Part

Day = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class Blanks(Part, frozen=True):
    """The names that a PDF form gives to the fields which we can fill; "" for none."""

    family_name: str = ""
    first_name: str = ""
    birth_date: str = ""
    adherent_number: str = ""
    contract_number: str = ""
    nir: str = ""


class Paper(Part, frozen=True):
    """A download in one language."""

    language: Literal["fr", "en"]
    file: Line
    blanks: Blanks | None = None


class Download(Part, frozen=True):
    id: Key
    topic: Key
    title: Bilingual
    about: Bilingual
    version: Line
    dated: Day
    papers: tuple[Paper, ...]
    countries: tuple[Country, ...] = ()
    audience: Audience = Audience()

    def paper(self, language: str) -> Paper | None:
        return next((one for one in self.papers if one.language == language), None)


class DownloadTopic(Part, frozen=True):
    id: Key
    title: Bilingual


class Downloads(Part, frozen=True):
    topics: tuple[DownloadTopic, ...]
    downloads: tuple[Download, ...]
