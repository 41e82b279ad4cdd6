// Comfort on the pages of importing; all of them work without it.

// The name of who acts is kept for this tab, so that it need not be typed for every decision.
for (const field of document.querySelectorAll("input[data-remembers]")) {
  const key = `qianche.${field.dataset.remembers}`;
  if (!field.value) field.value = sessionStorage.getItem(key) ?? "";
  field.form.addEventListener("submit", () => {
    if (field.value.trim()) sessionStorage.setItem(key, field.value.trim());
  });
}

// A submitted form is not sent twice by a second click.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "true";
  });
}
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

for (const form of document.querySelectorAll("form[data-drop]")) enableDropping(form);

function enableDropping(form) {
  const zone = form.querySelector(".drop");
  const [files, folder] = form.querySelectorAll("input[type=file]");
  const said = form.querySelector(".chosen");
  form.querySelector(".can-drop").hidden = false;
  form.querySelector(".folder").hidden = !("webkitdirectory" in folder);

  const tell = () => {
    const chosen = [...files.files, ...folder.files];
    const bytes = chosen.reduce((sum, file) => sum + file.size, 0);
    const names = chosen.slice(0, 5).map((file) => file.name).join("、");
    const size = bytes < 1048576 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
    const tooMuch = bytes > Number(form.dataset.mostBytes);
    said.textContent = chosen.length === 0 ? "" :
      `已选 ${chosen.length} 个文件，共 ${size}：${names}${chosen.length > 5 ? " 等" : ""}` +
      (tooMuch ? "。超过一次上传的上限，请分几次导入。" : "");
  };
  files.addEventListener("change", tell);
  folder.addEventListener("change", tell);

  let depth = 0;
  const over = (step) => { depth += step; zone.classList.toggle("over", depth > 0); };
  zone.addEventListener("dragenter", (event) => { event.preventDefault(); over(1); });
  zone.addEventListener("dragleave", () => over(-1));
  zone.addEventListener("dragover", (event) => event.preventDefault());
  zone.addEventListener("drop", async (event) => {
    event.preventDefault();
    depth = 0;
    over(0);
    const dropped = new DataTransfer();
    for (const file of files.files) dropped.items.add(file);
    for (const file of await filesIn(event.dataTransfer)) dropped.items.add(file);
    files.files = dropped.files;
    tell();
  });
}

// What was dropped, folders opened; the entries must be taken before the first wait, they are gone after it.
async function filesIn(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (entries.length === 0) return [...transfer.files];
  const found = [];
  const open = async (entry) => {
    if (entry.isFile) {
      found.push(await new Promise((resolve, reject) => entry.file(resolve, reject)));
      return;
    }
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (some.length === 0) return;
      for (const inner of some) await open(inner);
    }
  };
  for (const entry of entries) await open(entry);
  return found;
}

// A job under way: asks how far it is, and takes the page anew when another file is done.
const POLL = 1500;
let job = document.querySelector("#job[data-running]");
if (job) setTimeout(look, POLL);

async function look() {
  try {
    const answer = await fetch(job.dataset.running, { headers: { accept: "application/json" } });
    if (answer.ok) {
      const { finished, state } = await answer.json();
      const ended = state === "done" || state === "cancelled";
      // A keyboard user's place in the list is not taken away while the job runs.
      const reading = job.querySelector(".entries")?.contains(document.activeElement);
      if (ended || (String(finished) !== job.dataset.finished && !reading)) await renew();
    }
  } catch {
    // The service restarts or the machine slept: ask again.
  }
  if (job?.dataset.running) setTimeout(look, POLL);
}

async function renew() {
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("#job");
  if (!answer.ok || !fresh) return;
  document.title = page.title;
  job.replaceWith(fresh);
  job = fresh;
  // Read out by screen readers, which do not notice what was replaced.
  const news = [fresh.querySelector("h1"), fresh.querySelector(".progress-text")];
  document.querySelector("#job-news").textContent = news.map((line) => line.textContent).join("：");
}
