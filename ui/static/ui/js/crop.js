/* form[data-crop]: a picture chosen is shown, and its square picked by hand: dragged, or by three ranges.
   What is picked goes in fields x, y, side: parts of the width, of the height, of the shorter side. Without
   a script the centre is taken. */
const pick = (form, name) => form.querySelector(`[data-crop-${name}]`);

function square(form, picture) {
  const { width, height } = picture;
  const shorter = Math.min(width, height);
  const side = shorter / Number(pick(form, "zoom").value);
  return {
    side,
    left: ((width - side) * Number(pick(form, "across").value)) / 100,
    top: ((height - side) * Number(pick(form, "down").value)) / 100,
  };
}

function draw(form, picture) {
  const { side, left, top } = square(form, picture);
  const view = pick(form, "view");
  view.getContext("2d").drawImage(picture, left, top, side, side, 0, 0, view.width, view.height);
  pick(form, "x").value = (left / picture.width).toFixed(5);
  pick(form, "y").value = (top / picture.height).toFixed(5);
  pick(form, "side").value = (side / Math.min(picture.width, picture.height)).toFixed(5);
}

function move(form, picture, range, pixels, room) {
  if (room <= 0) return;
  const view = pick(form, "view");
  const { side } = square(form, picture);
  const shown = side / view.clientWidth;
  range.value = String(Number(range.value) - (pixels * shown * 100) / room);
}

function follow(form, picture) {
  const view = pick(form, "view");
  view.onpointerdown = (event) => view.setPointerCapture(event.pointerId);
  view.onpointermove = (event) => {
    if (!view.hasPointerCapture(event.pointerId)) return;
    const { side } = square(form, picture);
    move(form, picture, pick(form, "across"), event.movementX, picture.width - side);
    move(form, picture, pick(form, "down"), event.movementY, picture.height - side);
    draw(form, picture);
  };
  for (const name of ["zoom", "across", "down"]) pick(form, name).oninput = () => draw(form, picture);
  draw(form, picture);
}

async function chosen(form, file) {
  const tools = pick(form, "tools");
  tools.hidden = true;
  for (const name of ["x", "y", "side"]) pick(form, name).value = "";
  if (!file) return;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    tools.hidden = false;
    follow(form, picture);
  } catch {
    // A format that this browser does not show: the server takes its centre.
  }
}

for (const form of document.querySelectorAll("form[data-crop]")) {
  const input = pick(form, "file");
  input.addEventListener("change", () => chosen(form, input.files[0]));
}
