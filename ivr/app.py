"""The only wiring place: settings in, application out."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.resources import files
from importlib.util import find_spec
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from db.engine import open_engine
from db.unit_of_work import Store
from ivr.admin.parts import AdminParts
from ivr.admin.passkey_proofs import PasskeyProofs
from ivr.admin.provider import IdentityProvider
from ivr.admin.site import add_admin
from ivr.api.health import health_pages
from ivr.api.oncall_feed import feed_pages
from ivr.api.v1.site import PREFIX as API
from ivr.api.v1.site import api_site
from ivr.calendars.feed import FeedAddresses, PersonFeed
from ivr.calendars.fetching import Fetcher
from ivr.calendars.imports import CalendarRefresh
from ivr.clock import Clock, wall_clock
from ivr.config import Settings
from ivr.desk.pages import desk_pages
from ivr.drill.desk import DrillDesk
from ivr.internet import Internet
from ivr.line.boxes import WEBHOOK_SECRETS, Box
from ivr.line.callbacks import CallbackDesk
from ivr.line.desk import Desk
from ivr.line.dialling import DialPolicy
from ivr.line.dispatcher import Dispatcher
from ivr.line.facts import FactDesk
from ivr.line.leg_orders import LegDesk
from ivr.line.links import Links
from ivr.line.lookups import Lookups
from ivr.line.messages import MessageDesk
from ivr.line.number_wiring import NumberDesk
from ivr.line.ports import Legs, Recordings, TicketSystem
from ivr.line.privacy import Retention
from ivr.line.promises import PromiseWatch
from ivr.line.staff import StaffParts
from ivr.line.switchboard import Switchboard
from ivr.line.talk_recordings import TalkDesk
from ivr.line.troubles import TroubleWatch
from ivr.line.webhook_dispatcher import WebhookDispatcher
from ivr.notifications.email.channel import EmailChannel
from ivr.notifications.email.message import preview
from ivr.telephony.customer_calls import TwilioCustomerCalls
from ivr.telephony.numbers import TwilioNumbers
from ivr.telephony.prices import TwilioPrices
from ivr.telephony.reading_aloud import TwilioReadingAloud
from ivr.telephony.recordings import TwilioRecordings
from ivr.telephony.rest import TwilioLegs
from ivr.telephony.safe_document import SafeDocuments
from ivr.telephony.signature import Signatures
from ivr.telephony.sounds import sound_pages
from ivr.telephony.texts import TwilioTexts
from ivr.telephony.twiml import TwimlRenderer
from ivr.telephony.webhooks import voice_webhooks
from ivr.tickets.builtin.connector import BuiltinTickets
from ivr.webhooks.posting import WebhookPosts


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The line's working parts, joined but not yet serving anything."""

    store: Store
    clock: Clock
    lookups: Lookups
    switchboard: Switchboard
    dispatcher: Dispatcher
    links: Links
    desk: Desk
    messages: MessageDesk
    callbacks: CallbackDesk
    promises: PromiseWatch
    calendars: CalendarRefresh
    troubles: TroubleWatch
    facts: FactDesk
    webhooks: WebhookDispatcher
    retention: Retention

    @property
    def tasks(self) -> tuple[Callable[[], int], ...]:
        """What the worker does again and again: send what is due, close what was lost, look after promises and
        calendars, tell other programs, forget what is old, tell owners what is wrong."""
        return (
            self.dispatcher.run_once, self.switchboard.sweep, self.promises.run_once, self.calendars.run_once,
            self.facts.run_once, self.webhooks.run_once, self.retention.run_once, self.troubles.run_once,
        )  # fmt: skip

    def close(self) -> None:
        """Give back threads and connections."""
        self.lookups.close()
        self.store.close()


