/* .ct-tabs: on a narrow screen, the tab of this page stands in view. */
function show(root) {
  for (const tabs of root.querySelectorAll(".ct-tabs")) {
    const here = tabs.querySelector("[aria-current]");
    if (here) tabs.scrollLeft = here.offsetLeft - (tabs.clientWidth - here.offsetWidth) / 2;
  }
}

show(document);
document.addEventListener("htmx:load", (event) => show(event.target.parentNode ?? document));
