/* [data-dialog-open="id"] opens a dialog of the page instead of following its link;
   [data-dialog-close] closes the one it stands in. The focus goes back by itself. */
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog-open]");
  const dialog = opener && document.getElementById(opener.dataset.dialogOpen);
  if (dialog) {
    event.preventDefault();
    dialog.showModal();
    return;
  }
  event.target.closest("[data-dialog-close]")?.closest("dialog")?.close();
});
