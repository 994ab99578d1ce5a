/* The worker stands before the site (ui/worker.js): a page without a connection, files shared from the phone. */
if ("serviceWorker" in navigator) {
  window.addEventListener("load", () => {
    navigator.serviceWorker.register("/travailleur.js", { updateViaCache: "none" }).catch(() => {});
  });
}
