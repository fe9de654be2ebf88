import { Box, type BoxProps, Skeleton } from "@mantine/core";
import { type ComponentProps, lazy, type ReactNode, Suspense } from "react";
import { ErrorBoundary } from "react-error-boundary";

const LazyBars = lazy(() => import("./charts").then(({ Bars }) => ({ default: Bars })));
const LazyDonut = lazy(() => import("./charts").then(({ Donut }) => ({ default: Donut })));

/** Bars of the height of the element around them. */
export function Bars(props: ComponentProps<typeof LazyBars>) {
  return (
    <Chart h="100%" placeholder={<Skeleton h="100%" />}>
      <LazyBars {...props} />
    </Chart>
  );
}

export function Donut(props: ComponentProps<typeof LazyDonut>) {
  return (
    <Chart w={props.size} placeholder={<Skeleton circle h={props.size} />}>
      <LazyDonut {...props} />
    </Chart>
  );
}

/** Hidden from screen readers, because a chart only repeats the numbers beside it. Without its script, these are enough. */
function Chart({ children, placeholder, ...box }: BoxProps & { children: ReactNode; placeholder: ReactNode }) {
  return (
    <Box aria-hidden="true" {...box}>
      <ErrorBoundary fallback={null}>
        <Suspense fallback={placeholder}>{children}</Suspense>
      </ErrorBoundary>
    </Box>
  );
}
