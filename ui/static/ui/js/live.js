/* form[data-live][hx-get]: sends itself as it is filled (filters, a search); htmx swaps the answer in, so
   that nobody loses the field they type in. Its button, marked data-live-button, stays for those without
   a script. */
const LIVE = "form[data-live][hx-get]";
const WAIT = 300;
let timer;

function send(form) {
  clearTimeout(timer);
  timer = setTimeout(() => form.requestSubmit(), WAIT);
}

document.addEventListener("input", (event) => {
  const form = event.target.closest(LIVE);
  if (form && event.target.matches("input[type=search]")) send(form);
});
document.addEventListener("change", (event) => {
  const form = event.target.closest(LIVE);
  if (form && event.target.matches("select, input[type=checkbox], input[type=radio]")) send(form);
});

const hide = (place) => {
  for (const button of place.querySelectorAll(`${LIVE} [data-live-button]`)) button.hidden = true;
};
hide(document);
document.addEventListener("htmx:load", (event) => hide(event.detail.elt));
