/** DEVELOPMENT ONLY: `npm run dev -w widget` builds the widget and shows it on the sample shop, with an operator who echoes. */
import { configOf, Office } from "./office.ts";
import { createDevServer } from "./server.ts";

const office = new Office(
  configOf({
    key: "shop",
    name: "Baan Mai Ceramics",
    texts: { firstLine: "Hello! Questions about glazes or delivery?", greeting: "Hello! Questions about glazes or delivery? Ask us." },
  }),
);
const server = await createDevServer([office], { chat: 4020, shop: 4021 });
process.stdout.write(`The sample shop stands at ${server.shop}/?tenant=shop\n`);
