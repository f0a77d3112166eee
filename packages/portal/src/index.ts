export {
  type AgeGroup,
  type Bar,
  BarChart,
  type BarChartProps,
  type ChartProps,
  HeatMap,
  type HeatMapProps,
  type HeatRow,
  type Part,
  PopulationPyramid,
  type PopulationPyramidProps,
  StackedBar,
  type StackedBarProps,
  TrendChart,
  type TrendChartProps,
  type TrendPoint,
  type TrendSeries,
} from './charts/index.ts'
export type {
  DemoAccount,
  ImportDesk,
  ImportFile,
  ImportFinding,
  ImportReport,
  ImportState,
  PortalOptions,
} from './server/options.ts'
export { createPortal, type Portal } from './server/portal.tsx'
export { type Html, VillageLook } from './ui/index.ts'
export {
  type Currency,
  type Locale,
  type MessageKey,
  type ValuesOf,
  type Words,
  wordsIn,
} from './words/index.ts'
