// What a guide waits for: whether it is so now, and in words.

// `after`: the number of the happening that the guide has seen last. Answers the number up to which it has now seen,
// or null when it is not so.
export function isSo(condition, store, sentences, after) {
  if (!condition) return after;
  const view = store.handsets.get(condition.handset);
  if (condition.kind === "is") return view?.state === condition.state ? after : null;
  if (condition.kind === "talks_to") return view?.talks_to.includes(condition.other) ? after : null;
  const wanted = plain(condition.text);
  const found = sentences.find((one) => one.number > after && one.handset === condition.handset && plain(one.text).includes(wanted));
  return found ? found.number : null;
}

export function inWords(condition, store) {
  if (!condition) return "";
  const who = store.name(condition.handset);
  if (condition.kind === "talks_to") return `${who} and ${store.name(condition.other)} to hear each other`;
  if (condition.kind === "hears") return `${who} to hear ${condition.called || `“${condition.text}”`}`;
  return { idle: `${who} to be off the phone`, ringing: `${who} to ring`, talking: `${who} to be on a call` }[condition.state];
}

function plain(text) {
  return text.toLowerCase().replace(/\s+/g, " ");
}
