// What is known: the telephones, the exchange's time, and what each telephone hears now. Views listen for its events:
// "snapshot" (everything anew), "handset" (one telephone changed), "happened" (one happening, live or replayed).

export class Store extends EventTarget {
  handsets = new Map(); // address -> the exchange's view of it
  facts = new Map(); // address -> what follows from the happenings
  lines = [];
  people = [];
  guide = null;
  speech = [];
  speed = 1;
  lastNumber = 0;
  active = null; // the telephone at the user's ear
  #callers = new Set(); // the calls placed by a telephone here, as opposed to those it received
  #declined = new Set();
  #rung = new Set();
  #moment = 0;
  #since = 0;

  told(message) {
    if (message.type === "snapshot") this.#begin(message);
    else if (message.type === "handset") this.#changed(message);
    else if (message.type === "happened") this.#happened(message, true);
  }

  // Milliseconds of the exchange's time.
  now() {
    return this.speed === null ? this.#moment : this.#moment + (performance.now() - this.#since) * this.speed;
  }

  // How many real milliseconds so many seconds of the exchange take; nothing in simulated time.
  real(seconds) {
    return this.speed === null ? 0 : (seconds * 1000) / this.speed;
  }

  name(address) {
    return this.handsets.get(address)?.name ?? this.lines.find((line) => line.number === address)?.name ?? address;
  }

  // The telephone that a happening is about: a text message concerns who gets it, or a telephone that writes to a line.
  concerns(what, facts) {
    if (what !== "MessageSent") return facts.handset;
    return this.handsets.has(facts.sender) ? facts.sender : facts.receiver;
  }

  placed(callSid) {
    return this.#callers.has(callSid);
  }

  // The carrier calls it busy, but it rang first: somebody pressed the red button.
  declined(callSid) {
    return this.#declined.has(callSid);
  }

  factsOf(address) {
    if (!this.facts.has(address)) this.facts.set(address, { hears: null, keys: "", result: "", inbox: [], unread: 0, caller: "" });
    return this.facts.get(address);
  }

  listenAt(address) {
    if (this.active === address || !this.handsets.has(address)) return;
    this.active = address;
    this.dispatchEvent(new Event("active"));
  }

  #begin(snapshot) {
    Object.assign(this, {
      lines: snapshot.lines, people: snapshot.people, guide: snapshot.guide, speech: snapshot.speech, speed: snapshot.speed,
    });
    this.#setTime(snapshot.now);
    this.facts.clear();
    this.#callers.clear();
    this.handsets = new Map(snapshot.handsets.map((view) => [view.address, view]));
    if (!this.handsets.has(this.active)) this.active = snapshot.handsets[0]?.address ?? null;
    for (const message of snapshot.happenings) this.#follow(message);
    this.dispatchEvent(new CustomEvent("snapshot", { detail: snapshot }));
  }

  #setTime(iso) {
    this.#moment = Date.parse(iso);
    this.#since = performance.now();
  }

  #changed(view) {
    const before = this.handsets.get(view.address);
    this.handsets.set(view.address, view);
    this.dispatchEvent(new CustomEvent("handset", { detail: { view, before } }));
  }

  #happened(message) {
    this.#setTime(message.facts.at);
    this.#follow(message);
    this.dispatchEvent(new CustomEvent("happened", { detail: message }));
  }

  #follow({ number, what, facts }) {
    this.lastNumber = number;
    if (what === "WebhookMade" || what === "Alerted") return;
    const mine = this.factsOf(this.concerns(what, facts));
    const follow = FOLLOW[what];
    if (what === "Dialled") this.#callers.add(facts.call_sid);
    if (what === "Rang") this.#rung.add(facts.call_sid);
    if (what === "Ended" && facts.status === "busy" && this.#rung.has(facts.call_sid)) this.#declined.add(facts.call_sid);
    if (follow) follow(mine, facts, number, this.handsets.has(facts.sender));
    if (this.declined(facts.call_sid)) mine.result = "Declined";
  }
}

const FOLLOW = {
  Dialled: (mine, facts) => Object.assign(mine, { hears: null, keys: "", result: "", caller: facts.number }),
  Rang: (mine, facts) => Object.assign(mine, { hears: null, keys: "", result: "", caller: facts.caller }),
  Spoke: (mine, facts, number) => { mine.hears = { kind: "words", number, ...facts }; },
  Sounded: (mine, facts, number) => { mine.hears = { kind: "sound", number, ...facts }; },
  Silenced: (mine, facts) => { if (mine.hears?.kind === "words") mine.hears = { ...mine.hears, text: facts.text, cut: true }; },
  Bridged: (mine) => Object.assign(mine, { hears: null, keys: "" }),
  Pressed: (mine, facts) => { mine.keys = (mine.keys + facts.key).slice(-8); },
  Ended: (mine, facts) => Object.assign(mine, { hears: null, keys: "", result: resultOf(facts) }),
  MessageSent: (mine, facts, number, isOwn) => receive(mine, {
    kind: "Text message", from: facts.sender, to: facts.receiver, isOwn, subject: "", text: facts.text, at: facts.at,
  }),
  MailArrived: (mine, facts) => receive(mine, { kind: "Mail", from: facts.sender, subject: facts.subject, text: facts.text, at: facts.at }),
};

function receive(mine, letter) {
  mine.inbox.unshift(letter);
  if (!letter.isOwn) mine.unread += 1;
}

function resultOf({ status, seconds }) {
  if (status === "completed") return `Call ended after ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return { busy: "Busy", "no-answer": "Missed call", canceled: "Missed call", failed: "Call failed" }[status] ?? status;
}
