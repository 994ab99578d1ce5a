/* [data-toast]: can be sent away. It never leaves by itself: nobody has to read in a hurry. */
function bind(root) {
  for (const button of root.querySelectorAll("[data-toast-close][hidden]")) button.hidden = false;
}

bind(document);
document.addEventListener("htmx:load", (event) => bind(event.target.parentNode ?? document));
document.addEventListener("click", (event) => {
  event.target.closest("[data-toast-close]")?.closest("[data-toast]").remove();
});
