/* form[data-blur]: zones are drawn over a picture, by mouse, finger or keyboard; what lies under them is made of
   large squares, and only that picture is sent. It comes of data-blur-source, or of a file that is chosen. */
const pick = (form, name) => form.querySelector(`[data-blur-${name}]`);
const LONGEST = 4096; // pixels of the longer side of what is sent
const SQUARES = 7; // across the shorter side of a zone: too few to know anybody by
const LEAST = 0.02; // of the shorter side of the picture: less is a slip of the finger
const STEP = 0.02;

class Blurring {
  constructor(form) {
    this.form = form;
    this.canvas = pick(form, "canvas");
    this.zones = [];
    this.chosen = -1;
    this.drawn = null;
    this.bind();
  }

  async open(file) {
    pick(this.form, "unreadable").hidden = true;
    pick(this.form, "tools").hidden = true;
    if (!file) return;
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
      this.picture = picture;
      this.name = file.name || "photo.jpg";
      this.canvas.width = Math.round(picture.width * scale);
      this.canvas.height = Math.round(picture.height * scale);
      this.zones = [];
      this.chosen = -1;
      pick(this.form, "tools").hidden = false;
      this.show();
    } catch {
      pick(this.form, "unreadable").hidden = false;
    }
  }

  get short() {
    return Math.min(this.canvas.width, this.canvas.height);
  }

  paint(marks) {
    const { canvas } = this;
    const context = canvas.getContext("2d");
    context.fillStyle = "#ffffff"; // a JPEG shows nothing through
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(this.picture, 0, 0, canvas.width, canvas.height);
    for (const zone of this.zones) this.cover(context, zone);
    if (!marks) return;
    this.zones.forEach((zone, n) => this.mark(context, zone, n === this.chosen));
    if (this.drawn) this.mark(context, this.drawn, true);
  }

  /* The zone is drawn so small that faces are gone, then enlarged without smoothing. */
  cover(context, { x, y, width, height, shape }) {
    const size = Math.max(Math.min(width, height) / SQUARES, 1);
    const across = Math.max(1, Math.round(width / size));
    const down = Math.max(1, Math.round(height / size));
    const small = document.createElement("canvas");
    small.width = across;
    small.height = down;
    const inside = small.getContext("2d");
    inside.imageSmoothingEnabled = true;
    inside.imageSmoothingQuality = "high";
    const ratio = this.picture.width / this.canvas.width;
    inside.drawImage(this.picture, x * ratio, y * ratio, width * ratio, height * ratio, 0, 0, across, down);
    context.save();
    this.trace(context, { x, y, width, height, shape });
    context.clip();
    context.imageSmoothingEnabled = false;
    context.drawImage(small, 0, 0, across, down, x, y, width, height);
    context.restore();
  }

  trace(context, { x, y, width, height, shape }) {
    context.beginPath();
    if (shape === "rect") context.rect(x, y, width, height);
    else context.ellipse(x + width / 2, y + height / 2, width / 2, height / 2, 0, 0, 2 * Math.PI);
  }

  mark(context, zone, current) {
    const wide = this.canvas.width / (this.canvas.clientWidth || this.canvas.width);
    context.save();
    context.lineWidth = (current ? 5 : 3) * wide;
    context.strokeStyle = "#ffffff";
    this.trace(context, zone);
    context.stroke();
    context.lineWidth = (current ? 2.5 : 1.5) * wide;
    context.strokeStyle = current ? "#1b4fd6" : "#16272a";
    context.setLineDash(current ? [] : [6 * wide, 4 * wide]);
    this.trace(context, zone);
    context.stroke();
    context.restore();
  }

  show(words = "") {
    this.paint(true);
    pick(this.form, "undo").disabled = !this.zones.length;
    pick(this.form, "send").disabled = !this.zones.length;
    if (words) pick(this.form, "status").textContent = words;
  }

  get shape() {
    return this.form.querySelector("[data-blur-shape]:checked").value;
  }

  at(event) {
    const box = this.canvas.getBoundingClientRect();
    return [
      ((event.clientX - box.left) * this.canvas.width) / box.width,
      ((event.clientY - box.top) * this.canvas.height) / box.height,
    ];
  }

  kept(zone) {
    const width = Math.min(zone.width, this.canvas.width);
    const height = Math.min(zone.height, this.canvas.height);
    return {
      ...zone,
      width,
      height,
      x: Math.max(0, Math.min(zone.x, this.canvas.width - width)),
      y: Math.max(0, Math.min(zone.y, this.canvas.height - height)),
    };
  }

  add(zone) {
    this.zones.push(this.kept(zone));
    this.chosen = this.zones.length - 1;
    this.show(`Zone ${this.zones.length} ajoutée.`);
  }

  addHere() {
    const side = this.short / 5;
    this.add({
      x: (this.canvas.width - side) / 2,
      y: (this.canvas.height - side) / 2,
      width: side,
      height: side,
      shape: this.shape,
    });
    this.canvas.focus();
  }

  remove(n) {
    if (n < 0 || n >= this.zones.length) return;
    this.zones.splice(n, 1);
    this.chosen = this.zones.length - 1;
    this.show("Zone enlevée.");
  }

  hit([x, y]) {
    return this.zones.findLastIndex(
      (zone) => x >= zone.x && x <= zone.x + zone.width && y >= zone.y && y <= zone.y + zone.height,
    );
  }

  down(event) {
    if (event.button) return;
    this.canvas.setPointerCapture(event.pointerId);
    this.from = this.at(event);
    const n = this.hit(this.from);
    this.moved = n >= 0 ? { ...this.zones[n] } : null;
    this.chosen = n >= 0 ? n : this.chosen;
    event.preventDefault();
    this.canvas.focus();
    this.show();
  }

  move(event) {
    if (!this.canvas.hasPointerCapture(event.pointerId) || !this.from) return;
    const [x, y] = this.at(event);
    const [left, top] = this.from;
    if (this.moved) {
      const { x: formerX, y: formerY } = this.moved;
      this.zones[this.chosen] = this.kept({ ...this.moved, x: formerX + x - left, y: formerY + y - top });
    } else {
      this.drawn = {
        x: Math.min(left, x),
        y: Math.min(top, y),
        width: Math.abs(x - left),
        height: Math.abs(y - top),
        shape: this.shape,
      };
    }
    this.show();
  }

  up() {
    const zone = this.drawn;
    this.drawn = null;
    this.from = null;
    this.moved = null;
    if (zone && Math.min(zone.width, zone.height) >= LEAST * this.short) this.add(zone);
    else this.show();
  }

  key(event) {
    const zone = this.zones[this.chosen];
    const step = STEP * this.short;
    const by = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      this.remove(this.chosen);
    } else if (event.key === "n" || event.key === "N") {
      if (this.zones.length) this.chosen = (this.chosen + 1) % this.zones.length;
      this.show(`Zone ${this.chosen + 1} sur ${this.zones.length}.`);
    } else if (by && zone) {
      event.preventDefault();
      const [x, y] = by;
      const least = LEAST * this.short;
      this.zones[this.chosen] = this.kept(
        event.shiftKey
          ? { ...zone, width: Math.max(least, zone.width + x), height: Math.max(least, zone.height + y) }
          : { ...zone, x: zone.x + x, y: zone.y + y },
      );
      this.show();
    }
  }

  async send(event) {
    event.preventDefault();
    const button = pick(this.form, "send");
    const error = pick(this.form, "error");
    error.hidden = true;
    button.disabled = true;
    button.setAttribute("aria-busy", "true");
    this.paint(false);
    const blob = await new Promise((done) => this.canvas.toBlob(done, "image/jpeg", 0.9));
    const data = new FormData();
    for (const name of ["csrfmiddlewaretoken", "fichier"]) {
      const field = this.form.querySelector(`input[name="${name}"]`);
      if (field) data.append(name, field.value);
    }
    data.append("image", blob, this.name.replace(/\.[^.]*$/, "") + ".jpg");
    try {
      const answer = await fetch(this.form.action, { method: "POST", body: data, headers: { Accept: "application/json" } });
      const told = await answer.json();
      if (answer.ok) {
        window.location.assign(told.url);
        return;
      }
      throw new Error(`${told.title ?? ""} ${told.detail ?? ""}`.trim());
    } catch (problem) {
      error.querySelector("span").textContent =
        problem instanceof Error && problem.name === "Error" && problem.message
          ? problem.message
          : "L’envoi n’a pas abouti. Vérifiez votre connexion, puis recommencez.";
      error.hidden = false;
      button.removeAttribute("aria-busy");
      this.show();
    }
  }

  bind() {
    const { canvas, form } = this;
    canvas.addEventListener("pointerdown", (event) => this.down(event));
    canvas.addEventListener("pointermove", (event) => this.move(event));
    canvas.addEventListener("pointerup", () => this.up());
    canvas.addEventListener("pointercancel", () => this.up());
    canvas.addEventListener("keydown", (event) => this.key(event));
    pick(form, "add").addEventListener("click", () => this.addHere());
    pick(form, "undo").addEventListener("click", () => this.remove(this.zones.length - 1));
    pick(form, "file")?.addEventListener("change", (event) => this.open(event.target.files[0]));
    form.addEventListener("submit", (event) => this.send(event));
    window.addEventListener("resize", () => this.picture && this.show());
  }
}

for (const form of document.querySelectorAll("form[data-blur]")) {
  const blurring = new Blurring(form);
  const { blurSource } = form.dataset;
  if (blurSource) {
    fetch(blurSource)
      .then((answer) => (answer.ok ? answer.blob() : Promise.reject(new Error())))
      .then((blob) => blurring.open(blob))
      .catch(() => {
        pick(form, "unreadable").hidden = false;
      });
  }
}
