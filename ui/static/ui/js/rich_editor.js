/* The editor of a [data-editor]: what is written is kept as HTML in its field, which says so by `input` and
   `change`. Its schema is the list of ui/rich_text.py, which cleans again whatever comes. */

/* act: what it does, what it is pressed for. */
const ACTS = {
  bold: [(chain) => chain.toggleBold(), ["bold"]],
  italic: [(chain) => chain.toggleItalic(), ["italic"]],
  title: [(chain) => chain.toggleHeading({ level: 2 }), ["heading", { level: 2 }]],
  subtitle: [(chain) => chain.toggleHeading({ level: 3 }), ["heading", { level: 3 }]],
  bullets: [(chain) => chain.toggleBulletList(), ["bulletList"]],
  numbers: [(chain) => chain.toggleOrderedList(), ["orderedList"]],
  quote: [(chain) => chain.toggleBlockquote(), ["blockquote"]],
  undo: [(chain) => chain.undo()],
  redo: [(chain) => chain.redo()],
};
const PICTURE = 'img[src^="/"]';
const WIDEST = 1600; // pixels of the longer side of a picture sent: a phone's photo is for paper

export async function bind(area) {
  const engine = await import(area.dataset.editorEngine);
  const field = area.querySelector("textarea");
  const text = document.createElement("div");
  const focused = document.activeElement === field;
  field.after(text);
  const editor = new engine.Editor({
    element: text,
    content: begun(area, field),
    extensions: schema(engine, () => openLink(area, editor)),
    injectCSS: false, // ours is in the style sheet: the policy lets no other in
    enableInputRules: ["bulletList", "orderedList"],
    enablePasteRules: ["link"],
    editorProps: {
      attributes: attributes(field),
      transformPastedHTML: pasted,
      handlePaste: (view, event) => take(area, editor, event.clipboardData),
      handleDrop: (view, event, slice, moved) =>
        !moved && take(area, editor, event.dataTransfer, view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos),
    },
    onUpdate: () => keep(area, field, editor),
    onTransaction: () => show(area, editor),
    onBlur: () => field.dispatchEvent(new Event("change", { bubbles: true })),
  });
  editor.view.dom.style.minHeight = `${field.offsetHeight}px`;
  field.hidden = true;
  area.querySelector("[data-editor-bar]").hidden = false;
  write(area, field, editor);
  bindLabel(field, editor);
  bindBar(area, editor);
  bindLink(area, editor);
  if (area.dataset.editorPictures) bindPictures(area, editor);
  show(area, editor);
  if (focused) editor.commands.focus("end");
}

/* What the field holds: the page's HTML, or what was typed before the editor came, or before one came back. */
function begun(area, field) {
  if (field.value === field.defaultValue) return area.dataset.editorHtml;
  if (area.querySelector("[data-editor-format]").value === "html") return field.value;
  const lines = document.createElement("div");
  for (const part of field.value.split(/\n\s*\n/)) {
    const block = lines.appendChild(document.createElement("p"));
    part.split("\n").forEach((line, n) => block.append(...(n ? [document.createElement("br"), line] : [line])));
  }
  return lines.innerHTML;
}

function schema(engine, link) {
  const plainTab = { addKeyboardShortcuts() { return { Enter: () => this.editor.commands.splitListItem(this.name) }; } };
  return [
    engine.Document, engine.Paragraph, engine.Text, engine.HardBreak, engine.HorizontalRule, engine.UndoRedo,
    engine.Bold, engine.Italic, engine.Underline, engine.Strike, engine.Subscript, engine.Superscript,
    engine.Heading.configure({ levels: [2, 3, 4] }), engine.Blockquote, engine.BulletList, engine.OrderedList,
    engine.ListItem.extend(plainTab), // Tab leaves the text, in a list too
    engine.Table, engine.TableRow, engine.TableHeader, engine.TableCell, engine.Gapcursor,
    engine.Link.extend({ addKeyboardShortcuts: () => ({ "Mod-k": () => link() }) }).configure({
      openOnClick: false, protocols: ["tel"], defaultProtocol: "https", HTMLAttributes: { target: null, rel: null },
    }),
    engine.Node.create({
      name: "picture", group: "inline", inline: true, draggable: true,
      addAttributes: () => ({ src: {}, alt: { default: "" } }),
      parseHTML: () => [{ tag: PICTURE }],
      renderHTML: ({ HTMLAttributes }) => ["img", HTMLAttributes],
    }),
  ];
}

function attributes(field) {
  const label = field.labels[0];
  if (label && !label.id) label.id = `${field.id}-nom`;
  const named = label ? { "aria-labelledby": label.id } : {};
  return { ...named, id: `${field.id}-riche`, class: "form-control ct-rich ct-editor__text", role: "textbox", "aria-multiline": "true" };
}

/* The field's text, without telling. */
function write(area, field, editor) {
  field.value = editor.isEmpty ? "" : editor.getHTML();
  area.querySelector("[data-editor-format]").value = "html";
}

