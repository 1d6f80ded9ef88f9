from havre.commons.content.words.kinds import Bilingual, Key, Part, Prose


class Question(Part, frozen=True):
    id: Key
    question: Bilingual
    answer: Prose


class Topic(Part, frozen=True):
    id: Key
    title: Bilingual
    questions: tuple[Question, ...]


class Faq(Part, frozen=True):
    topics: tuple[Topic, ...]
