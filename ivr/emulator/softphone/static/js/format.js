// How numbers, times and durations are written.

export function number(address) {
  const us = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(address);
  if (us) return `+1 ${us[1]} ${us[2]} ${us[3]}`;
  return address.replace(/^client:/, "");
}

export function duration(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

export function clock(iso) {
  return CLOCK.format(new Date(iso));
}

// "language" is empty for people's own voices and may be a voice's full tag such as "en-US".
export function languageOf(facts) {
  return facts.language || (/^[a-z]{2}-[A-Z]{2}/.exec(facts.voice ?? "")?.[0] ?? "");
}