function keep(area, field, editor) {
  write(area, field, editor);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function show(area, editor) {
  for (const button of area.querySelectorAll("[data-editor-bar] [data-act]")) {
    const act = button.dataset.act;
    if (act === "undo" || act === "redo") button.setAttribute("aria-disabled", String(!editor.can()[act]()));
    else button.setAttribute("aria-pressed", String(editor.isActive(...(ACTS[act]?.[1] ?? [act]))));
  }
}

/* A press on the label goes to the text: its field is hidden. */
function bindLabel(field, editor) {
  for (const label of field.labels) {
    label.addEventListener("click", (event) => {
      event.preventDefault();
      editor.commands.focus();
    });
  }
}

/* One stop of the Tab key; arrows, Home and End move inside, Escape goes back to the text. */
function bindBar(area, editor) {
  const bar = area.querySelector("[data-editor-bar]");
  const buttons = [...bar.querySelectorAll("button")];
  const stop = (at) => buttons.forEach((button, n) => (button.tabIndex = n === at ? 0 : -1));
  stop(0);
  bar.addEventListener("pointerdown", (event) => event.preventDefault()); // what is chosen in the text stays so
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-act]");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    stop(buttons.indexOf(button));
    if (button.dataset.act === "link") openLink(area, editor);
    else if (button.dataset.act === "picture") openPicture(area, editor);
    else ACTS[button.dataset.act][0](editor.chain().focus()).run();
  });
  bar.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    if (event.key === "Escape") editor.commands.focus();
    else if (to !== undefined) {
      const next = (to + buttons.length) % buttons.length;
      stop(next);
      buttons[next].focus();
    } else return;
    event.preventDefault();
  });
}

function linkParts(area) {
  const row = area.querySelector("[data-editor-link]");
  return { row, input: row.querySelector("input"), error: row.querySelector(".ct-error"), button: area.querySelector("[data-act=link]") };
}

function openLink(area, editor) {
  const { row, input, error, button } = linkParts(area);
  row.hidden = false;
  error.hidden = true;
  button.setAttribute("aria-expanded", "true");
  input.value = editor.getAttributes("link").href ?? "";
  row.querySelector("[data-act=link-unset]").hidden = !editor.isActive("link");
  input.focus();
  input.select();
  return true;
}

function closeLink(area, editor) {
  const { row, button } = linkParts(area);
  row.hidden = true;
  button.setAttribute("aria-expanded", "false");
  editor.commands.focus();
}

