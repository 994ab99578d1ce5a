/* [data-print]: a button that prints the page; hidden where no script runs, browsers have one of their own. */
function bind(root) {
  for (const button of root.querySelectorAll("[data-print]")) button.hidden = false;
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
bind(document);
document.addEventListener("htmx:load", (event) => bind(event.target.parentNode ?? document));
