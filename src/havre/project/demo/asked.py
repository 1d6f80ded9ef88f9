"""Requests of the demo's member: written, sent, awaiting a reply, decided either way, withdrawn."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from havre.commons.accounts import queries as accounts
from havre.commons.audit import actions as audit
from havre.commons.audit.words import OpeningPurpose
from havre.commons.cases import actions as cases
from havre.commons.cases import queries
from havre.commons.cases.queries import CaseSeen, DraftSeen
from havre.commons.cases.words import Answers, Asked, AskReason, By, Outcome, Ruling, Side
from havre.commons.documents import actions as documents
from havre.commons.documents import queries as documents_of
from havre.commons.documents.actions import Sender
from havre.commons.documents.words import Compartment
from havre.commons.staff import queries as staff
from havre.commons.staff.queries import StaffSeen
from havre.commons.staff.words import Permission, StaffRole
from havre.foundation.db import Actor, Channel, Role, acting
from havre.journeys.requests import deciding, drafting, filing, following
from havre.journeys.requests.facts import Facts, facts_of
from havre.journeys.requests.registry import kind_of
from havre.project.demo.photographed import Photo

SignedInAs = Callable[[Role], AbstractContextManager[None]]
_ONLINE = Actor(name="demo", channel=Channel.ONLINE, purpose="make a request")


@dataclass(frozen=True)
class Wish:
    """A request and what becomes of it. ``ago`` and ``answered`` count days; ``asks`` are what is asked,
    ``photos`` what came with it. Unless it came online, the desk wrote it down."""

    kind: str
    answers: Answers
    ago: int
    asks: tuple[Asked, ...] = ()
    outcome: Outcome | None = None
    words: str = ""
    answered: int = 0
    sent: bool = True
    withdrawn: bool = False
    reason: str = ""
    details: Answers = field(default_factory=dict)
    photos: tuple[Photo, ...] = ()
    channel: Channel = Channel.ONLINE


def _other(subject: str, words: str) -> Answers:
    return {"subject": subject, "words": words}


SMALL = (
    ("Numéro de téléphone de la clinique", "Quel est le numéro de l’hôpital conventionné ?"),
    ("Carte abîmée", "Ma carte ne se lit plus, comment en avoir une autre ?"),
    ("Déplacement en Guyane", "Faut-il vous prévenir d’un voyage de trois semaines ?"),
    ("Attestation pour l’école", "L’école demande une version signée de l’attestation."),
    ("Second numéro de téléphone", "Pouvez-vous noter aussi le numéro de mon mari ?"),
)
WISHES = (
    *(
        Wish(
            "other",
            _other(*said),
            ago=80 - 9 * place,
            outcome=Outcome.VALIDATED,
            words="C’est fait. Vous pouvez nous écrire ici si quelque chose manque.",
            answered=76 - 9 * place,
        )
        for place, said in enumerate(SMALL)
    ),
    Wish(
        "other",
        _other("Vol annulé", "Remboursez-vous le billet d’un voyage que j’ai annulé ?"),
        ago=33,
        outcome=Outcome.REJECTED,
        words="Votre contrat ne prévoit pas l’annulation d’un voyage. L’assurance de votre carte bancaire"
        " la prévoit souvent : sa notice dit à qui écrire.",
        answered=30,
        reason="not-ours",
    ),
    Wish(
        "other",
        _other("Adresse de vacances", "Pouvez-vous écrire à Oaxaca pendant deux mois ?"),
        ago=20,
        withdrawn=True,
    ),
    Wish(
        "certificate",
        {
            "recipient": "Escuela Montessori de Coyoacán",
            "words": "Cobertura médica con vigencia hasta julio",
            "language": "es",
        },
        ago=9,
        asks=(
            Asked(
                piece="",
                reason=AskReason.INCOMPLETE,
                words="À quel nom l’école veut-elle l’attestation, et pour quelle année scolaire ?",
            ),
            Asked(
                piece="model",
                reason=AskReason.MISSING,
                words="Le modèle que l’école vous a remis. Une photo lisible suffit.",
            ),
        ),
    ),
    Wish(
        "complaint",
        {
            "subject": "service",
            "words": "J’ai appelé trois fois en août avant que quelqu’un me réponde.",
            "wish": "Savoir ce qui change.",
        },
        ago=4,
    ),
    Wish(
        "other",
        _other("Rendez-vous téléphonique", "Peut-on m’appeler un soir, à l’heure de Mexico ?"),
        ago=1,
    ),
    Wish(
        "other",
        _other("Attestation pour Inès", "L’école d’Inès la demande en espagnol, avant janvier."),
        ago=3,
        channel=Channel.PHONE,
    ),
    Wish(
        "other",
        _other("Départ en mars", "Quand prévenir de notre retour ?"),
        ago=2,
        sent=False,
    ),
    Wish("data-protection", {}, ago=6, sent=False),
)


def ask_for_things(account: UUID, *, signed_in_as: SignedInAs, now: datetime) -> None:
    """Let the member ask, and the team answer, each as their own user of the database."""
    from havre.project.demo.claims import claims

    with signed_in_as(Role.WEB), acting(actor=_ONLINE):
        place = accounts.place_of(account=account)
    with signed_in_as(Role.DESK_WEB), acting(actor=_ONLINE):
        working = staff.working(permission=Permission.MESSAGES_ANSWER)
        nadia = next(one for one in working if StaffRole.AGENT in one.roles)
        hugo = next(one for one in working if StaffRole.HEALTH_AGENT in one.roles)
    if place is None:
        raise LookupError("the demo's member has an account")
    stage = _Stage(place[0], place[1], account, nadia, signed_in_as)
    for wish in WISHES:
        stage.play(wish, now=now)
    for wish in claims(now.date()):
        replace(stage, agent=hugo).play(wish, now=now)
    with signed_in_as(Role.WORKER), acting(actor=_ONLINE, role=Role.BATCH):
        cases.measure_delays(now=now, on=now.date())


@dataclass(frozen=True)
class _Stage:
    household: UUID
    membership: UUID
    account: UUID
    agent: StaffSeen
    signed_in_as: SignedInAs

    def play(self, wish: Wish, *, now: datetime) -> None:
        at = now - timedelta(days=wish.ago)
        with self._as_writer(wish):
            draft = self._begun(wish, at)
        self._send_photos(wish, draft, at)
        if not wish.sent:
            return
        with self._as_writer(wish):
            case = self._filed(wish, draft, at)
        if wish.asks:
            self._ask(case, wish, at + timedelta(days=1))
        if wish.outcome is not None:
            self._decide(case, wish, now - timedelta(days=wish.answered))

    @contextmanager
    def _as_writer(self, wish: Wish) -> Iterator[None]:
        """The member; the agent, for what came otherwise than online."""
        user, role, actor = Role.WEB, Role.MEMBER, _ONLINE
        if wish.channel is not Channel.ONLINE:
            name, purpose = str(self.agent.id), "make a request for a member"
            user, role = Role.DESK_WEB, Role.DESK
            actor = Actor(name=name, channel=wish.channel, purpose=purpose)
        with (
            self.signed_in_as(user),
            acting(actor=actor, role=role, household=self.household),
        ):
            yield

    def _writer(self, wish: Wish) -> By:
        if wish.channel is Channel.ONLINE:
            return By(id=str(self.account), side=Side.MEMBER)
        return self._by

    @contextmanager
    def _as_agent(self, case: CaseSeen) -> Iterator[None]:
        actor = Actor(name=str(self.agent.id), channel=Channel.DESK, purpose="answer a request")
        with (
            self.signed_in_as(Role.DESK_WEB),
            acting(actor=actor, role=Role.DESK, household=self.household),
        ):
            if case.compartment is not Compartment.GENERAL:
                self._open(case)
            role = deciding.role_for(case.compartment)
            with acting(actor=actor, role=role, household=self.household):
                yield

    def _open(self, case: CaseSeen) -> None:
        """Health is open for an hour of the database's own clock."""
        moment = datetime.now(UTC)
        audit.open_health(
            household=self.household,
            staff=self.agent.id,
            name=self.agent.first_name,
            purpose=OpeningPurpose.REQUEST,
            case=case.id,
            now=moment,
            until=moment + timedelta(hours=1),
        )

    def _facts(self, at: datetime) -> Facts:
        found = facts_of(household=self.household, membership=self.membership, today=at.date())
        if found is None:
            raise LookupError("the demo's member is of their household")
        return found

    def _begun(self, wish: Wish, at: datetime) -> DraftSeen:
        facts, kind = self._facts(at), kind_of(wish.kind)
        given = {**wish.answers}
        if wish.kind == "certificate":
            given["people"] = [str(facts.me.id)]
        row = drafting.begin(
            kind=kind,
            facts=facts,
            by=self._writer(wish).id,
            channel=wish.channel,
            now=at,
            given=given,
        )
        draft = queries.draft_of(household=self.household, draft=row)
        if draft is None:
            raise LookupError("what was begun is there")
        if not wish.sent:
            step = kind.steps(facts, draft.answers)[0].name
            drafting.save(draft=draft, answers={}, step=step, version=0, now=at)
        return draft

    def _send_photos(self, wish: Wish, draft: DraftSeen, at: datetime) -> None:
        """The worker checks them once it runs."""
        sender = Sender(self.account, _ONLINE, Role.MEMBER, self.household)
        with self.signed_in_as(Role.WEB):
            for photo in wish.photos:
                documents.receive_whole(
                    sender=sender,
                    subject=draft.id,
                    piece=photo.piece,
                    compartment=kind_of(wish.kind).compartment,
                    file_name=photo.file_name,
                    content=[photo.content()],
                    now=at,
                )

    def _filed(self, wish: Wish, draft: DraftSeen, at: datetime) -> CaseSeen:
        facts, by = self._facts(at), self._writer(wish)
        sent = documents_of.uploads_of(household=self.household, subject=draft.id)
        filed = filing.file(
            kind=kind_of(wish.kind),
            draft=draft,
            facts=facts,
            papers=[one.id for one in sent],
            channel=wish.channel,
            by=by,
            now=at,
        )
        documents.keep_uploads(household=self.household, subject=draft.id, now=at)
        if wish.withdrawn:
            following.withdraw(case=filed.case, facts=facts, by=by, now=at + timedelta(hours=3))
        return filed.case

    def _ask(self, case: CaseSeen, wish: Wish, at: datetime) -> None:
        with self._as_agent(case):
            request = deciding.request_of(household=self.household, case=case.id)
            if request:
                deciding.ask(
                    request=request,
                    facts=self._facts(at),
                    asked=wish.asks,
                    by=self._by,
                    version=request.case.version,
                    now=at,
                )

    def _decide(self, case: CaseSeen, wish: Wish, at: datetime) -> None:
        with self._as_agent(case):
            cases.mark_read(household=self.household, case=case.id, by=self._by, now=at)
            request = deciding.request_of(household=self.household, case=case.id)
            if request is None or wish.outcome is None:
                return
            facts = self._facts(at)
            proposed = kind_of(case.kind).begin_decision(request, facts)
            details = {**proposed, **wish.details} if wish.outcome is Outcome.VALIDATED else {}
            decision = deciding.decide(
                request=request,
                facts=facts,
                ruling=Ruling(
                    outcome=wish.outcome,
                    by=self._by,
                    words=wish.words,
                    reason=wish.reason,
                    details=details,
                ),
                shown=deciding.mark_of(request, facts, details),
                version=request.case.version,
                now=at,
            )
        with self.signed_in_as(Role.WORKER):
            deciding.apply(
                household=self.household, decision=decision.id, now=at + timedelta(minutes=1)
            )

    @property
    def _by(self) -> By:
        return By(id=str(self.agent.id), side=Side.STAFF, name=self.agent.first_name)
