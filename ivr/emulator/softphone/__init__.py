"""The telephones in the browser: a page, a WebSocket and a small Python client, on the exchange's own site.

`ivr.emulator.softphone.site.Softphone`
    ``Softphone(people=..., guide=..., hosts=...)``; give its ``pages`` to ``Exchange(pages=...)``, and a mail sink to
    ``shows_mail``.
`ivr.emulator.softphone.people.Person`
    Who holds which telephone and reads which mails.
`ivr.emulator.softphone.guide.Guide`
    The guided first call: what is pressed where, and what is waited for before.
`ivr.emulator.softphone.client.RemoteExchange`
    The same telephones from another process.
`ivr.emulator.softphone.wire`
    The messages on the WebSocket, documented.
"""
