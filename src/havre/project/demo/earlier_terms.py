"""What the demo's terms of use said the year before, so that someone finds a new version to accept."""

from pathlib import Path

from havre.project.demo.house import TEXTS

# As they are said now, as they were said then.
_SAID: dict[str, tuple[tuple[str, str], ...]] = {
    "fr": (
        ("version: 1.0", "version: 0.9"),
        ("in_force_from: 2026-01-01", "in_force_from: 2025-01-01"),
        ("prévenez-nous sans attendre. Nous fermons l’accès.", "prévenez-nous par courrier."),
        (
            "- **Attestation d’assurance**\N{NO-BREAK SPACE}: pour vous ou pour un bénéficiaire, en"
            " français ou en anglais.\n",
            "",
        ),
        ("pendant deux ans après", "pendant six mois après"),
    ),
    "en": (
        ("version: 1.0", "version: 0.9"),
        ("in_force_from: 2026-01-01", "in_force_from: 2025-01-01"),
        ("tell us without waiting. We close the access.", "tell us by post."),
        (
            "- **Insurance certificate**: for yourself or for a beneficiary, in French or in"
            " English.\n",
            "",
        ),
        ("for two years after", "for six months after"),
    ),
}


def write_earlier_terms(folder: Path) -> None:
    """``terms.fr.md`` and ``terms.en.md`` as they were. Refuses a text whose words were changed since."""
    for language, said in _SAID.items():
        name = f"terms.{language}.md"
        text = (TEXTS / name).read_text(encoding="utf-8")
        for now, then in said:
            if text.count(now) != 1:
                raise ValueError(f"{name} does not say once: {now}")
            text = text.replace(now, then)
        (folder / name).write_text(text, encoding="utf-8")
