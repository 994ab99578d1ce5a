/* [data-bell]: asks how much is new once the page is there, each minute then, ever more seldom while nothing
   changes or nobody looks. Between two pages the last answer is shown at once. */
const SOON = 60_000;
const SELDOM = 15 * 60_000;
const KEPT = "bell";

let wait = SOON;
let timer = 0;

function show(text) {
  const bell = document.querySelector("[data-bell]");
  const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("[data-bell]");
  if (!bell || !fresh || fresh.outerHTML === bell.outerHTML) return false;
  bell.replaceWith(document.importNode(fresh, true));
  return true;
}

async function ask() {
  const bell = document.querySelector("[data-bell]");
  if (bell && !document.hidden) {
    try {
      // The browser keeps the last answer and its mark: unchanged, nothing travels but 304.
      const answer = await fetch(bell.dataset.bell, { cache: "no-cache", headers: { Accept: "text/html" } });
      const text = answer.ok ? await answer.text() : "";
      sessionStorage.setItem(KEPT, text);
      wait = show(text) ? SOON : Math.min(wait * 2, SELDOM);
    } catch {
      wait = Math.min(wait * 2, SELDOM);
    }
  }
  later();
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(ask, wait);
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) {
    wait = SOON;
    later();
  }
});
if (document.querySelector("[data-bell]")) {
  show(sessionStorage.getItem(KEPT) || "");
  ask();
}
