/* form[data-pick]: boxes to tick. Its bar [data-pick-bar] shows how many are ticked and stays away while
   none is; [data-pick-all] ticks all, [data-pick-none] none; a ticked line bears data-selected. */
const boxes = (form) => [...form.querySelectorAll("[data-pick-box]")];

function tell(form) {
  const ticked = boxes(form).filter((box) => box.checked).length;
  const bar = form.querySelector("[data-pick-bar]");
  bar.hidden = ticked === 0;
  bar.querySelector("[data-pick-count]").textContent = ticked < 2 ? `${ticked} choisi` : `${ticked} choisis`;
  for (const box of boxes(form)) box.closest("li").toggleAttribute("data-selected", box.checked);
  const all = form.querySelector("[data-pick-all]");
  if (all) {
    all.checked = ticked > 0 && ticked === boxes(form).length;
    all.indeterminate = ticked > 0 && !all.checked;
  }
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-pick]");
  if (!form) return;
  if (event.target.matches("[data-pick-all]")) boxes(form).forEach((box) => (box.checked = event.target.checked));
  tell(form);
});
document.addEventListener("click", (event) => {
  const none = event.target.closest("[data-pick-none]");
  if (!none) return;
  const form = none.closest("form[data-pick]");
  boxes(form).forEach((box) => (box.checked = false));
  tell(form);
  boxes(form)[0]?.focus();
});

function bindAll() {
  for (const form of document.querySelectorAll("form[data-pick]")) {
    form.querySelectorAll("[data-pick-script]").forEach((each) => (each.hidden = false));
    tell(form);
  }
}

bindAll();
window.addEventListener("pageshow", bindAll);
document.addEventListener("htmx:load", bindAll);
