"""From a YAML file to plain values, each with the line it stands on."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from havre.commons.content.words.kinds import Place
from havre.foundation.refusals import Refusal

_BLANK = re.compile(r"\{([a-z_]+)\}")


class WrongContent(Refusal):
    """Files that cannot be published: one line for each thing to mend, with file and line."""

    def __init__(self, *lines: str) -> None:
        self.lines = lines
        super().__init__("\n".join(lines))


@dataclass(frozen=True)
class Source:
    """What a file says: text, lists and mappings only, so that ``no`` stays Norway."""

    name: str
    values: Any
    lines: Mapping[Place, int]

    def at(self, place: Place, why: str) -> str:
        """``faq.yaml, line 12, topics[0].title: en is missing``."""
        known = place
        while known not in self.lines:
            known = known[:-1]
        named = _named(place)
        return f"{self.name}, line {self.lines[known]}{', ' + named if named else ''}: {why}"


def read_source(name: str, text: str, *, facts: Mapping[str, Mapping[str, str]]) -> Source:
    """The values of a YAML file. Refuses with :class:`WrongContent`, naming the line.

    Texts under ``fr`` and ``en`` have their blanks (``{phone}``…) filled with the ``facts`` of that
    language. Aliases are refused, and a name given twice is.
    """
    try:
        node = _Loader(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise WrongContent(f"{name}, line {line}: {error.problem or error.context}") from None
    except yaml.YAMLError as error:
        raise WrongContent(f"{name}: {error}") from None
    if not isinstance(node, MappingNode):
        raise WrongContent(f"{name}, line 1: is empty, or no list of NAME: VALUE")
    reading = _Reading(name, facts)
    values = reading.value(node, ())
    if reading.problems:
        raise WrongContent(*reading.problems)
    return Source(name, values, reading.lines)


class _Loader(yaml.BaseLoader):
    """YAML's own safe reading, where every value is text, and nothing stands for something else."""

    def compose_node(self, parent: Node | None, index: int) -> Node | None:
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(
                problem="an alias (*) is not read here", problem_mark=event.start_mark
            )
        return super().compose_node(parent, index)


class _Reading:
    def __init__(self, name: str, facts: Mapping[str, Mapping[str, str]]) -> None:
        self.name, self.facts = name, facts
        self.lines: dict[Place, int] = {}
        self.problems: list[str] = []

    def value(self, node: Node, place: Place) -> Any:
        self.lines[place] = node.start_mark.line + 1
        if isinstance(node, MappingNode):
            return self._mapping(node, place)
        if isinstance(node, SequenceNode):
            return [self.value(one, (*place, rank)) for rank, one in enumerate(node.value)]
        return self._text(node, place)

    def _mapping(self, node: MappingNode, place: Place) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, ScalarNode):
                self.problems.append(f"{self.name}, line {line}: a name is expected before the :")
                continue
            if key.value in values:
                self.problems.append(f"{self.name}, line {line}: {key.value} is there twice")
            values[key.value] = self.value(value, (*place, key.value))
            self.lines[(*place, key.value)] = line
        return values

    def _text(self, node: Node, place: Place) -> str:
        language = place[-1] if place else ""
        text = str(node.value).strip()
        return self._filled(text, str(language), place) if language in self.facts else text

    def _filled(self, text: str, language: str, place: Place) -> str:
        told, problems = filled(text, self.facts[language])
        where = f"{self.name}, line {self.lines[place]}, {_named(place)}"
        self.problems += [f"{where}: {why}" for why in problems]
        return told


def filled(text: str, facts: Mapping[str, str]) -> tuple[str, list[str]]:
    """The text with its blanks filled, and those that cannot be."""
    problems = []

    def fact(blank: re.Match[str]) -> str:
        value = facts.get(blank[1])
        if not value:
            problems.append(
                f"{blank[0]} is no blank that is known"
                if value is None
                else f"{blank[0]} cannot be filled: set OPERATOR_{blank[1].upper()}"
            )
        return value or ""

    return _BLANK.sub(fact, text), problems


def _named(place: Place) -> str:
    """``topics[0].title``."""
    parts = (f"[{one}]" if isinstance(one, int) else f".{one}" for one in place)
    return "".join(parts).removeprefix(".")
