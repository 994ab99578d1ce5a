/* a[data-panel]: opens its address in a panel over the page (a dialog: Escape closes it, the focus goes
   back), instead of leaving the page. The server answers htmx with the panel's part. What it says of an
   act (data-said) is read aloud from a place that stays. It opens at what it marks (data-panel-here). */
let panel;
let opener;

function dialog() {
  if (panel) return panel;
  panel = document.createElement("dialog");
  panel.className = "ct-panel";
  panel.setAttribute("aria-labelledby", "panneau-titre");
  const said = document.createElement("p");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  said.dataset.panelSaid = "";
  const body = document.createElement("div");
  body.dataset.panelBody = "";
  panel.append(body, said);
  panel.addEventListener("close", () => {
    body.replaceChildren();
    /* The list behind may have come again meanwhile: its new link is the former one. */
    const link = CSS.escape(opener.getAttribute("href"));
    (opener.isConnected ? opener : document.querySelector(`a[data-panel][href="${link}"]`))?.focus();
  });
  panel.addEventListener("click", (event) => {
    if (event.target === panel) panel.close();
  });
  document.body.append(panel);
  return panel;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-panel]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !window.htmx) return;
  event.preventDefault();
  opener = link;
  opener.closest("details[data-menu]")?.removeAttribute("open");
  const shown = dialog();
  const body = shown.querySelector("[data-panel-body]");
  htmx.ajax("GET", opener.getAttribute("href"), { source: opener, target: body, swap: "innerHTML" }).then(() => {
    if (!body.firstElementChild) {
      window.location.assign(opener.href);
      return;
    }
    shown.querySelector("[data-panel-said]").textContent = "";
    if (!shown.open) shown.showModal();
  });
});

/* After an act, the panel comes again: say what was done, keep the focus inside. */
document.addEventListener("htmx:afterSettle", () => {
  if (!panel?.open) return;
  const part = panel.querySelector("[data-said]");
  if (part?.dataset.said) panel.querySelector("[data-panel-said]").textContent = part.dataset.said;
  const here = panel.querySelector("[data-panel-here]");
  if (here) {
    delete here.dataset.panelHere;
    here.querySelector("input:not([type=hidden])")?.focus();
    return;
  }
  if (!panel.contains(document.activeElement) || document.activeElement === panel) {
    panel.querySelector("#panneau-titre")?.focus();
  }
});
