/* [data-copy]: a button that copies the text of what it names, and says so; hidden where no script runs, one selects
   the text then. data-copied is what it says once it is done, in [data-copy-say] and, for readers, in
   [data-copy-told] beside it. */
const SAID_FOR = 3000;

function bind(root) {
  for (const button of root.querySelectorAll("[data-copy]")) button.hidden = false;
}

async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  /* a page without a secure connection */
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "visually-hidden";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) throw new Error("not copied");
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  const source = button && document.querySelector(button.dataset.copy);
  if (!source) return;
  const say = button.querySelector("[data-copy-say]");
  const before = (button.dataset.copyBefore ??= say.textContent);
  try {
    await copy(source.textContent.trim());
    say.textContent = button.dataset.copied;
    const told = button.parentElement.querySelector("[data-copy-told]");
    if (told) told.textContent = button.dataset.copied;
    setTimeout(() => (say.textContent = before), SAID_FOR);
  } catch {
    getSelection().selectAllChildren(source);
  }
});
bind(document);
document.addEventListener("htmx:load", (event) => bind(event.target.parentNode ?? document));
