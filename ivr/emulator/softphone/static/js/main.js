// Joins the parts of the page.

import { announceTo } from "./announce.js";
import { offerMore } from "./adding.js";
import { Chips } from "./chips.js";
import { Coach } from "./coach.js";
import { Debugger } from "./debugger.js";
import { el, setText } from "./dom.js";
import { number } from "./format.js";
import { Guide } from "./guide.js";
import { Handset } from "./handset.js";
import { Listening } from "./listening.js";
import { Score } from "./score.js";
import { Line } from "./socket.js";
import { soundSwitch } from "./sound_switch.js";
import { Sounds } from "./sounds.js";
import { Speech } from "./speech.js";
import { Store } from "./store.js";

const byId = (id) => document.getElementById(id);
const store = new Store();
const line = new Line();
const sounds = new Sounds();
const cards = new Map();
const chips = new Chips(store, byId("chips"));
const score = new Score(store, { list: byId("score"), frame: byId("score-frame"), empty: byId("score-empty"), latest: byId("latest") });
const listening = new Listening(store, sounds, new Speech());
let guide = null;

new Debugger(store, { drawer: byId("debugger"), toggle: byId("debugger-toggle"), count: byId("alert-count") });
soundSwitch(byId("sound"), byId("sound-note"), store, listening);
offerMore(line, { opener: byId("add"), dialog: byId("add-dialog"), form: byId("add-form"), cancel: byId("add-cancel"), error: byId("add-error") });
announceTo(store, byId("announce"), byId("announce-now"));

function addCard(view) {
  const card = new Handset(store, line, sounds, view, cards.size);
  cards.set(view.address, card);
  byId("telephones").append(card.element);
  byId("stage").style.setProperty("--parties", cards.size);
  chips.build([...cards].map(([address, { element }]) => [address, element]));
  score.headed();
}

function refresh() {
  for (const [address, card] of cards) card.listened(address === store.active);
  chips.update();
}

store.addEventListener("snapshot", () => {
  byId("lost").hidden = true;
  cards.clear();
  byId("telephones").replaceChildren(el("p", { id: "keyboard-hint", className: "hidden" }, "Digits, star and pound press keys, Enter answers or calls, Escape hangs up."));
  for (const view of store.handsets.values()) addCard(view);
  setText(byId("line-name"), store.lines.map((one) => (one.name === one.number ? `Line ${number(one.number)}` : `${one.name} ${number(one.number)}`)).join(" · "));
  if (store.guide && !guide) {
    guide = new Guide(store, line, store.guide);
    guide.addEventListener("acts", ({ detail }) => showAct(detail));
    new Coach(guide, byId("guide"));
  }
  if (guide && store.lastNumber < guide.seen) guide.restart(); // another exchange has taken its place
  refresh();
});

store.addEventListener("handset", ({ detail: { view } }) => {
  if (cards.has(view.address)) cards.get(view.address).update(view);
  else addCard(view);
  refresh();
});

store.addEventListener("happened", ({ detail: { what, facts } }) => {
  const card = cards.get(store.concerns(what, facts));
  if (what === "Pressed") card?.lit(facts.key);
  card?.heard();
});

store.addEventListener("active", refresh);

// On a narrow screen the telephone that the guide uses comes into view.
function showAct(act) {
  const card = cards.get(act.handset)?.element;
  const frame = byId("telephones");
  if (card && frame.scrollWidth > frame.clientWidth) frame.scrollTo({ left: card.offsetLeft - frame.offsetLeft });
}

line.addEventListener("told", ({ detail }) => store.told(detail));
line.addEventListener("lost", () => {
  setText(byId("lost"), "The exchange does not answer. Trying again …");
  byId("lost").hidden = false;
});
byId("clear").addEventListener("click", () => score.clear());
byId("copy").addEventListener("click", () => navigator.clipboard.writeText(score.asText()).then(() => { byId("announce").textContent = "Copied"; }, () => {}));
setInterval(() => { for (const card of cards.values()) card.tick(); }, 500);
line.connect();
