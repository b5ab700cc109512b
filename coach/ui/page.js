// What Gradio leaves undone for keyboards and screen readers. Runs as an inline script, because
// the page's Content-Security-Policy forbids the evaluated strings that Gradio's own `js=` needs.
(() => {
  "use strict";
  const names = JSON.parse(document.currentScript.dataset.names);
  const box = () => document.querySelector("#message textarea");

  // Sending swaps the pressed button for another one, and the focus would fall to the body.
  document.addEventListener("click", (event) => {
    if (event.target.closest("#message button, #again, #starters button")) {
      setTimeout(() => box()?.focus({ preventScroll: true }), 0);
    }
  });

  const set = (selector, attributes) => {
    for (const element of document.querySelectorAll(selector)) {
      for (const [name, value] of Object.entries(attributes)) {
        if (element.getAttribute(name) !== value) element.setAttribute(name, value);
      }
    }
  };
  const label = () => {
    // A bubble's whole text would be read again with each sentence; #newest holds each one once.
    set("#chat [role=log]", { "aria-live": "off", "aria-label": names.chat, tabindex: "0" });
    // Gradio's label holds the button too, whose text would become part of the box's name.
    set("#message textarea", { "aria-label": names.box });
    set("#newest, #notice", { role: "status", "aria-live": "polite" });
    set("#chat .safety", { role: "region", "aria-label": names.safety });
    set("#help", { "aria-live": "polite" });
    set("#side", { role: "complementary", "aria-label": names.cards });
    set("#foot", { role: "contentinfo", "aria-label": names.foot });
    set("#starters", { role: "group", "aria-label": names.starters });
    // These hold the message's HTML, which the bubble says already.
    for (const element of document.querySelectorAll("#chat [data-testid=bot], #chat [data-testid=user]")) {
      element.removeAttribute("aria-label");
    }
  };
  let planned = false;
  new MutationObserver(() => {
    if (planned) return;
    planned = true;
    requestAnimationFrame(() => {
      planned = false;
      label();
    });
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
