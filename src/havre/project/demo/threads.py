"""Conversations of the demo's member with the team, in both languages: answered, waiting, long."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from havre.commons.accounts import queries as accounts
from havre.commons.messaging import actions as messaging
from havre.commons.messaging import queries as messages
from havre.commons.messaging.words import Side, Topic
from havre.commons.staff import queries as staff
from havre.commons.staff.words import Permission, StaffRole
from havre.foundation.db import Actor, Channel, Role, acting
from havre.foundation.ids import new_id
from havre.journeys.messages.writing import Agent, Member, Text, answer, begin, write

SignedInAs = Callable[[Role], AbstractContextManager[None]]
_ONLINE = Actor(name="demo", channel=Channel.ONLINE, purpose="write to the team")


@dataclass(frozen=True)
class Thread:
    """``said`` alternates, the member first; the team answers ``minutes`` later. ``ago`` counts days."""

    topic: Topic
    subject: str
    language: str
    ago: int
    said: Sequence[str]
    minutes: int = 25
    closed: bool = False
    unread: bool = False


MOVING = Thread(
    Topic.CONTRACT,
    "Notre départ à Mexico",
    "fr",
    52,
    (
        "Bonjour, nous partons à Mexico le mois prochain. Que devons-nous faire ?",
        "Bonjour Madame Aubrac. Indiquez votre nouvelle adresse et le pays dans « Mes informations ».",
        "C’est fait. Notre zone change-t-elle ?",
        "Non, le Mexique est dans votre zone.",
        "Et pour les enfants ?",
        "Ils sont couverts comme vous, dès le premier jour.",
        "Faut-il prévenir la CFE ?",
        "Oui, de votre côté. Voici ce qu’elle demande : votre nouvelle adresse et la date d’arrivée.",
        "La carte d’adhérent reste la même ?",
        "Oui, elle reste valable. Vous la trouvez dans votre espace.",
        "Y a-t-il un numéro d’urgence sur place ?",
        "La page Urgence le donne pour le Mexique, et elle s’ouvre sans réseau.",
        "Merci. Un médecin francophone à Mexico ?",
        "L’assistance vous en propose plusieurs, de jour comme de nuit.",
        "Pour l’école, il faut une attestation.",
        "Elle se fait en deux minutes dans Certificats, en espagnol aussi.",
        "Parfait, je l’ai. Puis-je garder mon numéro français ?",
        "Oui. Ajoutez le numéro mexicain quand vous l’avez.",
        "Les remboursements arrivent toujours en euros ?",
        "Oui, dans la monnaie de votre contrat.",
        "Et si je paie en pesos ?",
        "Nous convertissons au taux du jour des soins, et le décompte le montre.",
        "D’accord. Combien de temps garder les factures ?",
        "Deux ans : nous pouvons demander l’original.",
        "Nos vaccins sont-ils remboursés ?",
        "Oui, dans la limite écrite à votre contrat.",
        "Une dernière question : la télémédecine ?",
        "Elle est comprise, sans avance de frais.",
        "Formidable.",
        "Bon voyage à tous.",
        "Nous sommes arrivés, tout va bien.",
        "Bienvenue à Mexico. Nous restons à votre écoute.",
        "Merci pour tout.",
        "Avec plaisir.",
        "Je retrouve cet échange quand je veux ?",
        "Oui, il reste ici, et la recherche le retrouve par ses mots.",
    ),
    minutes=18,
    closed=True,
)
THREADS = (
    MOVING,
    Thread(
        Topic.CONTRIBUTIONS,
        "A certificate in English",
        "en",
        20,
        (
            "Hello, my employer asks for a proof of cover in English. Where do I find it?",
            "Hello Mrs Aubrac. Under Certificates, choose English as its language: it is there at once.",
            "Found it, thank you.",
        ),
        closed=True,
    ),
    Thread(
        Topic.ACCOUNT,
        "",
        "fr",
        6,
        (
            "Bonjour, mon mari n’a pas reçu son mot de passe provisoire.",
            "Bonjour. Son adresse avait une faute de frappe : elle est corrigée, il peut le redemander.",
        ),
        minutes=70,
        unread=True,
    ),
    Thread(
        Topic.CONTRACT,
        "Ajouter l’assistance voyage",
        "fr",
        1,
        ("Bonjour, peut-on ajouter l’assistance voyage en cours d’année ?",),
    ),
)


def converse(account: UUID, *, signed_in_as: SignedInAs, now: datetime) -> None:
    """Let the member and the team write to each other, each as their own user of the database."""
    with signed_in_as(Role.WEB), acting(actor=_ONLINE):
        place = accounts.place_of(account=account)
    with signed_in_as(Role.DESK_WEB), acting(actor=_ONLINE):
        working = staff.working(permission=Permission.MESSAGES_ANSWER)
        nadia = next(one for one in working if StaffRole.AGENT in one.roles)
    if place is None:
        raise LookupError("the demo's member has an account")
    household, membership = place
    at_the_desk = Actor(name=str(nadia.id), channel=Channel.DESK, purpose="answer a message")
    stage = _Stage(
        Member(household, membership, account, _ONLINE),
        Agent(nadia.id, nadia.first_name, Role.DESK, at_the_desk),
        signed_in_as,
    )
    for thread in THREADS:
        stage.play(thread, now=now)


@dataclass(frozen=True)
class _Stage:
    """Who writes to whom."""

    member: Member
    agent: Agent
    signed_in_as: SignedInAs

    def play(self, thread: Thread, *, now: datetime) -> None:
        at = _morning(now - timedelta(days=thread.ago))
        first, *rest = thread.said
        conversation = self._begin(thread, first, at)
        for place, text in enumerate(rest):
            at += timedelta(minutes=4 if place % 2 else thread.minutes)
            speak = self._write if place % 2 else self._answer
            speak(conversation, Text(text, new_id()), at)
        with self.signed_in_as(Role.WEB):
            _settle(thread, self.member, conversation)

    def _begin(self, thread: Thread, first: str, at: datetime) -> UUID:
        with self.signed_in_as(Role.WEB):
            return begin(
                self.member,
                Text(first, new_id()),
                topic=thread.topic,
                subject=thread.subject,
                language=thread.language,
                today=at.date(),
                now=at,
            ).conversation

    def _write(self, conversation: UUID, text: Text, at: datetime) -> None:
        with self.signed_in_as(Role.WEB):
            write(self.member, text, conversation=conversation, today=at.date(), now=at)

    def _answer(self, conversation: UUID, text: Text, at: datetime) -> None:
        with self.signed_in_as(Role.DESK_WEB):
            answer(
                self.agent,
                text,
                household=self.member.household,
                conversation=conversation,
                today=at.date(),
                now=at,
            )


def _settle(thread: Thread, member: Member, conversation: UUID) -> None:
    with acting(actor=_ONLINE, role=Role.MEMBER, household=member.household):
        seen = messages.conversation_of(household=member.household, conversation=conversation)
        if seen and not thread.unread:
            messaging.mark_read(seen, side=Side.MEMBER, up_to=seen.messages)
        if thread.closed:
            messaging.close(household=member.household, conversation=conversation)


def _morning(day: datetime) -> datetime:
    """Half past nine of that day or of the working day before it, in the house's time."""
    local = day.astimezone(ZoneInfo(settings.HAVRE.OPERATOR_TIME_ZONE))
    while local.weekday() > 4:
        local -= timedelta(days=1)
    return local.replace(hour=9, minute=30, second=0, microsecond=0)
