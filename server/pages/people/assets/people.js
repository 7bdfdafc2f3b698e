// Sends the forms of the people's pages to the JSON API and shows the answer where it belongs. No text of its own: the page brings it.
const word = (name) => document.querySelector(`#words`)?.content.querySelector(`[data-word="${name}"]`)?.textContent ?? "";
const secret = location.hash.slice(1);
// The secret must not stay in the address bar, in the history or in a screenshot.
if (secret) history.replaceState(null, "", location.pathname);

// The same page opened with another link is a new visit.
addEventListener("hashchange", () => location.reload());

for (const input of document.querySelectorAll("[data-zone]")) input.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
for (const place of document.querySelectorAll("[data-from]")) place.textContent = sessionStorage.getItem(place.dataset.from) ?? "";

async function call(target, body) {
  const [method, path] = target.split(" ");
  const answer = await fetch(path, {
    method,
    headers: { "content-type": "application/json", "accept-language": document.documentElement.lang },
    body: JSON.stringify(body),
    credentials: "omit",
  });
  const text = await answer.text();
  return { ok: answer.ok, value: text ? JSON.parse(text) : undefined };
}

function showErrors(form, problem) {
  for (const slot of form.querySelectorAll("[data-error]")) slot.hidden = true;
  const general = form.querySelector('[data-error=""]');
  const rest = [];
  for (const error of problem.errors ?? []) {
    const name = error.at.split(".")[1];
    const slot = form.querySelector(`[data-error="${name}"]`);
    const input = form.elements.namedItem(name);
    if (!slot || !input) rest.push(error.message);
    else {
      slot.textContent = error.message;
      slot.hidden = false;
      input.setAttribute("aria-invalid", "true");
    }
  }
  const first = form.querySelector("[aria-invalid]");
  if (first) first.focus();
  if (!first || rest.length > 0) {
    general.textContent = [problem.title, ...rest].join(" ");
    general.hidden = false;
  }
}

async function submit(form) {
  const button = form.querySelector("button");
  const label = button.textContent;
  for (const input of form.elements) input.removeAttribute?.("aria-invalid");
  const body = Object.fromEntries([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  if ("secret" in form.dataset) body.secret = secret;
  if (form.dataset.fromSession) body[form.dataset.fromSession] = sessionStorage.getItem(form.dataset.fromSession) ?? "";
  if (body.secret === "") return showErrors(form, { title: word("noSecret") });
  button.disabled = true;
  button.textContent = word("working");
  try {
    const { ok, value } = await call(form.dataset.call, body);
    if (!ok) return showErrors(form, value);
    if (body.email) sessionStorage.setItem("email", body.email);
    if (form.dataset.done) return location.assign(form.dataset.done);
    for (const slot of form.querySelectorAll("[data-error]")) slot.hidden = true;
    const done = form.querySelector(".done");
    done.textContent = form.dataset.message;
    done.hidden = false;
    for (const part of form.querySelectorAll("[data-hide-when-done]")) part.hidden = true;
    for (const input of form.querySelectorAll("label, input, select, small"))
      if (form.querySelector("[data-hide-when-done]")) input.hidden = true;
    for (const after of document.querySelectorAll(".after")) after.hidden = false;
  } catch {
    showErrors(form, { title: word("offline") });
  } finally {
    button.disabled = false;
    button.textContent = label;
  }
}

for (const form of document.querySelectorAll("form")) {
  form.noValidate = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void submit(form);
  });
  if ("auto" in form.dataset && secret) void submit(form);
}

for (const place of document.querySelectorAll("[data-preview]")) {
  if (!secret) continue;
  call(place.dataset.preview, { secret })
    .then(({ ok, value }) => {
      place.textContent = ok ? place.dataset.text.replace(/\{(\w+)\}/g, (whole, name) => value[name] ?? "Switchboard") : value.title;
    })
    .catch(() => {
      place.textContent = word("offline");
    });
}