function bindLink(area, editor) {
  const { row, input, error } = linkParts(area);
  const acts = {
    "link-set": () => {
      const href = address(input.value);
      error.hidden = Boolean(href);
      input.toggleAttribute("aria-invalid", !href);
      if (!href) return input.focus();
      const linked = editor.chain().extendMarkRange("link");
      const words = { type: "text", text: input.value.trim(), marks: [{ type: "link", attrs: { href } }] };
      const bare = editor.state.selection.empty && !editor.isActive("link");
      (bare ? linked.insertContent(words) : linked.setLink({ href })).run();
      closeLink(area, editor);
    },
    "link-unset": () => {
      editor.chain().extendMarkRange("link").unsetLink().run();
      closeLink(area, editor);
    },
    "link-close": () => closeLink(area, editor),
  };
  row.addEventListener("click", (event) => acts[event.target.closest("[data-act]")?.dataset.act]?.());
  row.addEventListener("keydown", (event) => {
    if (event.key === "Escape") acts["link-close"]();
    else if (event.key === "Enter" && event.target === input) acts["link-set"]();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  for (const kind of ["input", "change"]) row.addEventListener(kind, (event) => event.stopPropagation());
}

function pictureParts(area) {
  const row = area.querySelector("[data-editor-picture]");
  const part = (name) => row.querySelector(name);
  return {
    row, file: part("[data-editor-file]"), described: part("[data-editor-described]"), input: part("input[type=text]"),
    state: part("[role=status]"), error: part(".ct-error"), button: area.querySelector("[data-act=picture]"),
  };
}

/* The picture chosen in the text is described; with none, one is looked for. */
function openPicture(area, editor) {
  if (editor.isActive("picture")) describe(area, editor);
  else pictureParts(area).file.click();
}

function describe(area, editor) {
  const { row, described, input, state, error, button } = pictureParts(area);
  row.hidden = described.hidden = false;
  error.hidden = true;
  state.textContent = "";
  button.setAttribute("aria-expanded", "true");
  input.value = editor.getAttributes("picture").alt ?? "";
  input.focus();
}

/* One writes on after the picture. */
function closePicture(area, editor, after = editor.state.selection.to) {
  const { row, button } = pictureParts(area);
  row.hidden = true;
  button.setAttribute("aria-expanded", "false");
  editor.chain().setTextSelection(after).focus().run();
}

function bindPictures(area, editor) {
  const { row, file, input } = pictureParts(area);
  const acts = {
    "picture-set": () => {
      const after = editor.state.selection.to;
      editor.commands.updateAttributes("picture", { alt: input.value.trim() });
      closePicture(area, editor, after);
    },
    "picture-close": () => closePicture(area, editor),
  };
  row.addEventListener("click", (event) => acts[event.target.closest("[data-act]")?.dataset.act]?.());
  row.addEventListener("keydown", (event) => {
    if (event.key === "Escape") acts["picture-close"]();
    else if (event.key === "Enter" && event.target === input) acts["picture-set"]();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  for (const kind of ["input", "change"]) row.addEventListener(kind, (event) => event.stopPropagation());
  file.addEventListener("change", () => {
    insert(area, editor, [...file.files]);
    file.value = "";
  });
}

/* Pictures pasted or dropped, where that is all there is: what comes with words is words. */
function take(area, editor, data, at) {
  const pictures = [...(data?.files ?? [])].filter((file) => file.type.startsWith("image/"));
  if (!area.dataset.editorPictures || !pictures.length || data.types.includes("text/html")) return false;
  insert(area, editor, pictures, at);
  return true;
}

/* One after the other, each where the text is then; the last is asked what it shows. */
async function insert(area, editor, pictures, at) {
  const { row, described, state, error } = pictureParts(area);
  if (at !== undefined) editor.commands.setTextSelection(at);
  for (const picture of pictures) {
    row.hidden = false;
    described.hidden = error.hidden = true;
    state.textContent = state.dataset.saySending;
    const [src, why] = await send(area, await smaller(picture));
    state.textContent = "";
    if (src) {
      const place = editor.state.selection.to;
      editor.chain().insertContentAt(place, { type: "picture", attrs: { src, alt: "" } }).setNodeSelection(place).run();
      describe(area, editor);
    } else {
      error.hidden = false;
      error.querySelector("span").textContent = why || state.dataset.sayFailed;
    }
  }
}

/* The address of a picture that is sent, or why it was refused. */
async function send(area, picture) {
  const given = new FormData();
  for (const hidden of area.closest("form").querySelectorAll("input[type=hidden]")) given.append(hidden.name, hidden.value);
  given.append("image", picture, picture.name);
  try {
    const answer = await fetch(area.dataset.editorPictures, { method: "POST", body: given });
    const told = await answer.json();
    return answer.ok ? [told.src, ""] : ["", [told.title, told.detail].filter(Boolean).join(" ")];
  } catch {
    return ["", ""];
  }
}

/* A photo no larger than a screen shows, upright; what is small, or moves, or is not read here, as it is. */
async function smaller(file) {
  if (!["image/jpeg", "image/png", "image/webp"].includes(file.type)) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = WIDEST / Math.max(picture.width, picture.height);
    if (scale >= 1) return file;
    const canvas = new OffscreenCanvas(Math.round(picture.width * scale), Math.round(picture.height * scale));
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    return new File([await canvas.convertToBlob({ type: file.type, quality: 0.85 })], file.name, { type: file.type });
  } catch {
    return file;
  }
}

/* What was typed as an address that leads somewhere, or nothing. */
function address(typed) {
  const text = typed.trim();
  if (/^(https?:\/\/[^\s/]|mailto:\S|tel:\S|\/(?!\/))/i.test(text)) return text;
  if (/^[^\s@:/]+@[^\s@:/]+\.[^\s@:/]+$/.test(text)) return `mailto:${text}`;
  return /^[\w-]+(\.[\w-]+)+([/?#]\S*)?$/.test(text) ? `https://${text}` : "";
}

const TITLES = { H1: "h2", H5: "h4", H6: "h4" };

/* What is pasted, as the schema reads it. Our own pictures come with the site's name before their address: it goes. */
function pasted(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const picture of page.querySelectorAll("img")) {
    const at = picture.getAttribute("src") ?? "";
    if (at.startsWith(`${location.origin}/`)) picture.setAttribute("src", at.slice(location.origin.length));
  }
  for (const title of page.querySelectorAll("h1, h5, h6")) {
    const known = page.createElement(TITLES[title.tagName]);
    known.append(...title.childNodes);
    title.replaceWith(known);
  }
  makeLists(page);
  return page.body.innerHTML;
}

/* Word pastes its lists as paragraphs that bear a drawn mark and, in their style, a level: they become lists. */
function makeLists(page) {
  let open = [];
  for (const line of page.querySelectorAll('p[style*="mso-list"]')) {
    const level = Number(/mso-list:\s*\S+\s+level(\d)/.exec(line.getAttribute("style"))?.[1] ?? 0);
    if (!level) continue;
    const mark = line.querySelector('[style*="mso-list:Ignore" i], [style*="mso-list: Ignore" i]');
    const kind = /^\s*[\da-z]{1,4}[.)]/i.test(mark?.textContent ?? "") ? "ol" : "ul";
    mark?.remove();
    if (line.previousElementSibling !== open[0]) open = [];
    open.length = Math.min(open.length, level);
    if (open.length === level && open.at(-1).localName !== kind) open.pop();
    while (open.length < level) {
      const list = page.createElement(kind);
      const around = open.at(-1);
      if (around) (around.lastElementChild ?? around.appendChild(page.createElement("li"))).append(list);
      else line.before(list);
      open.push(list);
    }
    const item = page.createElement("li");
    item.append(...line.childNodes);
    open.at(-1).append(item);
    line.remove();
  }
}
