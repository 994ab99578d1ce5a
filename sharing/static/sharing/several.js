/* form[data-several="address"]: its link [data-several-link] opens the share panel of the things ticked,
   over the page; it stands for the button [data-several-plain], which leads there without a script. */
function follow(form) {
  const link = form.querySelector("[data-several-link]");
  if (!link) return;
  const ticked = [...form.querySelectorAll("li input[type=checkbox]:checked")];
  const address = new URLSearchParams(ticked.map((box) => ["choisi", box.value]));
  address.append("retour", location.pathname + location.search);
  link.href = `${form.dataset.several}?${address}`;
}

function bindAll() {
  for (const form of document.querySelectorAll("form[data-several]")) {
    const plain = form.querySelector("[data-several-plain]");
    if (!plain) continue;
    plain.hidden = true;
    form.querySelector("[data-several-link]").hidden = false;
    follow(form);
  }
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-several]");
  if (form) follow(form);
});
bindAll();
window.addEventListener("pageshow", bindAll);
document.addEventListener("htmx:load", bindAll);
