"""Texts that the team sends often, in the member's language, with the fields filled."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Canned:
    """A text by language; ``{first_name}`` and ``{agent}`` are filled."""

    id: str
    title: Mapping[str, str]
    text: Mapping[str, str]

    def said(self, language: str, *, first_name: str, agent: str) -> str:
        return self.text[_known(language)].format(first_name=first_name, agent=agent)

    def called(self, language: str) -> str:
        return self.title[_known(language)]


CANNED = (
    Canned(
        "received",
        {"fr": "Bien reçu", "en": "Received"},
        {
            "fr": "Bonjour {first_name},\n\nVotre message est bien reçu. Je regarde votre dossier et"
            " je vous réponds ici.\n\n{agent}",
            "en": "Hello {first_name},\n\nYour message has arrived. I am looking at your file and will"
            " answer here.\n\n{agent}",
        },
    ),
    Canned(
        "more",
        {"fr": "Il manque une précision", "en": "One thing is missing"},
        {
            "fr": "Bonjour {first_name},\n\nPour vous répondre, il me faut une précision : \n\n{agent}",
            "en": "Hello {first_name},\n\nTo answer you I need to know one more thing: \n\n{agent}",
        },
    ),
    Canned(
        "request",
        {"fr": "À demander en ligne", "en": "To ask for online"},
        {
            "fr": "Bonjour {first_name},\n\nCela se demande dans votre espace, où les documents à"
            " joindre sont indiqués. Dites-moi ici si quelque chose bloque.\n\n{agent}",
            "en": "Hello {first_name},\n\nYou can ask for this in your space, which tells what to"
            " attach. Tell me here if anything is in the way.\n\n{agent}",
        },
    ),
    Canned(
        "done",
        {"fr": "C’est fait", "en": "It is done"},
        {
            "fr": "Bonjour {first_name},\n\nC’est fait. Vous le voyez dès maintenant dans votre"
            " espace.\n\n{agent}",
            "en": "Hello {first_name},\n\nIt is done. You see it in your space from now on.\n\n{agent}",
        },
    ),
)


def _known(language: str) -> str:
    return "fr" if language == "fr" else "en"
