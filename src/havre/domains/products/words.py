from dataclasses import dataclass


@dataclass(frozen=True)
class Bilingual:
    """A text in both languages of the house."""

    fr: str
    en: str

    def said_in(self, language: str) -> str:
        return self.fr if language == "fr" else self.en
