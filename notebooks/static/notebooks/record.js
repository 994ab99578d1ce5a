/* [data-record]: a sound taken by the microphone, heard, then sent as any file chosen in its form. What may go wrong
   is said in the page's words (data-say-…); without a microphone, or this script, the file field stays. Also opens
   the forms that wait folded: [data-record-open], [data-link-open]. */
const TYPES = [
  ["audio/mp4;codecs=mp4a.40.2", "m4a"],
  ["audio/webm;codecs=opus", "weba"],
  ["audio/ogg;codecs=opus", "ogg"],
  ["audio/webm", "weba"],
];
const LONGEST = 10 * 60; // seconds
const box = document.querySelector("[data-record]");
const part = (name) => box.querySelector(`[data-record-${name}]`);
const say = (name) => { part("say").textContent = name ? box.dataset[name] : ""; };
let recorder;
let stream;
let taken;
let clock;
let seconds = 0;

function opens(button, place, focused) {
  if (!button || !place) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const open = place.toggleAttribute("data-open");
    button.setAttribute("aria-expanded", String(open));
    if (open) place.querySelector(focused)?.focus();
  });
}

function state(name) {
  box.dataset.state = name;
  part("start").hidden = name !== "ready";
  part("stop").hidden = name !== "recording";
  part("time").hidden = name === "ready";
  part("review").hidden = name !== "review";
}

function tick() {
  part("time").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  if (seconds >= LONGEST) {
    stop();
    say("sayEnd");
  }
  seconds += 1;
}

function refusal(error) {
  if (error.name === "NotAllowedError" || error.name === "SecurityError") return "sayDenied";
  return error.name === "NotFoundError" ? "sayMissing" : "sayFailed";
}

async function start() {
  say();
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const [type, ending] = TYPES.find(([each]) => MediaRecorder.isTypeSupported(each)) ?? ["", "weba"];
    recorder = new MediaRecorder(stream, type ? { mimeType: type } : {});
    const pieces = [];
    recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
    recorder.addEventListener("stop", () => review(new Blob(pieces, { type: recorder.mimeType }), ending));
    recorder.start(1000);
  } catch (error) {
    release();
    say(refusal(error));
    return;
  }
  seconds = 0;
  state("recording");
  tick();
  clock = setInterval(tick, 1000);
  say("sayRecording");
  part("stop").focus();
}

function stop() {
  clearInterval(clock);
  if (recorder?.state === "recording") recorder.stop();
}

function release() {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

function review(sound, ending) {
  release();
  if (!sound.size || seconds < 2) {
    state("ready");
    say("sayShort");
    return;
  }
  const now = new Date();
  const at = `${now.getHours()} h ${String(now.getMinutes()).padStart(2, "0")}`;
  const name = `Son du ${now.toLocaleDateString("fr-FR", { day: "numeric", month: "long" })} ${at}.${ending}`;
  taken = new File([sound], name, { type: sound.type });
  part("play").src = URL.createObjectURL(taken);
  state("review");
  say("sayReady");
  part("keep").focus();
}

/* The form sends it as it does what is chosen there: by pieces, taken up again where the connection is cut. */
function keep() {
  const held = new DataTransfer();
  held.items.add(taken);
  const field = part("file");
  field.files = held.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  forget();
  say("sayKept");
}

function forget() {
  URL.revokeObjectURL(part("play").src);
  part("play").removeAttribute("src");
  taken = undefined;
  state("ready");
  part("start").focus();
}

/* What arrives while a block is being written is shown once its form is closed: nothing typed is swept away. */
document.addEventListener("uploaded", (event) => {
  if (document.querySelector(".ct-block--open")) event.stopPropagation();
}, true);

if (box) {
  opens(document.querySelector("[data-record-open]"), box, "[data-record-start]");
  opens(document.querySelector("[data-link-open]"), document.querySelector("[data-link]"), "input[name=adresse]");
  if (navigator.mediaDevices?.getUserMedia && window.MediaRecorder) {
    part("live").hidden = false;
    part("start").addEventListener("click", start);
    part("stop").addEventListener("click", stop);
    part("keep").addEventListener("click", keep);
    part("again").addEventListener("click", () => {
      forget();
      start();
    });
    state("ready");
    window.addEventListener("beforeunload", (event) => {
      if (recorder?.state === "recording" || taken) event.preventDefault();
    });
  }
}
