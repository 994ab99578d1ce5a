/* [data-order]: a list whose items are dragged by their grip (a finger, a mouse, a pen); where one is let go, its
   address is told after which it stands now. The buttons of each item do the same, and are all there is without
   this script. */
let dragged;
let from;

const items = (list) => [...list.querySelectorAll(":scope > [data-order-item]")];

function start(event) {
  const grip = event.target.closest("[data-order-grip]");
  if (!grip || event.button > 0) return;
  dragged = grip.closest("[data-order-item]");
  from = dragged.previousElementSibling;
  dragged.dataset.orderDragged = "";
  grip.setPointerCapture(event.pointerId);
  event.preventDefault();
}

/* The item goes before the first whose middle is under the pointer. */
function follow(event) {
  if (!dragged) return;
  const list = dragged.parentElement;
  const others = items(list).filter((item) => item !== dragged);
  const next = others.find((item) => {
    const box = item.getBoundingClientRect();
    return event.clientY < box.top + box.height / 2;
  });
  if (next !== dragged.nextElementSibling) list.insertBefore(dragged, next ?? null);
  if (event.clientY < 90) scrollBy(0, -12);
  if (event.clientY > innerHeight - 90) scrollBy(0, 12);
}

function end() {
  if (!dragged) return;
  const item = dragged;
  dragged = undefined;
  delete item.dataset.orderDragged;
  if (item.previousElementSibling === from) return;
  const target = item.parentElement.dataset.orderTarget;
  const values = { apres: item.previousElementSibling?.dataset.orderItem ?? "" };
  htmx.ajax("POST", item.dataset.orderUrl, { source: item, target, swap: "outerHTML", values });
}

function show(root) {
  for (const grip of root.querySelectorAll("[data-order-grip][hidden]")) grip.hidden = false;
}

document.addEventListener("pointerdown", start);
document.addEventListener("pointermove", follow);
document.addEventListener("pointerup", end);
document.addEventListener("pointercancel", end);
document.addEventListener("htmx:load", (event) => show(event.target.parentNode ?? document));
show(document);
