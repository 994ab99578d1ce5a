// The bell asks what is new again: each minute, then ever more seldom while nothing changes or nobody looks.
const SOON = 60_000;
const SELDOM = 15 * 60_000;

let wait = SOON;
let timer = 0;

async function ask() {
  const bell = document.querySelector("[data-bell]");
  if (!bell || document.hidden) {
    return;
  }
  try {
    // The browser keeps the last answer and its mark: unchanged, nothing travels but 304.
    const answer = await fetch(bell.dataset.bell, { cache: "no-cache", headers: { Accept: "text/html" } });
    const text = answer.ok ? await answer.text() : "";
    const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("[data-bell]");
    const same = !fresh || fresh.outerHTML === bell.outerHTML;
    wait = same ? Math.min(wait * 2, SELDOM) : SOON;
    if (!same) {
      bell.replaceWith(fresh);
    }
  } catch {
    wait = Math.min(wait * 2, SELDOM);
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
later();
