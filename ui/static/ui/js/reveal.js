/* [data-reveal]: a password that can be read while it is typed. A box named by data-reveal-box, where
   there is one, does the same for pupils. Hidden again when the form is sent, so that browsers keep it. */
function show(holder, visible) {
  const input = holder.querySelector("input");
  const button = holder.querySelector("[data-reveal-button]");
  input.type = visible ? "text" : "password";
  button.setAttribute("aria-pressed", String(visible));
  button.querySelector("span").textContent = visible ? "Masquer" : "Afficher";
  const use = button.querySelector("use");
  use.setAttribute("href", use.getAttribute("href").replace(/#.*/, visible ? "#i-eye-off" : "#i-eye"));
}

function bind(root) {
  for (const holder of root.querySelectorAll("[data-reveal]:not([data-bound])")) {
    holder.dataset.bound = "";
    const button = holder.querySelector("[data-reveal-button]");
    button.hidden = false;
    button.addEventListener("click", () => show(holder, holder.querySelector("input").type === "password"));
    holder.closest("form")?.addEventListener("submit", () => show(holder, false));
  }
}

bind(document);
document.addEventListener("htmx:load", (event) => bind(event.target.parentNode ?? document));
