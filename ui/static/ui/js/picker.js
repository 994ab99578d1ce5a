/* form[data-picker="address"]: a combobox. As one types, options come from the address (?q=…); arrows move,
   Enter chooses, Escape closes. Those chosen become chips in the list [data-picked] of the form named by
   data-picker-into, each with a hidden field `recipient`. */
const WAIT = 150;

function parts(form) {
  const input = form.querySelector("input[type=text]");
  return { input, list: document.getElementById(`${input.id}-liste`), said: form.querySelector("[data-picker-said]") };
}

function bind(form) {
  const { input, list } = parts(form);
  form.dataset.bound = "";
  form.querySelector("[data-picker-button]").hidden = true;
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  const state = { timer: 0, asked: null };
  input.addEventListener("input", () => ask(form, state));
  input.addEventListener("focus", () => ask(form, state));
  input.addEventListener("blur", () => setTimeout(() => list.contains(document.activeElement) || close(form), 150));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" || event.key === "Enter") stop(state);
    press(form, event);
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(form, option);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const option = current(form);
    if (option) choose(form, option);
  });
}

/* What was asked and has not come would open the list again. */
function stop(state) {
  clearTimeout(state.timer);
  state.asked?.abort();
}

function ask(form, state) {
  clearTimeout(state.timer);
  state.timer = setTimeout(() => fetchOptions(form, state), WAIT);
}

async function fetchOptions(form, state) {
  const { input, list, said } = parts(form);
  state.asked?.abort();
  state.asked = new AbortController();
  const address = new URL(form.dataset.picker, window.location.href);
  address.searchParams.set("q", input.value);
  let answer;
  try {
    answer = await fetch(address, { signal: state.asked.signal });
  } catch (error) {
    if (error.name === "AbortError") return;
    said.textContent = "La recherche n’a pas répondu. Vérifiez la connexion.";
    return;
  }
  if (!answer.ok || document.activeElement !== input) return;
  list.innerHTML = await answer.text();
  const options = [...list.querySelectorAll("[role=option]")];
  options.forEach((option, n) => (option.id = `${list.id}-${n}`));
  said.textContent = list.querySelector("[data-options-said]")?.dataset.optionsSaid ?? "";
  const nothing = list.querySelector("[data-options-none]") !== null;
  open(form, options.length > 0 || nothing);
  if (options.length && input.value.trim()) mark(form, options[0]);
}

function open(form, shown) {
  const { input, list } = parts(form);
  list.hidden = !shown;
  input.setAttribute("aria-expanded", String(shown));
  input.removeAttribute("aria-activedescendant");
}

function close(form) {
  open(form, false);
}

function current(form) {
  const { input, list } = parts(form);
  return list.hidden ? null : document.getElementById(input.getAttribute("aria-activedescendant") ?? "");
}

function mark(form, option) {
  const { input, list } = parts(form);
  for (const each of list.querySelectorAll("[role=option]")) each.setAttribute("aria-selected", String(each === option));
  input.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

function press(form, event) {
  const { list } = parts(form);
  const options = [...list.querySelectorAll("[role=option]")];
  if (event.key === "Escape" && !list.hidden) {
    event.preventDefault();
    event.stopPropagation();
    close(form);
    return;
  }
  if (!["ArrowDown", "ArrowUp"].includes(event.key) || !options.length) return;
  event.preventDefault();
  if (list.hidden) open(form, true);
  const at = options.indexOf(current(form));
  const step = event.key === "ArrowDown" ? 1 : -1;
  mark(form, options[at < 0 ? (step > 0 ? 0 : options.length - 1) : (at + step + options.length) % options.length]);
}

function choose(form, option) {
  const { input, said } = parts(form);
  const picked = document.getElementById(form.dataset.pickerInto)?.querySelector("[data-picked]");
  if (!picked) return;
  if ("pickerSingle" in form.dataset) picked.replaceChildren();
  if (!picked.querySelector(`input[value="${CSS.escape(option.dataset.key)}"]`)) picked.append(chip(option));
  said.textContent = `${option.dataset.name} : choisi.`;
  input.value = "";
  close(form);
  input.focus();
}

function chip(option) {
  const line = document.createElement("li");
  line.className = "ct-chip";
  const mark = option.querySelector(".ct-avatar, .ct-app")?.cloneNode(true);
  const name = document.createElement("span");
  name.className = "ct-clip";
  name.textContent = option.dataset.name;
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "recipient";
  field.value = option.dataset.key;
  const cross = document.createElement("button");
  cross.type = "button";
  cross.className = "ct-chip__x";
  cross.setAttribute("aria-label", `Retirer ${option.dataset.name}`);
  cross.textContent = "×";
  line.append(...[mark, name, field, cross].filter(Boolean));
  return line;
}

document.addEventListener("click", (event) => {
  const line = event.target.closest("[data-picked] .ct-chip__x")?.closest("li");
  if (!line) return;
  const form = line.closest("form");
  line.remove();
  document.querySelector(`form[data-picker-into="${form.id}"] input[type=text]`)?.focus();
});

function bindAll() {
  document.querySelectorAll("form[data-picker]:not([data-bound])").forEach(bind);
}

bindAll();
document.addEventListener("htmx:load", bindAll);
