// Passkeys: the server's question goes to the device, and its answer back as a form. Without a browser that has passkeys
// the forms stay hidden.
(() => {
  const library = window.SimpleWebAuthnBrowser;
  if (!library || !library.browserSupportsWebAuthn()) return;
  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    const says = form.querySelector("[role=alert]");
    const { answer, csrf_token: token } = form.elements;
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      if (answer.value) return;
      event.preventDefault();
      says.hidden = true;
      try {
        const asked = await fetch(form.dataset.options, { method: "POST", body: new URLSearchParams({ csrf_token: token.value }) });
        const optionsJSON = await asked.json();
        const asks = form.dataset.passkey === "new" ? library.startRegistration : library.startAuthentication;
        answer.value = JSON.stringify(await asks({ optionsJSON }));
        form.requestSubmit();
      } catch {
        says.hidden = false;
      }
    });
  });
})();
