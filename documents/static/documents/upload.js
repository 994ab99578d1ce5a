/* [data-uploads]: files chosen, dropped or photographed are sent by pieces (tus), two at a time, each with
   its progress, paused and taken up again by hand, or by itself when the connection comes back. Without
   this script, the form that it takes over sends them whole. Words are the page's: data-say-…. Where files are
   for another thing than a folder, data-with names the form's fields that say which, and a line leaves the tray
   (`uploaded`) once its file is there. */
const AT_ONCE = 2;
const PIECE = 4 * 1024 * 1024;
const FRESH = 10 * 60 * 1000;
const DELAYS = [0, 500, 1500, 3000, 5000, 10000];

const tray = document.querySelector("[data-uploads]");
const form = document.querySelector("[data-upload-form]");
const model = document.getElementById("envoi");
const waiting = [];
const running = new Set();
const cut = new Set();
let refreshing;

const say = (name, values = {}) =>
  Object.entries(values).reduce((text, [key, value]) => text.replace(`{${key}}`, value), tray.dataset[name]);

function percent(sent, total) {
  return total ? Math.floor((100 * sent) / total) : 100;
}

/* One file on its way: its line, and what its buttons do. */
function line(file) {
  const element = model.content.firstElementChild.cloneNode(true);
  const part = (name) => element.querySelector(`[data-upload-${name}]`);
  part("name").textContent = file.name;
  part("bar").setAttribute("aria-label", file.name);
  for (const name of ["pause", "cancel"]) part(`${name}-name`).textContent += ` ${file.name}`;
  tray.querySelector("ul").append(element);
  tray.hidden = false;
  return {
    element,
    part,
    show(state, words) {
      element.dataset.state = state;
      if (part("state").textContent !== words) part("state").textContent = words;
      part("pause").hidden = state === "done" || state === "refused";
      const stopped = state === "paused" || state === "failed" || state === "cut";
      part("pause").setAttribute("aria-pressed", String(stopped));
      const use = part("pause").querySelector("use");
      use.setAttribute("href", use.getAttribute("href").replace(/#.*/, stopped ? "#i-player-play" : "#i-player-pause"));
    },
  };
}

/* What the server says of a refusal: its sentence, in French, else words of ours. */
function refusal(error) {
  const body = error.originalResponse?.getBody() ?? "";
  try {
    const told = JSON.parse(body);
    return [told.title, told.detail].filter(Boolean).join(" ");
  } catch {
    return body && body.length < 300 && !body.startsWith("<") ? body : say("sayFailed");
  }
}

/* For what files are: a folder, or what the form says. */
function where() {
  if (!tray.dataset.with) return { folder: tray.dataset.folder };
  return Object.fromEntries(tray.dataset.with.split(" ").map((name) => [name, form.elements[name].value]));
}

function send(file) {
  const shown = line(file);
  const upload = new tus.Upload(file, {
    endpoint: tray.dataset.endpoint,
    chunkSize: PIECE,
    retryDelays: DELAYS,
    removeFingerprintOnSuccess: true,
    metadata: { filename: file.name, filetype: file.type, ...where() },
    // Taken up again for the same place alone.
    fingerprint: async () =>
      ["cartable", tray.dataset.endpoint, Object.values(where()).find(Boolean), file.name, file.size, file.lastModified].join("|"),
    headers: { "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value },
    onProgress(sent, total) {
      shown.part("bar").value = percent(sent, total);
      shown.show("sending", say("saySending", { percent: percent(sent, total) }));
    },
    onSuccess() {
      shown.part("bar").value = 100;
      shown.show("done", say("sayDone"));
      if (tray.dataset.with) {
        remove();
        tray.dispatchEvent(new CustomEvent("uploaded", { bubbles: true }));
      }
      leave();
      finish();
      refresh();
    },
    onError(error) {
      const status = error.originalResponse?.getStatus();
      if (status >= 400 && status < 500) {
        shown.show("refused", refusal(error));
      } else {
        cut.add(item);
        shown.show("cut", say("sayCut"));
      }
      leave();
    },
  });
  const item = { start, upload, shown };

  function remove() {
    shown.element.remove();
    tray.hidden = !tray.querySelector("li");
  }
  function leave() {
    running.delete(item);
    next();
  }
  async function start() {
    running.add(item);
    shown.show("sending", say("saySending", { percent: shown.part("bar").value }));
    if (!upload.url) {
      const [previous] = await upload.findPreviousUploads();
      if (previous) upload.resumeFromPreviousUpload(previous);
    }
    upload.start();
  }
  shown.part("pause").addEventListener("click", () => {
    if (running.has(item)) {
      upload.abort();
      shown.show("paused", say("sayPaused"));
      leave();
    } else {
      cut.delete(item);
      queue(item);
    }
  });
  shown.part("cancel").addEventListener("click", () => {
    const place = waiting.indexOf(item);
    if (place >= 0) waiting.splice(place, 1);
    cut.delete(item);
    if (shown.element.dataset.state !== "done") upload.abort(true).catch(() => upload.abort());
    const following = shown.element.nextElementSibling ?? shown.element.previousElementSibling;
    remove();
    following?.querySelector("[data-upload-cancel]").focus();
    leave();
  });
  shown.show("waiting", say("sayWaiting"));
  queue(item);
}

function queue(item) {
  waiting.push(item);
  next();
}

function next() {
  while (running.size < AT_ONCE && waiting.length) waiting.shift().start();
}

/* On a page of its own, all arrived: there is nothing to cancel any more. */
function finish() {
  const away = form.querySelector("[data-upload-leave]");
  if (away && !running.size && !waiting.length) away.textContent = say("sayLeave");
}

/* The list, the quota and the bar again, once for files that arrive together. */
function refresh() {
  if (tray.dataset.with) return;
  clearTimeout(refreshing);
  refreshing = setTimeout(() => {
    const place = document.querySelector("[data-documents]");
    if (place && !place.querySelector(".ct-file__pick input:checked")) {
      htmx.ajax("GET", location.href, { target: place, swap: "innerHTML" });
    }
  }, 300);
}

function take(files) {
  for (const file of files) send(file);
}

/* What another application of the phone gave (ui/worker.js), once, and only just now: whoever shares a device and
   did not sign in leaves nothing to the next. The name kept begins with the instant. */
async function received() {
  const kept = await caches.open("recu");
  const files = [];
  for (const request of await kept.keys()) {
    if (Date.now() - Number.parseInt(request.url.split("/").at(-1), 10) > FRESH) continue;
    const answer = await kept.match(request);
    const name = decodeURIComponent(answer.headers.get("X-Name"));
    files.push(new File([await answer.blob()], name, { type: answer.headers.get("Content-Type") }));
  }
  await caches.delete("recu");
  return files;
}

if (tray && form && window.tus?.isSupported) {
  for (const input of form.querySelectorAll("input[type=file][name]")) {
    input.addEventListener("change", () => {
      take(input.files);
      input.value = "";
      form.closest("dialog")?.close();
    });
  }
  for (const button of form.querySelectorAll("[data-upload-send]")) button.hidden = true;
  if (new URLSearchParams(location.search).has("recu") && window.caches) {
    history.replaceState(history.state, "", location.pathname);
    received().then(take);
  }
  window.addEventListener("online", () => {
    for (const item of cut) queue(item);
    cut.clear();
  });
  window.addEventListener("beforeunload", (event) => {
    if (running.size || waiting.length) event.preventDefault();
  });

  const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");
  let depth = 0;
  const over = (on) => document.querySelector("[data-documents]")?.toggleAttribute("data-over", on);
  document.addEventListener("dragenter", (event) => {
    if (holdsFiles(event) && ++depth) over(true);
  });
  document.addEventListener("dragleave", (event) => {
    if (holdsFiles(event) && --depth === 0) over(false);
  });
  document.addEventListener("dragover", (event) => {
    if (holdsFiles(event)) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    depth = 0;
    over(false);
    if (event.defaultPrevented) return; // a picture dropped in a text
    event.preventDefault();
    form.closest("dialog")?.close();
    take(event.dataTransfer.files);
  });
}
