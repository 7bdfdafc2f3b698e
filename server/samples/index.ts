import { samplesApi } from "../../shared/api/samples.ts";
import { samplesRemoved } from "../../shared/events/samples.ts";
import { writer } from "../core/actor.ts";
import { feature } from "../core/feature.ts";
import { action } from "../core/http/endpoint.ts";
import { addSamples } from "./add-samples.ts";
import { askToRemoveSamples, removeSamples } from "./remove-samples.ts";

export const samples = feature({
  name: "samples",
  endpoints: [action(samplesApi.remove, (unit) => askToRemoveSamples(writer(unit)))],
  events: [samplesRemoved],
  reactions: [addSamples, removeSamples],
});
