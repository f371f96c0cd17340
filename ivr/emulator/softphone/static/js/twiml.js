// TwiML, indented and coloured, also when it is broken: by its tags, not by a parser that would refuse it.

import { el } from "./dom.js";

const TAG = /<[^>]*>/g;

export function prettyXml(source) {
  const shown = el("code");
  const found = parts(source);
  let depth = 0;
  for (let at = 0; at < found.length; at += 1) {
    const part = found[at];
    if (part.startsWith("</")) depth = Math.max(0, depth - 1);
    shown.append("  ".repeat(depth), piece(part));
    if (opens(part) && !found[at + 1]?.startsWith("<") && found[at + 2]?.startsWith("</")) {
      shown.append(piece(found[at + 1]), piece(found[at + 2])); // <Say>Hello.</Say> stays on one line
      at += 2;
    } else if (opens(part)) depth += 1;
    shown.append("\n");
  }
  return el("pre", {}, shown);
}

function opens(part) {
  return /^<[^/?!]/.test(part) && !part.endsWith("/>");
}

function parts(source) {
  const found = [];
  let end = 0;
  for (const match of source.matchAll(TAG)) {
    found.push(source.slice(end, match.index).trim(), match[0]);
    end = match.index + match[0].length;
  }
  return [...found, source.slice(end).trim()].filter(Boolean);
}

function piece(text) {
  if (!text.startsWith("<")) return text;
  const made = el("span", { className: "tag" });
  let end = 0;
  for (const value of text.matchAll(/"[^"]*"/g)) {
    made.append(text.slice(end, value.index), el("span", { className: "value" }, value[0]));
    end = value.index + value[0].length;
  }
  made.append(text.slice(end));
  return made;
}
