"""Documents against the vendor's schema."""

from xml.etree.ElementTree import fromstring

import pytest

from ivr.emulator.lint import lint


def complaints(document):
    return [(one.code, one.text) for one in lint(fromstring(f"<Response>{document}</Response>"))]


@pytest.mark.parametrize("document", [
    '<Say voice="Polly.Joanna" language="en-US" loop="2">Hello <break time="1s"/> you</Say>',
    '<Say><lang xml:lang="de-DE">Guten Tag</lang></Say>',
    '<Gather input="dtmf speech" numDigits="1" actionOnEmptyResult="true"><Say>x</Say><Pause length="1"/></Gather>',
    '<Dial record="true" timeout="20" callerId="+1"><Number statusCallbackEvent="initiated ringing">+1</Number></Dial>',
    '<Dial><Conference beep="false" statusCallbackEvent="start end" waitUrl="">r</Conference></Dial>',
    '<Dial><Client><Identity>a</Identity><Parameter name="n" value="v"/></Client></Dial>',
    '<Enqueue waitUrl="/w">q</Enqueue><Leave/><Hangup/><Reject reason="busy"/><Redirect method="GET">/x</Redirect>',
    '<Refer><Sip>sip:a@b</Sip></Refer><Record maxLength="5" trim="do-not-trim"/>',
])  # fmt: skip
def test_documents_in_order(document):
    assert complaints(document) == []


@pytest.mark.parametrize(("document", "code", "words"), [
    ("<Foobar/>", 12200, "<Foobar> is not allowed in <Response>"),
    ("<Gather><Dial>1</Dial></Gather>", 12200, "<Dial> is not allowed in <Gather>"),
    ("<Gather>text</Gather>", 12200, "text inside <Gather>"),
    ("<Hangup/>text", 12200, "text inside <Response>"),
    ('<Say bogusAttr="1">x</Say>', 12200, "<Say> has no attribute bogusAttr"),
    ('<Say Voice="man">x</Say>', 12200, "<Say> has no attribute Voice"),
    ('<Say voice="Nobody">x</Say>', 13511, "SayVoice"),
    ('<Say language="xx-XX">x</Say>', 13512, "SayLanguage"),
    ('<Gather timeout="auto"/>', 12200, "number"),
    ('<Dial hangupOnStar="yes">1</Dial>', 12200, "boolean"),
    ('<Dial><Number statusCallbackEvent="initiated,ringing">1</Number></Dial>', 12200, "NumberEvent"),
    ('<Dial ringTone="xx">1</Dial>', 12200, "DialRingTone"),
])  # fmt: skip
def test_documents_with_a_fault(document, code, words):
    [(found, text)] = complaints(document)
    assert found == code
    assert words in text
