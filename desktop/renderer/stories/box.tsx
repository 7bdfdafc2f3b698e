import type { ReactNode } from "react";

export function Box({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="story-box">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

export function Line({ children }: { readonly children: ReactNode }) {
  return <div className="story-line">{children}</div>;
}

export function Grid({ children }: { readonly children: ReactNode }) {
  return <div className="story-grid">{children}</div>;
}
