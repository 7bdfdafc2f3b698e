/** Puts the tenant's look on the page: its colour, what is written on it, light or dark, language and direction. */
import type { VisitConfig } from "@switchboard/shared/api/visit-shapes.ts";
import { contrast, shadeAgainst, textOn } from "@switchboard/shared/model/colours.ts";
import { nameOf } from "./state.ts";
import { directionOf, type Words } from "./words.ts";

/** The panel's ground in `style.css`. */
const ground = { light: "#ffffff", dark: "#1a1d23" };
const green = "#7be0a8";

export function wear(config: VisitConfig, words: Words): void {
  const { documentElement: root } = document;
  const { colour, theme } = config.look;
  const dark = theme === "dark" || (theme === "device" && matchMedia("(prefers-color-scheme: dark)").matches);
  const shade = dark ? "dark" : "light";
  root.dataset["theme"] = shade;
  root.style.setProperty("--brand", colour);
  root.style.setProperty("--on", textOn(colour));
  root.style.setProperty("--link", shadeAgainst(ground[shade], colour));
  root.style.setProperty("--dot", contrast(green, colour) >= 3 ? green : "currentColor");
  root.lang = words.language;
  root.dir = directionOf(words.language);
  document.title = words("frame.chat_with", { name: nameOf(config) });
}
