/** The widget's own icons: 16 px grid, 1.4 stroke, round ends. */
const paths = {
  alert: "M8 2.4a5.6 5.6 0 1 0 0 11.2A5.6 5.6 0 0 0 8 2.4zM8 5v3.6M8 10.8v.1",
  bell: "M4.2 11.2V7.4a3.8 3.8 0 0 1 7.6 0v3.8l1 1.2H3.2zM6.8 14h2.4",
  bellOff: "M4.2 11.2V7.4a3.8 3.8 0 0 1 7.6 0v3.8l1 1.2H3.2zM6.8 14h2.4M2.4 2.4l11.2 11.2",
  check: "m3.2 8.4 3.1 3.1 6.5-7",
  checks: "m1.6 8.6 2.7 2.7 5.5-6.2M7.8 11l.5.3 5.7-6.2",
  clock: "M8 2.4a5.6 5.6 0 1 0 0 11.2A5.6 5.6 0 0 0 8 2.4zM8 4.9V8l2.1 1.4",
  cloudOff: "M6.5 4.3a3.9 3.9 0 0 1 5.3 2.9 2.6 2.6 0 0 1 1.3 4.4M10.6 12.3h-6a2.9 2.9 0 0 1-.3-5.8 4 4 0 0 1 .4-1M2.6 2.6l10.8 10.8",
  down: "M4.2 6.2 8 10l3.8-3.8",
  mail: "M3.7 3.7h8.6c.8 0 1.4.6 1.4 1.4v5.8c0 .8-.6 1.4-1.4 1.4H3.7c-.8 0-1.4-.6-1.4-1.4V5.1c0-.8.6-1.4 1.4-1.4zM2.7 4.6l5.3 4.2 5.3-4.2",
  up: "M8 13V3.4M4 7.3l4-4 4 4",
  x: "m4 4 8 8M12 4l-8 8",
} as const;

export function Icon({ name }: { name: keyof typeof paths }) {
  return (
    <svg class="i" viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}

/** Switchboard's own mark. Its colours are its own. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 22 22" aria-hidden="true">
      <rect width="22" height="22" rx="6" fill="#3355d1" />
      <g fill="none" stroke="#fff" stroke-width="1.7" stroke-linecap="round">
        <path d="M6.6 6.8c0 4.6 8.8 3.8 8.8 8.4" />
        <circle cx="6.6" cy="6.6" r="1.6" fill="#fff" />
        <circle cx="15.4" cy="15.4" r="2.3" />
      </g>
      <g fill="#fff" fill-opacity=".6">
        <circle cx="15.4" cy="6.6" r="1.3" />
        <circle cx="6.6" cy="15.4" r="1.3" />
      </g>
    </svg>
  );
}