def join(settings: Settings, clock: Clock = wall_clock, tickets: TicketSystem | None = None) -> Parts:
    """Join the parts as ``settings`` say; ``tickets`` stands in for the built-in ticket system."""
    store = Store(open_engine(settings.database_url, synchronous=settings.database_synchronous))
    own = tickets is None
    tickets = tickets or BuiltinTickets(store, clock)
    links = Links(settings.secret_key.get_secret_value(), settings.public_base_url)
    lookups = Lookups(tickets, own=own)
    policy = DialPolicy(regions=settings.regions, texts=settings.texts)
    legs = LegDesk(store, clock, placed_legs(settings))
    switchboard = Switchboard(
        store=store,
        clock=clock,
        lookups=lookups,
        renderer=TwimlRenderer(settings.public_base_url, links),
        policy=policy,
        legs=legs,
    )
    messages = MessageDesk(store, clock, kept_recordings(settings))
    callbacks = CallbackDesk(store, clock, lookups, customer_calls(settings), policy)
    dispatcher = Dispatcher(
        store, clock, email_channel(settings), tickets, messages, links, callbacks, texting(settings)
    )
    promises = PromiseWatch(store, clock, lookups)
    reachable = Internet(setting="CALENDAR_PRIVATE", private=settings.calendar_private)
    calendars = CalendarRefresh(store, clock, Fetcher(reachable).fetch)
    return Parts(
        store=store, clock=clock, lookups=lookups, switchboard=switchboard, dispatcher=dispatcher, promises=promises,
        links=links, desk=Desk(store, clock, legs, policy), messages=messages, callbacks=callbacks,
        calendars=calendars, facts=FactDesk(store, clock), webhooks=webhook_dispatcher(settings, store, clock),
        troubles=TroubleWatch(store, clock, number_desk(settings)),
        retention=Retention(store, clock, settings.keep_calls),
    )


def webhook_dispatcher(settings: Settings, store: Store, clock: Clock) -> WebhookDispatcher:
    """Tells other programs what happens."""
    posts = WebhookPosts(Internet(setting="WEBHOOKS_PRIVATE", private=settings.webhooks_private))
    return WebhookDispatcher(store, clock, posts, Box(settings.secret_key.get_secret_value(), WEBHOOK_SECRETS))


def account(settings: Settings) -> tuple[str, str, str]:
    """Whose account it is at the carrier, its password, and where the carrier's API answers."""
    return settings.twilio_account_sid, settings.twilio_auth_token.get_secret_value(), settings.twilio_api_base_url


def kept_recordings(settings: Settings) -> Recordings:
    """The recordings that the carrier keeps for us."""
    return TwilioRecordings(*account(settings))


def customer_calls(settings: Settings) -> TwilioCustomerCalls:
    """The carrier's side of calls to customers, in either way of ringing managers."""
    return TwilioCustomerCalls(*account(settings), settings.public_base_url)


def placed_legs(settings: Settings) -> Legs | None:
    """The carrier's side of managers' legs; None where managers are dialled from the caller's own leg."""
    if settings.ring_mode == "dial":
        return None
    return TwilioLegs(*account(settings), settings.public_base_url, detection=settings.machine_detection)


def number_desk(settings: Settings) -> NumberDesk:
    """Whether the carrier's numbers lead here."""
    return NumberDesk(TwilioNumbers(*account(settings)), settings.public_base_url)


def texting(settings: Settings) -> TwilioTexts | None:
    """The carrier's side of texts; None where they are switched off."""
    if settings.texts == "off":
        return None
    return TwilioTexts(*account(settings))


def email_channel(settings: Settings) -> EmailChannel:
    """The mail channel as ``settings`` say."""
    return EmailChannel(
        host=settings.smtp_host,
        port=settings.smtp_port,
        username=settings.smtp_username,
        password=settings.smtp_password.get_secret_value(),
        starttls=settings.smtp_starttls,
        mail_from=settings.mail_from,
    )


def staff_parts(settings: Settings, parts: Parts) -> StaffParts:
    """What programs work with."""
    return StaffParts(
        store=parts.store,
        clock=parts.clock,
        policy=DialPolicy(regions=settings.regions),
        secret_key=settings.secret_key.get_secret_value(),
        private_webhooks=settings.webhooks_private,
    )


