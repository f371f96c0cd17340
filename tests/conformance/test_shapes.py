"""Every field that the official library reads of a resource is there, so that nothing silently becomes None."""

import inspect
import re

import pytest
import requests
from twilio.rest.api.v2010.account.call import CallInstance
from twilio.rest.api.v2010.account.conference import ConferenceInstance
from twilio.rest.api.v2010.account.conference.participant import ParticipantInstance
from twilio.rest.api.v2010.account.incoming_phone_number import IncomingPhoneNumberInstance
from twilio.rest.api.v2010.account.message import MessageInstance
from twilio.rest.api.v2010.account.queue import QueueInstance
from twilio.rest.api.v2010.account.queue.member import MemberInstance
from twilio.rest.api.v2010.account.recording import RecordingInstance

LINE, FIRST = "+12025550150", "+12025550101"
AROUND = ("first", "next", "previous")


@pytest.fixture
def fetch(exchange):
    login = (exchange.office.account_sid, exchange.office.auth_token)
    root = f"{exchange.api_url}/2010-04-01/Accounts/{login[0]}"
    return lambda path: requests.get(f"{root}/{path}", auth=login, timeout=5).json()


@pytest.fixture
def busy_account(exchange, application, caller, first, second):
    """One of everything."""
    room = '<Record action="/r"/>'
    application.on("/voice", room, "<Enqueue waitUrl='/wait'>q</Enqueue>", "<Dial><Conference>c</Conference></Dial>")
    application.on("/r", "")
    application.on("/wait", "<Pause length='30'/>")
    for handset in (caller, first, second):
        handset.dial(LINE)
        exchange.pass_time(3)
    login = (exchange.office.account_sid, exchange.office.auth_token)
    address = f"{exchange.api_url}/2010-04-01/Accounts/{login[0]}/Messages.json"
    requests.post(address, auth=login, data={"From": LINE, "To": FIRST, "Body": "x"}, timeout=5)


def missing(instance, payload):
    source = inspect.getsource(inspect.unwrap(instance.__init__))
    return set(re.findall(r'payload\.get\(\s*"(\w+)"', source)) - set(payload)


@pytest.mark.usefixtures("busy_account")
@pytest.mark.parametrize(("instance", "path", "key"), [
    (CallInstance, "Calls.json", "calls"),
    (ConferenceInstance, "Conferences.json", "conferences"),
    (IncomingPhoneNumberInstance, "IncomingPhoneNumbers.json", "incoming_phone_numbers"),
    (MessageInstance, "Messages.json", "messages"),
    (QueueInstance, "Queues.json", "queues"),
    (RecordingInstance, "Recordings.json", "recordings"),
    (ParticipantInstance, "Conferences/c/Participants.json", "participants"),
    (MemberInstance, "Queues/{queue}/Members.json", "queue_members"),
])  # fmt: skip
def test_every_field_is_there(fetch, instance, path, key):
    queue = fetch("Queues.json")["queues"][0]["sid"]
    page = fetch(path.format(queue=queue))
    assert set(page) == {key, "page", "page_size", "start", "end", "uri", *(f"{one}_page_uri" for one in AROUND)}
    [found, *_] = page[key]
    assert missing(instance, found) == set()


def test_errors_have_the_documented_form(fetch):
    error = fetch("Calls/CA0.json")
    assert error.keys() == {"code", "message", "more_info", "status"}
    assert (error["code"], error["status"]) == (20404, 404)
