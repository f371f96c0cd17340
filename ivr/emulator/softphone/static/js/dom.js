// Building elements without markup strings: nothing the exchange says can become markup.

const PARAGRAPH = 60; // characters

export function el(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name in made && !name.includes("-") && name !== "list") made[name] = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

export function icon(name) {
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `/softphone/icons.svg#${name}`);
  drawing.append(use);
  return drawing;
}

export function hidden(text) {
  return el("span", { className: "hidden" }, text);
}

// A long prompt as short paragraphs: a sentence each, short neighbours together. The text itself stays as it is.
export function paragraphs(text, language) {
  const grouped = [];
  for (const { segment } of new Intl.Segmenter(language || undefined, { granularity: "sentence" }).segment(text)) {
    if (grouped.length && grouped.at(-1).length + segment.length < PARAGRAPH) grouped[grouped.length - 1] += segment;
    else grouped.push(segment);
  }
  return grouped.length > 1 ? grouped.map((one) => el("span", { className: "paragraph" }, one)) : [text];
}

// For scrolling: gliding, unless the visitor wants no movement.
export function glide() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}

// Writing only what differs keeps screen readers and selections undisturbed.
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
