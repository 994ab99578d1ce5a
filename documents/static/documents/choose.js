/* [data-choose]: says how many are chosen, and shows acts of a single thing for a single one. */
function told(holder) {
  const chosen = holder.querySelectorAll(".ct-file__pick input:checked").length;
  const count = holder.querySelector("[data-choose-count]");
  if (count) count.textContent = chosen < 2 ? `${chosen} ${count.dataset.one}` : `${chosen} ${count.dataset.many}`;
  for (const button of holder.querySelectorAll("[data-choose-one]")) button.hidden = chosen > 1;
}

document.addEventListener("change", (event) => {
  const holder = event.target.closest("[data-choose]");
  if (holder) told(holder);
});
document.addEventListener("reset", (event) => {
  const holder = event.target.closest("[data-choose]");
  if (holder) setTimeout(() => told(holder));
});
