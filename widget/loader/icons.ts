/** Made as elements instead of as markup: strict pages refuse markup from strings. */
const paths = {
  chat: "M4 3h8q1.6 0 1.6 1.6v4.8q0 1.6-1.6 1.6H7.4L4.4 13.4V11q-2 0-2-1.6V4.6Q2.4 3 4 3z",
  question: "M8 2.4a5.6 5.6 0 1 0 .1 0M6.2 6.4a1.8 1.8 0 1 1 2.6 1.7Q8 8.4 8 9.2M8 11.2v.1",
  hand: "M4.6 9V4.6M6.8 8V3.2M9 8V3.2M11.2 9V4.6M4.6 9 3 8q-1 1 1 3 1 2.4 4 2.4T11.2 9",
  down: "M4.2 6.2 8 10l3.8-3.8",
  cross: "m4 4 8 8M12 4l-8 8",
};

export function icon(name: keyof typeof paths): Element {
  const [svg, path] = ["svg", "path"].map((tag) => document.createElementNS("http://www.w3.org/2000/svg", tag)) as unknown as [
    Element,
    Element,
  ]; // two tags, two elements
  svg.setAttribute("viewBox", "0 0 16 16");
  path.setAttribute("d", paths[name]);
  svg.append(path);
  return svg;
}
