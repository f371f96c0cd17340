// Saying sentences aloud: the browser's voice for the language, else the exchange's (espeak-ng), else nobody's.

export class Speech {
  isOn = true;
  #languages = [];
  #audio = null;

  // The languages that the exchange can speak.
  offered(languages) {
    this.#languages = languages;
    globalThis.speechSynthesis?.getVoices(); // Chromium loads its voices only when asked
  }

  // Who would say it: "browser", "exchange" or "nobody".
  voiceFor(language) {
    if (voice(language)) return "browser";
    return this.#languages.includes((language || "en").slice(0, 2)) ? "exchange" : "nobody";
  }

  say(text, language) {
    if (!this.isOn) return;
    const who = this.voiceFor(language);
    if (who === "browser") this.#utter(text, language);
    if (who === "exchange") this.#fetch(text, language);
  }

  stop() {
    globalThis.speechSynthesis?.cancel();
    this.#audio?.pause();
    this.#audio = null;
  }

  #utter(text, language) {
    if (speechSynthesis.pending) speechSynthesis.cancel(); // further behind than one sentence: catch up
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.voice = voice(language);
    utterance.lang = utterance.voice.lang;
    utterance.rate = 1.1;
    speechSynthesis.speak(utterance);
  }

  #fetch(text, language) {
    this.#audio?.pause();
    this.#audio = new Audio(`/softphone/speech?${new URLSearchParams({ language: language || "en", text })}`);
    this.#audio.play().catch(() => {}); // not allowed before the first click; the transcript is always there
  }
}

function voice(language) {
  const voices = globalThis.speechSynthesis?.getVoices() ?? [];
  const wanted = (language || "en").toLowerCase();
  const exact = voices.filter((one) => one.lang.toLowerCase().replace("_", "-") === wanted);
  const near = voices.filter((one) => one.lang.toLowerCase().startsWith(wanted.slice(0, 2)));
  return exact.find((one) => one.localService) ?? exact[0] ?? near.find((one) => one.localService) ?? near[0] ?? null;
}
