// The library of charts is large, so this script is loaded when the first chart is shown.
import "@mantine/charts/styles.css";
import { BarChart, DonutChart } from "@mantine/charts";

interface BarsProps {
  data: Record<string, string | number>[];
  /** The names of the numbers in `data`; they are stacked. */
  series: { name: string; color: string }[];
}

/** Horizontal bars that share the height evenly. */
export function Bars({ data, series }: BarsProps) {
  return (
    <BarChart
      h="100%"
      orientation="vertical"
      type="stacked"
      data={data}
      dataKey="name"
      series={series}
      withXAxis={false}
      withYAxis={false}
      withTooltip={false}
      gridAxis="none"
      accessibilityLayer={false}
      xAxisProps={{ domain: [0, "dataMax"] }}
      barProps={{ barSize: 14 }}
      barChartProps={{ margin: { top: 0, right: 0, bottom: 0, left: 0 } }}
    />
  );
}

interface DonutProps {
  data: { name: string; value: number; color: string }[];
  label: string;
  size: number;
}

export function Donut({ data, label, size }: DonutProps) {
  return (
    <DonutChart
      data={data}
      chartLabel={label}
      size={size}
      thickness={22}
      strokeWidth={2}
      // Clockwise from the top.
      startAngle={90}
      endAngle={-270}
      pieProps={{ rootTabIndex: -1 }}
      withTooltip={false}
      accessibilityLayer={false}
    />
  );
}
