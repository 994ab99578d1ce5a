/* form[data-live]: sends itself as it is filled (filters, a search). htmx does the sending where the
   form has hx-get; this only spares the button, which stays for those without a script. */
const WAIT = 300;
let timer;

function send(form) {
  clearTimeout(timer);
  timer = setTimeout(() => form.requestSubmit(), WAIT);
}

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-live]");
  if (form && event.target.matches("input[type=search]")) send(form);
});
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-live]");
  if (form && event.target.matches("select, input[type=checkbox], input[type=radio]")) send(form);
});
for (const button of document.querySelectorAll("form[data-live] [data-live-button]")) button.hidden = true;
