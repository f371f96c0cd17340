"""Settings: read once, every mistake listed at once, nothing started with a missing or short secret."""

from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from ivr.config import ConfigError, Settings, load
from tests.ivr.telephony.site import TOKEN

SECRET = "s3cret-s3cret-s3cret-s3cret-s3cret"
WHOLE = {
    "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
    "TWILIO_AUTH_TOKEN": TOKEN,
    "PUBLIC_BASE_URL": "https://line.example.com",
    "SECRET_KEY": SECRET,
}


def problems(**changed: str) -> list[str]:
    """What is wrong with whole settings in which something was changed."""
    with pytest.raises(ConfigError) as refused:
        load({**WHOLE, **changed})
    return refused.value.problems


def test_four_settings_are_enough() -> None:
    settings = load(WHOLE)

    assert settings.public_base_url == "https://line.example.com"
    assert settings.twilio_auth_token.get_secret_value() == TOKEN


def test_the_rest_has_defaults() -> None:
    settings = load(WHOLE)

    assert settings.database_url == "sqlite:///escalation-line.db"
    assert settings.database_synchronous == "NORMAL"
    assert (settings.host, settings.port) == ("127.0.0.1", 5000)
    assert (settings.smtp_host, settings.smtp_port, settings.smtp_starttls) == ("", 25, False)
    assert settings.log_level == "INFO"
    assert settings.duty_number == ""
    assert settings.regions == {"US", "CA", "GB", "DE", "AT", "CH"}


def test_every_setting_can_be_given() -> None:
    given = {
        "TWILIO_API_BASE_URL": "http://127.0.0.1:9000",
        "DATABASE_URL": "postgresql://line@db/line",
        "DATABASE_SYNCHRONOUS": "full",
        "SMTP_HOST": "mail.example.com",
        "SMTP_PORT": "465",
        "SMTP_USERNAME": "line",
        "SMTP_PASSWORD": "hunter2",
        "SMTP_STARTTLS": "true",
        "MAIL_FROM": "line@example.com",
        "DUTY_NUMBER": "+12025550199",
        "DIAL_REGIONS": " us, de ,",
        "RING_MODE": "Dial",
        "TEXTS": "All",
        "SECOND_FACTOR": "Optional",
        "CALENDAR_PRIVATE": "true",
        "WEBHOOKS_PRIVATE": "true",
        "MACHINE_DETECTION": "true",
        "OIDC_ISSUER": "https://id.example.com/",
        "OIDC_CLIENT_ID": "escalation-line",
        "OIDC_CLIENT_SECRET": "from the provider",
        "OIDC_NAME": "Northwind account",
        "OIDC_CLAIM": "preferred_username",
        "KEEP_CALLS_DAYS": "90",
        "LOG_LEVEL": "debug",
        "HOST": "0.0.0.0",
        "PORT": "8080",
    }

    settings = load({**WHOLE, **given})

    assert {name.upper() for name in Settings.model_fields} == given.keys() | WHOLE.keys()
    assert settings.database_synchronous == "FULL"
    assert settings.log_level == "DEBUG"
    assert settings.ring_mode == "dial"
    assert settings.texts == "all"
    assert settings.second_factor == "optional"
    assert settings.regions == {"US", "DE"}
    assert (settings.smtp_port, settings.port, settings.smtp_starttls) == (465, 8080, True)
    assert settings.smtp_password == SecretStr("hunter2")


def test_the_environment_is_read_when_nothing_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in {**WHOLE, "PORT": "6001"}.items():
        monkeypatch.setenv(name, text)

    assert load().port == 6001


def test_variables_of_others_do_not_matter() -> None:
    assert load({**WHOLE, "PATH": "/bin", "PORTABLE": "yes"}).port == 5000


def test_settings_never_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        load(WHOLE).port = 1


def test_with_nothing_set_everything_missing_is_listed_at_once() -> None:
    with pytest.raises(ConfigError) as refused:
        load({})

    assert [problem.partition(":")[0] for problem in refused.value.problems] == [
        "TWILIO_ACCOUNT_SID",
        "TWILIO_AUTH_TOKEN",
        "PUBLIC_BASE_URL",
        "SECRET_KEY",
    ]


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("text", ["", " "])
def test_an_empty_setting_is_a_missing_one(name: str, text: str) -> None:
    assert [problem for problem in problems(**{name: text}) if problem.startswith(f"{name}: ")]


