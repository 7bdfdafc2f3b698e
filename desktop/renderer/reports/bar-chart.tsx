import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../text/format-context.tsx";
import { axisWidth, plotHeight, plotOf } from "./bars.ts";
import type { Block } from "./report-blocks.ts";
import styles from "./bar-chart.module.css";

const belowPlot = 28;
const abovePlot = 14;

/** Bars told apart by pattern, not by colour alone; the same numbers stand in the table view. */
export function BarChart({ block }: { readonly block: Block }) {
  const { t } = useTranslation();
  const format = useFormat();
  const id = useId();
  const { width, series, groups, ticks } = plotOf(block);
  const fill = (index: number) => `url(#${id}-${index})`;
  return (
    <figure className={styles.figure}>
      {/* What scrolls and holds nothing that takes the focus must take it itself. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={styles.scroller} tabIndex={0} role="group" aria-label={block.title}>
        <svg width={width} height={abovePlot + plotHeight + belowPlot} role="img" aria-label={block.title} className={styles.chart}>
          <defs>
            {series.map((one, index) => (
              <Pattern key={one.id} id={`${id}-${index}`} index={index} />
            ))}
          </defs>
          <g transform={`translate(0 ${abovePlot})`}>
            {ticks.map(({ value, y }) => (
              <g key={value}>
                <line x1={axisWidth} x2={width} y1={y} y2={y} className={styles.grid} />
                <text x={axisWidth - 8} y={y + 4} textAnchor="end" className={styles.tick}>
                  {format.number(value)}
                </text>
              </g>
            ))}
            {groups.map((group) => (
              <g key={group.id}>
                {group.bars.map((bar) => (
                  <rect
                    key={bar.series}
                    x={bar.x}
                    y={bar.y}
                    width={bar.width}
                    height={bar.height}
                    fill={fill(bar.series)}
                    className={styles.bar}
                  >
                    <title>{t("reports.chart.bar", { series: series[bar.series]?.label, name: group.name, count: bar.value })}</title>
                  </rect>
                ))}
                <foreignObject x={group.middle - group.width / 2} y={plotHeight + 6} width={group.width} height={20}>
                  <div className={styles.name} title={group.name}>
                    {group.name}
                  </div>
                </foreignObject>
              </g>
            ))}
          </g>
        </svg>
      </div>
      <figcaption className={styles.legend}>
        {series.map((one, index) => (
          <span key={one.id} className={styles.entry}>
            <svg width="14" height="14" aria-hidden="true">
              <rect x="0.5" y="0.5" width="13" height="13" fill={fill(index)} className={styles.bar} />
            </svg>
            {one.label}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

/** Full, striped, dotted, crossed, empty: five that are told apart also in forced colours and on paper. */
function Pattern({ id, index }: { readonly id: string; readonly index: number }) {
  return (
    <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse">
      <rect width="6" height="6" className={index === 0 ? styles.ink : styles.paper} />
      {index === 1 && <path d="M-1 1 1 -1M0 6 6 0M5 7 7 5" className={styles.stroke} />}
      {index === 2 && <circle cx="3" cy="3" r="1.4" className={styles.ink} />}
      {index === 3 && <path d="M0 0 6 6M0 6 6 0" className={styles.stroke} />}
    </pattern>
  );
}
