/* [data-editor]: a field whose text has bold, lists, links. The editor is large: it is fetched where a field stands
   alone. Until it comes, or if it does not, the plain field works. */
function bindAll() {
  for (const area of document.querySelectorAll("[data-editor]:not([data-bound])")) {
    area.dataset.bound = "";
    import(area.dataset.editor).then((editor) => editor.bind(area)).catch(() => {});
  }
}

bindAll();
document.addEventListener("htmx:load", bindAll);
