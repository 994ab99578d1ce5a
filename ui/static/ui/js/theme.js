/* [data-theme-form]: the choice is shown at once; the form is still sent, in the background. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-theme-form]") || !event.submitter) return;
  event.preventDefault();
  const choice = event.submitter.value;
  const root = document.documentElement;
  const body = new FormData(form, event.submitter);
  fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } }).then((answer) => {
    if (!answer.ok) {
      HTMLFormElement.prototype.submit.call(form);
      return;
    }
    if (choice === "device") delete root.dataset.bsTheme;
    else root.dataset.bsTheme = choice;
    for (const button of document.querySelectorAll("[data-theme-form] button")) {
      button.setAttribute("aria-pressed", String(button.value === choice));
    }
  });
});
