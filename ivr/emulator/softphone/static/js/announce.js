// For screen readers: who rings (at once), what is heard and what arrives (when there is a pause).

import { soundName } from "./display.js";
import { number } from "./format.js";

export function announceTo(store, politely, atOnce) {
  store.addEventListener("happened", ({ detail: { what, facts } }) => {
    const who = store.name(facts.handset);
    if (what === "Rang") atOnce.textContent = `${who} is ringing. Call from ${store.name(facts.caller) === facts.caller ? number(facts.caller) : store.name(facts.caller)}.`;
    const words = {
      Spoke: () => `${who} hears: ${facts.text}`,
      Sounded: () => `${who} hears: ${soundName(facts.sound)}`,
      Bridged: () => `${who} talks to ${facts.others.map((one) => store.name(one)).join(", ")}`,
      Ended: () => `The call of ${who} has ended`,
      MessageSent: () => `Text message ${store.handsets.has(facts.sender) ? "of" : "for"} ${store.name(store.concerns(what, facts))}: ${facts.text}`,
      MailArrived: () => `Mail for ${facts.handset ? who : facts.receiver}: ${facts.subject}`,
    }[what];
    if (words) politely.textContent = words();
  });
}
