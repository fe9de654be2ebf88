// The results as a chart for the README: docs/benchmark.svg.
import { init, use } from "echarts/core";
import { BarChart, CustomChart } from "echarts/charts";
import { GridComponent, TitleComponent } from "echarts/components";
import { SVGRenderer } from "echarts/renderers";
import { contenders, OURS } from "./site.mjs";
import { summary } from "./statistics.mjs";
import { inUnit, ratio } from "./table.mjs";

/** @import { Contender } from "./site.mjs" */
/** @import { Row } from "./measure.mjs" */

use([BarChart, CustomChart, GridComponent, TitleComponent, SVGRenderer]);

/** The names of the rows in the chart, with their headings. */
const PANELS = [
  ["decode 50 tenants", "Decode 50 tenants"],
  ["decode 1,000 tenants", "Decode 1,000 tenants"],
  ["decode 10,000 tenants", "Decode 10,000 tenants"],
  ["call list, 50 tenants", "list of 50, over loopback"],
  ["call get", "get of one tenant, again"],
  ["1,000 gets at once", "1,000 gets at once"],
  ["first call", "First call of a page"],
  ["first call, CPU 4 times slower", "First call, CPU slowed 4×"],
  ["longest block, decode 1,000 tenants", "Longest block, decode 1,000"],
  ["walk through 100,000, a page of 50", "List of 100,000, per page of 50"],
  ["peak memory, all of it", "Peak memory of that list"],
  ["size, brotli", "Size of the code, brotli"],
];

/** @type {Partial<Record<Contender, string>>} */
const LABELS = {
  fetch: "bare fetch",
  "ky-zod": "ky + zod",
  "axios-zod": "axios + zod",
  "ky-zod-jitless": "ky + zod, no eval",
  "axios-zod-jitless": "axios + zod, no eval",
};

const COLUMNS = 3;
const WIDTH = 1000;
const LEFT = 140;
const TOP = 62;
const PANEL = { width: 200, height: 150, gapX: 88, gapY: 40 };
const FONT = "system-ui, sans-serif";
const INK = "#1f2328";
const FAINT = "#656d76";
const COLOURS = { ours: "#1769e0", checks: "#8c959f", checksNothing: "#d0d7de" };

/** @param {Contender} contender */
function colour(contender) {
  if (contender === OURS) return COLOURS.ours;
  return contender === "fetch" || contender === "openapi-fetch" ? COLOURS.checksNothing : COLOURS.checks;
}

/** The bar of a contender: its ratio, if it has one. @param {Row} row @param {Contender} contender */
function bar(row, contender) {
  const own = summary(row.samples.get(contender) ?? []);
  const unit = { median: 1, q1: 1, q3: 1 };
  const times = ratio(row, contender);
  if (!times || contender === "fetch") return { ...(times ? unit : own), label: inUnit(row, own.median) };
  return { ...times, label: `${times.median.toFixed(times.median < 10 ? 2 : 0)}×` };
}

/**
 * A line from the first to the third quartile, and the label to its right.
 * @param {Row} row @returns {import("echarts").CustomSeriesRenderItem}
 */
const whisker = (row) => (_, api) => {
  const index = Number(api.value(0));
  const contender = contenders[index] ?? "fetch";
  const { median, q1, q3, label } = bar(row, contender);
  const [x1 = 0, y = 0] = api.coord([q1, index]);
  const [x2 = 0] = api.coord([q3, index]);
  const [end = 0] = api.coord([Math.max(median, q3), index]);
  const font = `${contender === OURS ? "bold " : ""}11px ${FONT}`;
  return {
    type: "group",
    children: [
      { type: "line", shape: { x1, y1: y, x2, y2: y }, style: { stroke: INK, lineWidth: q3 > q1 ? 1.5 : 0 } },
      { type: "text", x: end + 7, y, style: { text: label, fill: INK, font, textVerticalAlign: "middle" } },
    ],
  };
};

/** @param {Row[]} rows @param {string} subtitle */
export function chart(rows, subtitle) {
  const panels = PANELS.flatMap(([name, title]) =>
    rows.filter((row) => row.name === name).map((row) => ({ row, title })),
  );
  const positions = panels.map((_, i) => ({
    left: LEFT + (i % COLUMNS) * (PANEL.width + PANEL.gapX),
    top: TOP + 24 + Math.floor(i / COLUMNS) * (PANEL.height + PANEL.gapY),
  }));
  const height = TOP + Math.ceil(panels.length / COLUMNS) * (PANEL.height + PANEL.gapY) + 8;
  const drawing = init(null, null, { renderer: "svg", ssr: true, width: WIDTH, height });
  const text = { fontFamily: FONT, color: INK };
  drawing.setOption({
    animation: false,
    backgroundColor: "#ffffff",
    textStyle: text,
    title: [
      {
        text: "omicall-partner compared with the alternatives",
        subtext: subtitle,
        left: 16,
        top: 10,
        itemGap: 4,
        textStyle: { ...text, fontSize: 16 },
        subtextStyle: { ...text, color: FAINT, fontSize: 12 },
      },
      ...panels.map(({ title = "" }, i) => ({
        text: title,
        left: positions[i]?.left ?? 0,
        top: (positions[i]?.top ?? 0) - 22,
        padding: 0,
        textStyle: { ...text, fontSize: 13 },
      })),
    ],
    grid: positions.map((position) => ({ ...position, width: PANEL.width, height: PANEL.height - 20 })),
    xAxis: panels.map((_, i) => ({ gridIndex: i, type: "value", min: 0, show: false })),
    yAxis: panels.map((_, i) => ({
      gridIndex: i,
      type: "category",
      inverse: true,
      data: contenders.map((contender) => LABELS[contender] ?? contender),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { show: i % COLUMNS === 0, color: INK, fontSize: 12, margin: 10 },
    })),
    series: panels.flatMap(({ row }, i) => [
      {
        type: "bar",
        xAxisIndex: i,
        yAxisIndex: i,
        barWidth: 12,
        data: contenders.map((contender) => ({
          value: bar(row, contender).median,
          itemStyle: { color: colour(contender) },
        })),
      },
      {
        type: "custom",
        xAxisIndex: i,
        yAxisIndex: i,
        renderItem: whisker(row),
        z: 3,
        data: contenders.map((contender, index) => [index, bar(row, contender).q3]),
        encode: { x: 1, y: 0 },
      },
    ]),
  });
  const svg = drawing.renderToSVGString();
  drawing.dispose();
  return svg;
}