def identity_provider(settings: Settings) -> IdentityProvider | None:
    """The OpenID provider, if there is one. Its module needs the extra ``sso``, therefore it is loaded only then; that
    the extra is installed the settings have checked."""
    if not settings.oidc_issuer:
        return None
    provider: IdentityProvider = import_module("ivr.admin.openid").OpenIdProvider(
        label=settings.oidc_name,
        issuer=settings.oidc_issuer,
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret.get_secret_value(),
        claim=settings.oidc_claim,
        site=settings.public_base_url,
    )
    return provider


def passkey_proofs(settings: Settings) -> PasskeyProofs | None:
    """Passkeys, where the extra ``passkeys`` is installed and browsers would make them: not at a bare IP address."""
    host = urlsplit(settings.public_base_url).hostname or ""
    is_name = any(each.isalpha() for each in host) and ":" not in host
    sheltered = settings.public_base_url.startswith("https://") or host == "localhost"
    if find_spec("webauthn") is None or not is_name or not sheltered:
        return None
    proofs: PasskeyProofs = import_module("ivr.admin.webauthn_proofs").WebauthnProofs(settings.public_base_url)
    return proofs


def admin_parts(settings: Settings, parts: Parts, drills: DrillDesk) -> AdminParts:
    """What the admin pages work with."""
    return AdminParts(
        store=parts.store,
        numbers=number_desk(settings),
        clock=parts.clock,
        policy=DialPolicy(regions=settings.regions),
        secret_key=settings.secret_key.get_secret_value(),
        private_webhooks=settings.webhooks_private,
        calendar_of=FeedAddresses(settings.secret_key.get_secret_value(), settings.public_base_url).of,
        second_factor=settings.second_factor == "required",
        secure=settings.public_base_url.startswith("https://"),
        preview=preview,
        keep_days=settings.keep_calls_days,
        provider=identity_provider(settings),
        passkeys=passkey_proofs(settings),
        drills=drills,
        aloud=TwilioReadingAloud(*account(settings)),
        heard=parts.messages.audio,
        prices=TwilioPrices(*account(settings)),
    )


def create_app(settings: Settings, parts: Parts | None = None) -> Flask:
    """The WSGI application. ``parts`` may be given by whoever also runs the worker in the same process."""
    joined = parts or join(settings)
    app = Flask("ivr", static_folder=str(files("ivr.telephony") / "static"), static_url_path="/static")
    app.config.update(SECRET_KEY=settings.secret_key.get_secret_value())
    app.url_map.strict_slashes = False
    signatures = Signatures(settings.twilio_auth_token.get_secret_value(), settings.public_base_url)
    safe = SafeDocuments(settings.public_base_url, settings.duty_number)
    talks = TalkDesk(joined.store, joined.clock)
    voice = voice_webhooks(joined.switchboard, joined.messages, talks, joined.callbacks, signatures, safe)
    drills = DrillDesk(joined.store, joined.clock)
    api = api_site(staff_parts(settings, joined), drills)
    pages = DispatcherMiddleware(app.wsgi_app, {API: api})
    app.wsgi_app = voice.in_front_of(pages)  # type: ignore[assignment,method-assign]
    app.extensions.update(voice=voice, api=api)
    app.register_blueprint(desk_pages(joined.desk, joined.messages, joined.links, joined.clock))
    app.register_blueprint(sound_pages(joined.store))
    app.register_blueprint(health_pages(joined.store, joined.clock, bool(settings.smtp_host)))
    addresses = FeedAddresses(settings.secret_key.get_secret_value(), settings.public_base_url)
    app.register_blueprint(feed_pages(PersonFeed(joined.store, joined.clock, addresses).calendar))
    add_admin(app, admin_parts(settings, joined, drills))
    return app
