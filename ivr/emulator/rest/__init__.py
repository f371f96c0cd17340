"""The REST API, in the vendor's JSON (https://github.com/twilio/twilio-oai, twilio_api_v2010)."""
