import { feature } from "../core/feature.ts";
import { adminPages } from "./admin/pages.ts";
import { docsPages } from "./docs/docs.ts";
import { missingPage, peoplePages } from "./people/pages.ts";
import { widgetPages } from "./widget.ts";

export const pages = feature({
  name: "pages",
  pages: [...peoplePages(), ...adminPages(), ...docsPages(), ...widgetPages()],
  nothingHere: missingPage,
});
