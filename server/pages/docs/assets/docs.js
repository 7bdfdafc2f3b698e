// The search of the documentation: all pages are few enough to look through in the browser. Loaded at the first key press.
const field = document.querySelector("#search");
const results = document.querySelector("#results");
let pages;

const normal = (text) => text.normalize("NFKC").toLocaleLowerCase();

function find(query) {
  const words = normal(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return pages
    .map((page) => {
      const title = normal(page.title);
      const text = normal(page.text);
      if (!words.every((word) => title.includes(word) || text.includes(word))) return undefined;
      const heading = page.headings.find(({ text: name }) => words.every((word) => normal(name).includes(word)));
      const at = Math.max(0, text.indexOf(words[0]) - 40);
      const score = words.filter((word) => title.includes(word)).length * 2 + (heading ? 1 : 0);
      return { page, heading, score, excerpt: page.text.slice(at, at + 140) };
    })
    .filter(Boolean)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, 12);
}

function show(found) {
  results.replaceChildren(
    ...found.map(({ page, heading, excerpt }) => {
      const link = document.createElement("a");
      link.href = `/docs/${page.path}${heading ? `#${heading.id}` : ""}`;
      link.append(heading ? `${page.title} › ${heading.text}` : page.title);
      const small = document.createElement("small");
      small.append(`… ${excerpt} …`);
      link.append(small);
      return link;
    }),
  );
  if (found.length === 0) {
    const nothing = document.createElement("p");
    nothing.append(`Nothing here has the words "${field.value}".`);
    results.append(nothing);
  }
  results.hidden = field.value.trim() === "";
}

field.addEventListener("input", async () => {
  pages ??= await (await fetch("/docs/search.json")).json();
  show(find(field.value));
});
field.form.addEventListener("submit", (event) => {
  event.preventDefault();
  results.querySelector("a")?.click();
});
field.form.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    results.hidden = true;
    field.focus();
    return;
  }
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const stops = [field, ...results.querySelectorAll("a")];
  const next = stops[stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1)];
  next?.focus();
  event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && document.activeElement === document.body) {
    event.preventDefault();
    field.focus();
  }
});
