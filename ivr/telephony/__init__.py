"""The carrier's border: signed webhooks in, TwiML out, REST. The only place that knows Twilio."""
