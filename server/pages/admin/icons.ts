/** Line drawings on a grid of sixteen. They repeat what a word beside them says, so they are hidden from readers. */
import { html, type Html } from "../people/html.ts";

const drawings = {
  overview: html`<path d="M2.7 11.9a6 6 0 1 1 10.6 0" />
    <path d="m8 9 2.6-3.2" />
    <circle cx="8" cy="9.2" r="1" fill="currentColor" stroke="none" />`,
  tenants: html`<path
    d="M3.3 13.4V3.6a1 1 0 0 1 1-1h4.4a1 1 0 0 1 1 1v9.8M9.7 6.6h2a1 1 0 0 1 1 1v5.8M2 13.4h12M5.4 5.4h2.2M5.4 8h2.2M5.4 10.6h2.2"
  />`,
  accounts: html`<circle cx="6" cy="5.6" r="2.3" />
    <path d="M1.7 12.9c.4-2.3 2.1-3.5 4.3-3.5s3.9 1.2 4.3 3.5M10.4 3.5a2.3 2.3 0 0 1 0 4.2M12 9.8c1.3.5 2.1 1.6 2.3 3.1" />`,
  requests: html`<rect x="2.3" y="3.7" width="11.4" height="8.6" rx="1.4" /><path d="m2.7 4.6 5.3 4.2 5.3-4.2" />`,
  health: html`<rect x="2.4" y="2.8" width="11.2" height="4.2" rx="1.2" />
    <rect x="2.4" y="9" width="11.2" height="4.2" rx="1.2" />
    <circle cx="5" cy="4.9" r="0.8" fill="currentColor" stroke="none" /><circle
      cx="5"
      cy="11.1"
      r="0.8"
      fill="currentColor"
      stroke="none"
    />`,
  audit: html`<path d="M5.6 4.2h8M5.6 8h8M5.6 11.8h8" /> <circle cx="2.9" cy="4.2" r="0.85" fill="currentColor" stroke="none" /><circle
      cx="2.9"
      cy="8"
      r="0.85"
      fill="currentColor"
      stroke="none"
    />
    <circle cx="2.9" cy="11.8" r="0.85" fill="currentColor" stroke="none" />`,
  settings: html`<path d="M2.4 4.8h5.4M11.2 4.8h2.4M2.4 11.2h2.4M8.2 11.2h5.4" />
    <circle cx="9.5" cy="4.8" r="1.7" />
    <circle cx="6.5" cy="11.2" r="1.7" />`,
  search: html`<circle cx="7" cy="7" r="4.3" /><path d="m10.2 10.2 3.3 3.3" />`,
  plus: html`<path d="M8 3.2v9.6M3.2 8h9.6" />`,
  close: html`<path d="m4 4 8 8M12 4l-8 8" />`,
} as const;

export function icon(name: keyof typeof drawings): Html {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">${drawings[name]}</svg>`;
}
