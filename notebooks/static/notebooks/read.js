/* [data-read]: the arrows of the keyboard, or a finger that slides across, turn the pages. The links do without. */
const page = document.querySelector("[data-read]");
const NEEDED = 60; // pixels
let began;

function turn(address) {
  if (address) location.assign(address);
}

const busy = (element) => element.closest("input, textarea, select, audio, video, [contenteditable], .ct-scroll");

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || busy(event.target)) return;
  if (event.key === "ArrowRight") turn(page.dataset.readAfter);
  if (event.key === "ArrowLeft") turn(page.dataset.readBefore);
});

page.addEventListener("touchstart", (event) => {
  const one = event.touches.length === 1 && !busy(event.target);
  began = one ? { x: event.touches[0].clientX, y: event.touches[0].clientY } : undefined;
}, { passive: true });

page.addEventListener("touchend", (event) => {
  if (!began) return;
  const across = event.changedTouches[0].clientX - began.x;
  const down = event.changedTouches[0].clientY - began.y;
  began = undefined;
  if (Math.abs(across) < NEEDED || Math.abs(across) < 2 * Math.abs(down)) return;
  turn(across < 0 ? page.dataset.readAfter : page.dataset.readBefore);
}, { passive: true });