@pytest.mark.parametrize("name", ["TWILIO_AUTH_TOKEN", "SECRET_KEY"])
def test_a_short_secret_is_refused(name: str) -> None:
    assert problems(**{name: "x" * 31}) == [f"{name}: must have at least 32 characters"]


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("DUTY_NUMBER", "911", "must be a valid phone number in E.164 form, such as +12025550199"),
        ("DUTY_NUMBER", "202-555-0199", "must be a valid phone number in E.164 form, such as +12025550199"),
        ("DUTY_NUMBER", "+1 202 555 0199", "must be a valid phone number in E.164 form, such as +12025550199"),
        ("DUTY_NUMBER", "+1202555", "must be a valid phone number in E.164 form, such as +12025550199"),
        ("PUBLIC_BASE_URL", "line.example.com", "must be an address such as https://line.example.com"),
        ("PUBLIC_BASE_URL", "ftp://line.example.com", "must be an address such as https://line.example.com"),
        ("PUBLIC_BASE_URL", "https://line.example.com?x=1", "must be an address such as https://line.example.com"),
        ("TWILIO_API_BASE_URL", "emulator", "must be an address such as https://line.example.com"),
        ("LOG_LEVEL", "LOUD", "must be DEBUG, INFO, WARNING or ERROR"),
        ("RING_MODE", "both", "must be hold or dial"),
        ("DATABASE_SYNCHRONOUS", "OFF", "must be NORMAL or FULL"),
    ],
)
def test_a_wrong_setting_is_named_with_what_would_be_right(name: str, text: str, problem: str) -> None:
    assert problems(**{name: text})[0] == f"{name}: {problem}"


@pytest.mark.parametrize(
    ("name", "text"),
    [("PORT", "http"), ("PORT", "70000"), ("SMTP_PORT", "0"), ("SMTP_PORT", ""), ("SMTP_STARTTLS", "perhaps")],
)
def test_a_setting_that_is_no_number_or_truth_value_is_named(name: str, text: str) -> None:
    assert problems(**{name: text})[0].startswith(f"{name}: ")


def test_all_mistakes_are_listed_at_once_missing_ones_included() -> None:
    with pytest.raises(ConfigError) as refused:
        load({"PORT": "http", "LOG_LEVEL": "LOUD", "DUTY_NUMBER": "911", "SECRET_KEY": "short"})

    named = {problem.partition(":")[0] for problem in refused.value.problems}
    assert named == {
        "PORT",
        "LOG_LEVEL",
        "DUTY_NUMBER",
        "TWILIO_ACCOUNT_SID",
        "TWILIO_AUTH_TOKEN",
        "PUBLIC_BASE_URL",
        "SECRET_KEY",
    }


def test_all_wrong_settings_are_listed_at_once() -> None:
    wrong = {"PORT": "http", "LOG_LEVEL": "LOUD", "DUTY_NUMBER": "911", "PUBLIC_BASE_URL": "line"}

    assert {problem.partition(":")[0] for problem in problems(**wrong)} == wrong.keys()


def test_a_slash_at_the_end_of_an_address_is_dropped() -> None:
    assert load({**WHOLE, "PUBLIC_BASE_URL": "https://line.example.com/"}).public_base_url == "https://line.example.com"


@pytest.mark.parametrize("shown", [str, repr, lambda settings: settings.model_dump_json()], ids=["str", "repr", "json"])
def test_secrets_are_never_shown(shown: object) -> None:
    assert callable(shown)
    text = shown(load({**WHOLE, "SMTP_PASSWORD": "hunter2"}))

    for secret in (TOKEN, SECRET, "hunter2"):
        assert secret not in text


@pytest.mark.parametrize("name", ["TWILIO_AUTH_TOKEN", "SECRET_KEY", "SMTP_PASSWORD"])
def test_a_complaint_never_repeats_a_secret(name: str) -> None:
    with pytest.raises(ConfigError) as refused:
        load({**WHOLE, name: "tell-nobody", "PORT": "http", "TWILIO_ACCOUNT_SID": ""})

    assert "tell-nobody" not in str(refused.value) + repr(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__


def test_a_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(f"{SECRET}\n")
    given = {name: value for name, value in WHOLE.items() if name != "SECRET_KEY"}
    assert load({**given, "SECRET_KEY_FILE": str(secret)}).secret_key.get_secret_value() == SECRET


def test_a_secret_file_that_cannot_be_read_is_named() -> None:
    given = {name: value for name, value in WHOLE.items() if name != "SECRET_KEY"}
    with pytest.raises(ConfigError) as refused:
        load({**given, "SECRET_KEY_FILE": "/nowhere/secret"})
    assert any(problem.startswith("SECRET_KEY_FILE: cannot be read") for problem in refused.value.problems)


def test_half_a_provider_says_what_is_missing_and_a_plain_address_proves_nobody() -> None:
    assert problems(OIDC_ISSUER="https://id.example.com", OIDC_CLIENT_ID=" ") == [
        f"{name}: missing; signing in by OpenID Connect needs all of OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET"
        for name in ("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
    ]
    whole = {"OIDC_CLIENT_ID": "line", "OIDC_CLIENT_SECRET": "s"}
    assert problems(OIDC_ISSUER="http://id.example.com", **whole) == [
        "OIDC_ISSUER: must be an https address such as https://id.example.com"
    ]


def test_a_provider_without_its_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ivr.config.find_spec", lambda name: None)

    assert problems(OIDC_ISSUER="https://id.example.com", OIDC_CLIENT_ID="line", OIDC_CLIENT_SECRET="s") == [
        "OIDC_ISSUER: needs the extra sso; install it with `pip install '.[sso]'`"
    ]
    assert load(WHOLE).oidc_issuer == ""
