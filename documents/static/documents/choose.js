/* [data-choose]: says how many are chosen. */
function told(holder) {
  const chosen = holder.querySelectorAll(".ct-file__pick input:checked").length;
  const count = holder.querySelector("[data-choose-count]");
  if (count) count.textContent = chosen < 2 ? `${chosen} ${count.dataset.one}` : `${chosen} ${count.dataset.many}`;
}

document.addEventListener("change", (event) => {
  const holder = event.target.closest("[data-choose]");
  if (holder) told(holder);
});
document.addEventListener("reset", (event) => {
  const holder = event.target.closest("[data-choose]");
  if (holder) setTimeout(() => told(holder));
});
