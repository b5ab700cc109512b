// What Gradio leaves undone: actions of the page's own buttons and forms, views, and what keyboards and screen
// readers need. Runs as an inline script, because the page's Content-Security-Policy forbids the evaluated
// strings that Gradio's own `js=` needs.
(() => {
  "use strict";
  const names = JSON.parse(document.currentScript.dataset.names);
  const root = document.documentElement;
  const find = (selector) => document.querySelector(selector);
  const box = () => find("#message textarea");

  // The server hears of actions through a hidden text box, as JSON. Two that follow each other closely would
  // overwrite each other there, so each waits until the server has told the number of the one before; one that got
  // lost on the way is sent again, and the server ignores a number that it knows.
  const waiting = [];
  let count = 0;
  let retry = 0;
  let pause = 3000;
  let last = null;
  const write = (text) => {
    const wire = find("#wire textarea");
    wire.value = text;
    wire.dispatchEvent(new Event("input", { bubbles: true }));
    return wire;
  };
  const send = () => {
    clearTimeout(retry);
    if (!waiting.length) {
      write("");
      return;
    }
    write(JSON.stringify(waiting[0])).dispatchEvent(
      new KeyboardEvent("keypress", { key: "Enter", bubbles: true, cancelable: true }),
    );
    retry = setTimeout(send, pause);
    pause = Math.min(2 * pause, 30000);
  };
  const act = (what) => {
    last = document.activeElement;
    waiting.push({ ...what, n: ++count });
    if (waiting.length === 1) send();
  };
  const heard = () => {
    const number = Number(find("#heard [data-heard]")?.dataset.heard ?? 0);
    if (!waiting.length || waiting[0].n > number) return;
    waiting.shift();
    pause = 3000;
    // With nothing left to send this empties the box: it may have been a passphrase.
    send();
  };
  const place = () => new URLSearchParams(location.search).get("c") ?? "";

  const heads = { list: "#list-top h2", side: "#facts h2", settings: "#settings h2" };
  const show = (view) => {
    root.dataset.view = view;
    for (const button of document.querySelectorAll("#head [data-view]")) {
      button.setAttribute("aria-pressed", String(button.dataset.view === view));
    }
    if (view === "settings") act({ do: "settings" });
    (view === "chat" ? box() : find(heads[view]))?.focus();
  };

  const copy = async (button) => {
    const shown = [...(button.closest(".message, details")?.querySelectorAll(".safety, .said, .draft > p") ?? [])];
    await navigator.clipboard.writeText(button.dataset.copy || shown.map((each) => each.innerText.trim()).join("\n\n"));
    const before = button.textContent;
    button.textContent = names.copied;
    setTimeout(() => { button.textContent = before; }, 2000);
  };

  const save = (button) => {
    const { text, bytes, save: name } = button.dataset;
    const content = bytes ? Uint8Array.from(atob(bytes), (each) => each.charCodeAt(0)) : text;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type: "application/octet-stream" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const { do: action, view, save: file } = button.dataset;
    if (view) show(view);
    else if (file) save(button);
    else if ("copy" in button.dataset) copy(button);
    else if (action) {
      act(button.dataset);
      if (["new", "off_record", "open"].includes(action)) show("chat");
    }
    // Sending swaps the pressed button for another one, and the focus would fall to the body.
    if (button.closest("#message, #turn, #starters, .failure, .draft") || ["new", "off_record"].includes(action)) {
      follows = true;
      setTimeout(() => box()?.focus({ preventScroll: true }), 0);
    }
  });
  // A passphrase takes seconds to work on: its button says so until an answer or a new form has come.
  let told = null;
  const outcome = () => ["#told", "#lock", "#notice"].map((each) => find(each)?.innerText ?? "").join();
  const wait = (button) => {
    told = outcome();
    button?.setAttribute("aria-busy", "true");
  };
  const settle = () => {
    if (told === null || outcome() === told) return;
    told = null;
    for (const button of document.querySelectorAll("[aria-busy=true]")) button.removeAttribute("aria-busy");
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.do) return;
    event.preventDefault();
    if (["encrypt", "unlock", "erase"].includes(form.dataset.do)) wait(event.submitter);
    act({ ...form.dataset, ...Object.fromEntries(new FormData(form)), conversation: place() });
    if (!["fact", "rename", "edit_draft"].includes(form.dataset.do)) form.reset();
  });
  document.addEventListener("change", async (event) => {
    const field = event.target;
    if (field.dataset.do === "set") act({ do: "set", name: field.name, value: field.value });
    if (!field.dataset.files) return;
    let goes_on = false;
    for (const file of [...field.files]) {
      const too_long = file.size > 900000;
      act({ do: field.dataset.files, name: file.name, text: too_long ? "" : await file.text(), too_long, goes_on });
      goes_on = true;
    }
    field.value = "";
  });
  document.addEventListener("toggle", (event) => {
    if (event.target.matches("#chat details[open]")) event.target.scrollIntoView({ block: "nearest" });
  }, true);
  let typing = 0;
  document.addEventListener("input", (event) => {
    if (event.target.dataset.do !== "search") return;
    clearTimeout(typing);
    typing = setTimeout(() => act({ do: "search", text: event.target.value }), 250);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && (root.dataset.view ?? "chat") !== "chat") show("chat");
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
    set("#newest, #notice, #told", { role: "status", "aria-live": "polite" });
    set("#chat .safety", { role: "group", "aria-label": names.safety });
    set("#help", { "aria-live": "polite" });
    set("#conversations", { role: "navigation", "aria-label": names.conversations });
    set("#side", { role: "complementary", "aria-label": names.side });
    set("#settings", { role: "region", "aria-label": names.settings });
    set("#foot", { role: "note", "aria-label": names.foot });
    set("#starters", { role: "group", "aria-label": names.starters });
    set("#wire textarea", { tabindex: "-1", "aria-hidden": "true" });
    // These hold the message's HTML, which the bubble says already.
    for (const element of document.querySelectorAll("#chat [data-testid=bot], #chat [data-testid=user]")) {
      element.removeAttribute("aria-label");
    }
  };

  // What the user has chosen. Remembered here too, so that a reload does not flash in other colours; a browser
  // may refuse to remember.
  const remembered = () => {
    try {
      return JSON.parse(localStorage.getItem("preferences")) ?? {};
    } catch {
      return {};
    }
  };
  const remember = (chosen) => {
    try {
      localStorage.setItem("preferences", JSON.stringify({ ...chosen }));
    } catch {}
  };
  const prefer = () => {
    const chosen = find("#preferences [data-theme]")?.dataset;
    const { theme, size, motion } = chosen ?? remembered();
    if (chosen) remember(chosen);
    const dark = theme === "dark" || (theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
    if (document.body?.classList.contains("dark") !== dark) document.body?.classList.toggle("dark", dark);
    for (const [name, value] of Object.entries({ size, motion })) {
      if (value && root.dataset[name] !== value) root.dataset[name] = value;
    }
  };

  // The conversation's id stands in the address, so that a reload finds it.
  let stale = "";
  const locate = () => {
    const shown = find("#place [data-conversation]");
    if (!shown) return;
    // Another tab has gone on with this conversation.
    if (shown.dataset.stale && shown.dataset.stale !== stale) {
      stale = shown.dataset.stale;
      act({ do: "refresh" });
    }
    if (shown.dataset.conversation === place()) return;
    const id = shown.dataset.conversation;
    history.replaceState(null, "", id ? `?c=${id}` : location.pathname);
  };

  // The chat follows what is written, but no further than to the beginning of the newest exchange: a reply that is
  // longer than its window is read from there. Whoever scrolls back is left where they are.
  let follows = true;
  let set_to = 0;
  let shown = { last: "", count: 0, height: 0, room: 0 };
  const follow = () => {
    const log = find("#chat [role=log]");
    const messages = log?.querySelectorAll(".user-row") ?? [];
    if (!messages.length) return;
    const newest = messages[messages.length - 1];
    const before = shown;
    shown = { last: newest.innerText, count: messages.length, height: log.scrollHeight, room: log.clientHeight };
    if (shown.last !== before.last || shown.count === before.count + 1) {
      follows = true;
      find("#chat").scrollIntoView({ block: "nearest" });
    } else if (Math.abs(log.scrollTop - set_to) > 4) follows = false;
    if (!follows || (shown.height === before.height && shown.room === before.room)) return;
    const top_of = (element) => element.getBoundingClientRect().top - log.getBoundingClientRect().top + log.scrollTop;
    const answers = [...log.querySelectorAll(".answer")];
    const answer = answers.findLast((each) => newest.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING);
    // Of a long message only the end stays above its answer.
    const top = Math.max(top_of(newest) - 12, answer ? top_of(answer) - log.clientHeight / 3 : 0);
    set_to = log.scrollTop = Math.max(0, Math.min(log.scrollHeight - log.clientHeight, top));
  };

  // Where a change of the page took the focused element away, focus the one that took its place, or the box.
  const refocus = () => {
    if (!last || document.activeElement !== document.body || document.contains(last)) return;
    const { do: action, id, key, number, nameOf } = last.dataset;
    const described = (...pairs) => pairs.filter(([, value]) => value)
      .map(([name, value]) => `[data-${name}="${CSS.escape(value)}"]`).join("");
    const twins = [
      last.id && `#${CSS.escape(last.id)}`,
      action && described(["do", action], ["id", id], ["key", key], ["number", number], ["name-of", nameOf]),
      id && described(["do", "open"], ["id", id]),
      heads[root.dataset.view],
      "#message textarea",
    ];
    twins.filter(Boolean).map(find).find((each) => each?.checkVisibility())?.focus({ preventScroll: true });
    last = null;
  };

  let planned = false;
  const watch = new MutationObserver(() => {
    if (planned) return;
    planned = true;
    requestAnimationFrame(() => {
      planned = false;
      for (const step of [heard, prefer, label, locate, refocus, follow, settle]) step();
    });
  });
  prefer();
  watch.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ["class"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", prefer);
})();
